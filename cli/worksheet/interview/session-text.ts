import { say } from "../../../graders/reading.ts";
import type { Style } from "../../report/style.ts";
import { wrap } from "../../report/wrap.ts";
import { TAGS } from "./read-command.ts";
import type { Session } from "./session.ts";
import type { SectionId } from "./plan-sections.ts";
import type { SessionEvent } from "./session-event.ts";

const TITLES: Readonly<Record<SectionId, string>> = {
  requirements: say`Requirements`,
  estimates: say`Estimates`,
  dataModel: say`Data model`,
  api: say`API`,
  highLevel: say`High-level design`,
  deepDive: say`Deep dive`,
  bottlenecks: say`Bottlenecks`,
  wrapUp: say`Wrap-up`,
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
  say`Plain text is a note with a time stamp.`,
  say`/next     on to the next section      /back   to the one before`,
  say`/ask      the next follow-up          /hint   a hint (counted)`,
  say`/time     how long it has been        /pause  stop the clock, and again to go on`,
  say`/twist    the change of requirements, before its time`,
  say`/skip     leave a section out         /done   end and write the report`,
].join("\n");

/** The schedule: when each section begins, and when the twist comes. */
export function scheduleText({
  plan,
  system,
  setup,
}: Pick<Session, "plan" | "system" | "setup">): string {
  let from = 0;
  const rows = plan.map(({ id, minutes }) => {
    const row = say`  ${clockText(from * 60_000)}  ${String(minutes).padStart(2)} min  ${TITLES[id]}`;
    from += minutes;
    return row;
  });
  const at = system.twists[0]?.at;
  return [
    say`${system.title}: ${setup.minutes} minutes, level ${setup.level}, role ${setup.role}, seed ${setup.seed}`,
    "",
    ...rows,
    ...(at === undefined
      ? []
      : ["", say`  ${clockText(setup.minutes * 60_000 * at)}  a requirement changes`]),
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
      return fit(`${time} ${style.bold(say`Follow-up:`)} ${event.ask}`);
    case "hint":
      return fit(`${time} ${style.bold(say`Hint:`)} ${event.text}`);
    case "twist":
      return fit(
        `${time} ${style.yellow(say`A requirement changes:`)} ${session.system.twists[event.index]?.say}`,
      );
    case "section-over":
      return fit(
        say`${time} ${style.yellow(say`! The time of "${TITLES[event.id]}" is over.`)} Go on with /next.`,
      );
    case "time-up":
      return fit(
        say`${time} ${style.yellow(say`! The session's time is over.`)} End it with /done; nothing is cut off.`,
      );
    case "paused":
      return say`${time} The clock stands still. /pause starts it again.`;
    case "continued":
      return say`${time} The clock goes on.`;
    case "note":
      return event.tag === undefined
        ? ""
        : style.dim(say`${clockText(event.at)} noted under ${event.tag}`);
    case "done":
      return "";
  }
}

function sectionText(session: Session, { width, style }: Page): string {
  const { section, plan, current, system, at } = session;
  const prompt = system.sections.find(({ id }) => id === section.id)?.prompt ?? "";
  const head = say`${current + 1} of ${plan.length}: ${TITLES[section.id]}, ${section.minutes} min`;
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
  if (event.kind === "follow-up") return event.listenFor.map((it) => say`listen for: ${it}`);
  if (event.kind === "twist") {
    const changes = system.twists[event.index]?.changes ?? [];
    return changes.length === 0 ? [] : [say`figures that must move: ${changes.join(", ")}`];
  }
  if (event.kind !== "section" && event.kind !== "started") return [];
  const { watch = [], redFlags = [] } = system.sections.find(({ id }) => id === section.id) ?? {};
  return [
    ...watch.map((it) => say`watch: ${it}`),
    ...redFlags.map((it) => say`red flag: ${it}`),
    ...(event.kind === "started"
      ? [
          say`tag notes: ${Object.entries(TAGS)
            .map(([letter, row]) => `${letter}: ${row}`)
            .join(", ")}`,
        ]
      : []),
  ];
}

export function timeText(session: Session, at: number): string {
  const { section, sectionMs, totalMs } = session;
  const left = sectionMs - session.usedAt(at);
  const over = left < 0 ? say`${clockText(-left)} over` : say`${clockText(left)} left`;
  return say`${clockText(at)} of ${clockText(totalMs)}; ${TITLES[section.id]}: ${over}`;
}
