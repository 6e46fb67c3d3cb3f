import type { Style } from "../../report/style.ts";
import { wrap } from "../../report/wrap.ts";
import { TAGS } from "./read-command.ts";
import type { Session } from "./session.ts";
import type { SectionId } from "./plan-sections.ts";
import type { SessionEvent } from "./session-event.ts";

const TITLES: Readonly<Record<SectionId, string>> = {
  requirements: "Requirements",
  estimates: "Estimates",
  dataModel: "Data model",
  api: "API",
  highLevel: "High-level design",
  deepDive: "Deep dive",
  bottlenecks: "Bottlenecks",
  wrapUp: "Wrap-up",
};

export function titleOf(id: SectionId): string {
  return TITLES[id];
}

/** `27:00`, in minutes and seconds of the session. */
export function clockText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}

export interface Page {
  readonly width: number;
  readonly style: Style;
}

export const COMMANDS_TEXT = [
  "Plain text is a note with a time stamp.",
  "/next     on to the next section      /back   to the one before",
  "/ask      the next follow-up          /hint   a hint (counted)",
  "/time     how long it has been        /pause  stop the clock, and again to go on",
  "/twist    the change of requirements, before its time",
  "/skip     leave a section out         /done   end and write the report",
].join("\n");

/** The schedule: when each section begins, and when the twist comes. */
export function scheduleText({
  plan,
  system,
  setup,
}: Pick<Session, "plan" | "system" | "setup">): string {
  let from = 0;
  const rows = plan.map(({ id, minutes }) => {
    const row = `  ${clockText(from * 60_000)}  ${String(minutes).padStart(2)} min  ${TITLES[id]}`;
    from += minutes;
    return row;
  });
  const at = system.twists[0]?.at;
  return [
    `${system.title}: ${setup.minutes} minutes, level ${setup.level}, role ${setup.role}, seed ${setup.seed}`,
    "",
    ...rows,
    ...(at === undefined
      ? []
      : ["", `  ${clockText(setup.minutes * 60_000 * at)}  a requirement changes`]),
  ].join("\n");
}

/** What an event prints for the candidate, "" for nothing. */
export function eventText(session: Session, event: SessionEvent, { width, style }: Page): string {
  const fit = (text: string): string => wrap(text, width);
  const time = style.dim(clockText(event.at));
  switch (event.kind) {
    case "started":
    case "section":
      return sectionText(session, { width, style });
    case "follow-up":
      return fit(`${time} ${style.bold("Follow-up:")} ${event.ask}`);
    case "hint":
      return fit(`${time} ${style.bold("Hint:")} ${event.text}`);
    case "twist":
      return fit(
        `${time} ${style.yellow("A requirement changes:")} ${session.system.twists[event.index]?.say}`,
      );
    case "section-over":
      return fit(
        `${time} ${style.yellow(`! The time of "${TITLES[event.id]}" is over.`)} Go on with /next.`,
      );
    case "time-up":
      return fit(
        `${time} ${style.yellow("! The session's time is over.")} End it with /done; nothing is cut off.`,
      );
    case "paused":
      return `${time} The clock stands still. /pause starts it again.`;
    case "continued":
      return `${time} The clock goes on.`;
    case "note":
      return event.tag === undefined
        ? ""
        : style.dim(`${clockText(event.at)} noted under ${event.tag}`);
    case "done":
      return "";
  }
}

function sectionText(session: Session, { width, style }: Page): string {
  const { section, plan, current, system, at } = session;
  const prompt = system.sections.find(({ id }) => id === section.id)?.prompt ?? "";
  const head = `${current + 1} of ${plan.length}: ${TITLES[section.id]}, ${section.minutes} min`;
  return `\n${style.dim(clockText(at))} ${style.bold(head)}\n${wrap(prompt, width)}`;
}

/** What an event prints for the interviewer: what to watch, and what to listen for. */
export function interviewerText(
  session: Session,
  event: SessionEvent,
  { width }: Pick<Page, "width">,
): string {
  const lines = interviewerLines(session, event);
  return lines.map((line) => wrap(line, width, "  | ", "  |   ")).join("\n");
}

function interviewerLines({ section, system }: Session, event: SessionEvent): string[] {
  if (event.kind === "follow-up") return event.listenFor.map((it) => `listen for: ${it}`);
  if (event.kind === "twist") {
    const changes = system.twists[event.index]?.changes ?? [];
    return changes.length === 0 ? [] : [`figures that must move: ${changes.join(", ")}`];
  }
  if (event.kind !== "section" && event.kind !== "started") return [];
  const { watch = [], redFlags = [] } = system.sections.find(({ id }) => id === section.id) ?? {};
  return [
    ...watch.map((it) => `watch: ${it}`),
    ...redFlags.map((it) => `red flag: ${it}`),
    ...(event.kind === "started"
      ? [
          `tag notes: ${Object.entries(TAGS)
            .map(([letter, row]) => `${letter}: ${row}`)
            .join(", ")}`,
        ]
      : []),
  ];
}

export function timeText(session: Session, at: number): string {
  const { section, sectionMs, totalMs } = session;
  const left = sectionMs - session.usedAt(at);
  const over = left < 0 ? `${clockText(-left)} over` : `${clockText(left)} left`;
  return `${clockText(at)} of ${clockText(totalMs)}; ${TITLES[section.id]}: ${over}`;
}
