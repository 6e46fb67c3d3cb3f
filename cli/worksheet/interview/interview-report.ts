import { say } from "../../../graders/reading.ts";
import type { Worksheet } from "../document/parse-worksheet.ts";
import { gradeWorksheet } from "../grading/grade-worksheet.ts";
import type { Score, WorksheetReport } from "../grading/worksheet-report.ts";
import { formatQuantity } from "../quantity/format-quantity.ts";
import { worksheetText } from "../report/worksheet-text.ts";
import type { SectionId } from "./plan-sections.ts";
import type { Session } from "./session.ts";
import type { SessionEvent } from "./session-event.ts";
import { clockText, titleOf } from "./session-text.ts";

/** The worksheet as it stood at the twist, and as it stands at the end. */
export interface Sheets {
  readonly before: Worksheet | undefined;
  readonly after: Worksheet | undefined;
  /** How messages name the file. */
  readonly file: string;
}

/**
 * The report of a session as Markdown: a function of its events and worksheets, so that a session
 * that was killed and resumed has the same as one that was not.
 */
export function interviewReport(session: Session, sheets: Sheets): string {
  const { setup, system } = session;
  const set = Object.entries(setup.overrides).map(([name, value]) => `${name}=${value}`);
  return `${[
    say`# Interview: ${system.title}`,
    say`${setup.minutes} minutes, level ${setup.level}, role ${setup.role}, seed ${setup.seed}${set.length === 0 ? "" : say`, with ${set.join(", ")}`}. Hints taken: ${session.hints}.`,
    say`## Time`,
    timeTable(session),
    say`## Notes`,
    notesBySection(session),
    ...twistPart(session),
    say`## Worksheet`,
    ...sheetPart(session, sheets),
    say`## Rubric`,
    rubricForm(session),
  ].join("\n\n")}\n`;
}

function timeTable({ events, usedMs, setup }: Session): string {
  const [started] = events;
  const plan = started?.kind === "started" ? started.plan : [];
  const rows = plan.map(({ id, minutes }) => {
    const used = usedMs.get(id) ?? 0;
    const over = used - minutes * 60_000;
    const planned = clockText(minutes * 60_000);
    return `| ${titleOf(id)} | ${planned} | ${clockText(used)} | ${over > 0 ? clockText(over) : ""} |`;
  });
  const used = [...usedMs.values()].reduce((sum, ms) => sum + ms, 0);
  const total = say`| all | ${clockText(setup.minutes * 60_000)} | ${clockText(used)} | ${used > setup.minutes * 60_000 ? clockText(used - setup.minutes * 60_000) : ""} |`;
  return [
    say`| section | planned | used | over |`,
    "| --- | --- | --- | --- |",
    ...rows,
    total,
  ].join("\n");
}

function notesBySection({ events, plan }: Session): string {
  const lines = new Map<SectionId, string[]>();
  let section = plan[0]?.id;
  for (const event of events) {
    if (event.kind === "section") section = event.id;
    const line = noteLine(event);
    if (section === undefined || line === undefined) continue;
    lines.set(section, [...(lines.get(section) ?? []), `- ${clockText(event.at)} ${line}`]);
  }
  if (lines.size === 0) return say`None were taken.`;
  return plan
    .filter(({ id }) => lines.has(id))
    .map(({ id }) => `### ${titleOf(id)}\n\n${lines.get(id)?.join("\n")}`)
    .join("\n\n");
}

function noteLine(event: SessionEvent): string | undefined {
  switch (event.kind) {
    case "note":
      return `${event.tag === undefined ? "" : `(${event.tag}) `}${event.text}`;
    case "follow-up":
      return say`**asked:** ${event.ask} (to listen for: ${event.listenFor.join("; ")})`;
    case "hint":
      return say`**hint:** ${event.text}`;
    case "section":
      return event.skipped === true ? say`came here by skipping the section before` : undefined;
    default:
      return undefined;
  }
}

