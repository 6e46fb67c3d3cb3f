import { say } from "../../../graders/reading.ts";
import type { WorksheetRow } from "../document/parse-worksheet.ts";
import { chooseFollowUp, followUpsOf, seededNumber } from "./choose-follow-up.ts";
import type { Command } from "./read-command.ts";
import type { Session } from "./session.ts";
import type { Happening, SessionEvent } from "./session-event.ts";

/** What the interview needs to know of the worksheet that is being filled in. */
export interface SheetView {
  isBlank(id: string): boolean;
  readonly rows: ReadonlyMap<string, WorksheetRow>;
}

const MOST_FOLLOW_UPS = 2;
/** A solo candidate is asked the first one half-way through a section. */
const FIRST_FOLLOW_UP = 0.5;

/** What comes by itself, and when; in ms of the session. */
export interface Due {
  readonly at: number;
  readonly happening: Happening;
}

/** The next thing that comes by itself, undefined when nothing does (paused, done, all said). */
export function nextDue(session: Session, sheet: SheetView): Due | undefined {
  if (session.isPaused || session.isDone) return undefined;
  const { section, at, sectionMs, totalMs } = session;
  const used = session.usedAt(at);
  const inSection = (ms: number): number => at + Math.max(0, ms - used);
  const dues: Due[] = [];
  const twist = chooseTwist(session);
  if (twist !== undefined) dues.push(twist);
  if (!session.over.has(section.id)) {
    dues.push({ at: inSection(sectionMs), happening: { kind: "section-over", id: section.id } });
  }
  if (!session.isTimeUp) dues.push({ at: totalMs, happening: { kind: "time-up" } });
  const half = inSection(sectionMs * FIRST_FOLLOW_UP);
  if ((session.askedIn.get(section.id) ?? 0) === 0 && used < sectionMs) {
    const happening = followUp(session, sheet);
    if (happening !== undefined) dues.push({ at: half, happening });
  }
  // In the order above where two fall on one instant.
  return dues.toSorted((a, b) => a.at - b.at)[0];
}

/** What a command makes happen. */
export function obey(session: Session, command: Command, sheet: SheetView): Happening[] {
  switch (command.kind) {
    case "note":
      return [
        {
          kind: "note",
          text: command.text,
          ...(command.tag === undefined ? {} : { tag: command.tag }),
        },
      ];
    case "next":
    case "skip":
    case "back":
      return move(session, command.kind);
    case "pause":
      return [{ kind: session.isPaused ? "continued" : "paused" }];
    case "ask": {
      const next = followUp(session, sheet);
      return next === undefined ? [] : [next];
    }
    case "hint":
      return [{ kind: "hint", text: hintFor(session, sheet) }];
    case "twist": {
      const twist = chooseTwist(session);
      return twist === undefined ? [] : [twist.happening];
    }
    case "done":
      return [{ kind: "done" }];
    case "time":
    case "help":
    case "unknown":
      return [];
  }
}

export function stamp(happening: Happening, at: number): SessionEvent {
  return { at: Math.round(at), ...happening } as SessionEvent;
}

/** Past the last section the session is done. */
function move({ plan, current }: Session, kind: "next" | "skip" | "back"): Happening[] {
  const target = plan[current + (kind === "back" ? -1 : 1)];
  if (target === undefined) return kind === "back" ? [] : [{ kind: "done" }];
  return [{ kind: "section", id: target.id, ...(kind === "skip" ? { skipped: true } : {}) }];
}

function followUp(session: Session, sheet: SheetView): Happening | undefined {
  const { section, system, setup, asked, askedIn } = session;
  if ((askedIn.get(section.id) ?? 0) >= MOST_FOLLOW_UPS) return undefined;
  const next = chooseFollowUp(followUpsOf(system, section.id, setup), asked, sheet.isBlank);
  return next === undefined
    ? undefined
    : { kind: "follow-up", ask: next.ask, listenFor: next.listenFor };
}

/** One change of the requirements, once. */
function chooseTwist({ system, setup, twist, totalMs }: Session): Due | undefined {
  if (twist !== undefined || system.twists.length === 0) return undefined;
  const index = seededNumber(setup.seed, "twist") % system.twists.length;
  const share = system.twists[index]?.at ?? 1;
  return { at: totalMs * share, happening: { kind: "twist", index } };
}

/** For a blank estimate what it is made of; elsewhere what the interviewer watches. */
function hintFor({ system, section, hints }: Session, sheet: SheetView): string {
  if (section.id === "estimates") {
    const blank = Object.entries(system.estimates).find(
      ([id, { asked }]) => asked && sheet.isBlank(id),
    );
    if (blank !== undefined) {
      const [id, { label, formula }] = blank;
      const names = formula.match(/[a-z]\w*/gi) ?? [];
      return say`${label} (${id}) is made of ${[...new Set(names)].join(", ")}.`;
    }
  }
  const watch = system.sections.find(({ id }) => id === section.id)?.watch ?? [];
  const hint = watch[hints % Math.max(1, watch.length)];
  return hint === undefined
    ? say`There is no hint for this section.`
    : say`What one looks for: ${hint}.`;
}