function twistPart({ twist, events, system }: Session): string[] {
  const event = events.find(({ kind }) => kind === "twist");
  const said = twist === undefined ? undefined : system.twists[twist];
  if (event === undefined || said === undefined) return [];
  const set = Object.entries(said.set).map(([name, value]) => `${name}=${value}`);
  const figures = set.length === 0 ? say`No figure changes with it.` : say`New: ${set.join(", ")}.`;
  return [say`## Twist`, say`At ${clockText(event.at)}: ${said.say} ${figures}`];
}

function sheetPart(session: Session, { before, after, file }: Sheets): string[] {
  if (after === undefined) return [say`It could not be read, so nothing was graded.`];
  const { system, twist } = session;
  const changed = twist === undefined ? {} : (system.twists[twist]?.set ?? {});
  const graded = grade(session, after, changed);
  const parts =
    before === undefined ? [] : [comparison(grade(session, before, {}), graded, changed)];
  const moved = movedFigures(session, graded);
  return [
    ...parts,
    ...(moved === "" ? [] : [moved]),
    "```text",
    worksheetText(graded, file, { columns: 80, color: false }).trimEnd(),
    "```",
  ];
}

function grade(
  { system }: Session,
  sheet: Worksheet,
  changed: Readonly<Record<string, string>>,
): WorksheetReport {
  const front = sheet.front ?? { system: system.slug, version: system.version, set: {} };
  const worksheet = { ...sheet, front: { ...front, set: { ...front.set, ...changed } } };
  return gradeWorksheet(system, worksheet, { hints: true, threshold: 60 });
}

function comparison(
  before: WorksheetReport,
  after: WorksheetReport,
  changed: Readonly<Record<string, string>>,
): string {
  const row = (label: string, score: (report: WorksheetReport) => Score): string =>
    `| ${label} | ${points(score(before))} | ${points(score(after))} |`;
  const title =
    Object.keys(changed).length === 0 ? say`at the end` : say`at the end, by the new figures`;
  return [
    say`| points | at the twist | ${title} |`,
    "| --- | --- | --- |",
    row("estimates", ({ estimates }) => estimates),
    row("diagram", ({ diagram }) => diagram),
    row("API", ({ api }) => api),
    row(say`data model`, ({ dataModel }) => dataModel),
  ].join("\n");
}

/** Which of the figures that the twist changes have followed it. */
function movedFigures({ system, twist }: Session, report: WorksheetReport): string {
  const changes = twist === undefined ? [] : (system.twists[twist]?.changes ?? []);
  const rows = report.estimates.rows.filter(({ id }) => changes.includes(id));
  if (rows.length === 0) return "";
  const lines = rows.map(({ id, answer, expected, kind, credit }) => {
    const followed = credit >= 0.8 ? "yes" : "no";
    return `| ${id} | ${answer === "" ? "blank" : answer} | ${formatQuantity(expected, kind)} | ${followed} |`;
  });
  const head = [
    say`| moved by the twist | yours | expected now | followed |`,
    "| --- | --- | --- | --- |",
  ];
  return [...head, ...lines].join("\n");
}

function points({ points: earned, of }: Score): string {
  return `${Math.round(earned * 10) / 10}/${of}`;
}

/** For a person, right after the session: first the evidence, then the number. Never computed. */
function rubricForm({ system, setup, events }: Session): string {
  const tagged = (row: string): string[] =>
    events.flatMap((event) =>
      event.kind === "note" && event.tag === row ? [`${clockText(event.at)} ${event.text}`] : [],
    );
  const rows = system.rubric.map(({ id, label, anchors, expect }) =>
    [
      say`### ${label} (expected of ${setup.level}: ${expect[setup.level]})`,
      "",
      ...anchors.map((anchor, index) => `- [ ] ${index + 1}: ${anchor}`),
      "",
      say`Evidence, in their words: ${tagged(id).join("; ") || "______"}`,
      "",
      say`Self: __  Peer: __  Coach: __`,
    ].join("\n"),
  );
  return [say`Write down one line of evidence for each row first, then the number.`, ...rows].join(
    "\n\n",
  );
}
