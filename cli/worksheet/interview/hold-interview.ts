import { appendFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { EXIT, type ExitCode, say } from "../../../graders/reading.ts";
import type { CliContext } from "../../context.ts";
import { pathFrom } from "../../report/path-from.ts";
import { shellWord } from "../../report/shell-word.ts";
import { createStyle, withoutControls } from "../../report/style.ts";
import { wrap } from "../../report/wrap.ts";
import { createVariant } from "../definition/variant.ts";
import { kataRows } from "../render/kata-rows.ts";
import { renderMarkdown } from "../render/render-markdown.ts";
import { conductSession } from "./conduct-session.ts";
import { copySheet, createFolder, readSheet, replaceFile, viewSheet } from "./interview-folder.ts";
import { interviewReport } from "./interview-report.ts";
import type { LineSource } from "./line-source.ts";
import { type InterviewArgs, type OpenSession, openSession } from "./open-session.ts";
import type { Command } from "./read-command.ts";
import type { SessionEvent } from "./session-event.ts";
import { appendSessionEvent } from "./session-log.ts";
import {
  COMMANDS_TEXT,
  type Page,
  clockText,
  eventText,
  interviewerText,
  scheduleText,
  timeText,
} from "./session-text.ts";

/**
 * Holds a mock interview on the lines of a terminal, or prints its schedule.
 *
 * @param lines undefined where nobody is there to type: then there is only the schedule
 * @throws KataError `unknown-system`, `bad-option`, `session-exists`, `session-unreadable`, `cannot-write`.
 */
export async function holdInterview(
  ctx: CliContext,
  workspace: string,
  args: InterviewArgs,
  lines: (() => LineSource) | undefined,
): Promise<ExitCode> {
  const open = await openSession(ctx, workspace, args);
  const { session, folder, isNew } = open;
  if (args.plan === true || lines === undefined) {
    ctx.stdout.write(`${scheduleText(session)}\n`);
    if (args.plan !== true) {
      ctx.stderr.write(say`There is no terminal to type in: this is only the schedule.\n`);
    }
    return EXIT.ok;
  }
  if (isNew) {
    createFolder(folder, await blankSheet(ctx, open), pathFrom(ctx.cwd, folder.dir));
    for (const event of session.events) appendSessionEvent(folder.log, event);
  }
  if (!session.isDone) await talk(ctx, open, lines());
  const farewell = session.isDone ? finish(ctx, open) : stopped(ctx, open);
  ctx.stdout.write(farewell);
  return EXIT.ok;
}

async function talk(ctx: CliContext, open: OpenSession, source: LineSource): Promise<void> {
  const { session, folder } = open;
  const print = (text: string): void => void (text === "" || ctx.stdout.write(`${text}\n`));
  print(welcome(ctx, open));
  try {
    await conductSession(session, {
      now: () => ctx.now().getTime(),
      nextLine: (ms) => source.next(ms),
      sheet: () => viewSheet(folder.worksheet),
      keep: (event) => {
        if (event.kind === "twist" && !existsSync(folder.beforeTwist)) {
          copySheet(folder.worksheet, folder.beforeTwist);
        }
        appendSessionEvent(folder.log, event);
      },
      show: (event) => print(show(ctx, open, event)),
      answer: (command, at) => print(answer(open, command, at)),
      idle: ({ kind }) => print(IDLE[kind] ?? say`There is nothing to do.`),
    });
  } finally {
    source.close();
  }
}

const IDLE: Readonly<Partial<Record<Command["kind"], string>>> = {
  ask: say`There is no further follow-up for this section.`,
  back: say`This is the first section.`,
  twist: say`The requirement has changed already.`,
};

function answer({ session }: OpenSession, command: Command, at: number): string {
  if (command.kind === "time") return timeText(session, at);
  if (command.kind !== "unknown") return COMMANDS_TEXT;
  return `${say`There is no /${withoutControls(command.word)}.`}\n${COMMANDS_TEXT}`;
}

async function blankSheet(ctx: CliContext, { session }: OpenSession): Promise<string> {
  const { system, setup } = session;
  return renderMarkdown({
    variant: createVariant(system, setup.overrides),
    audience: "candidate",
    prefix: system.conventions.prefix,
    hints: false,
    katas: await kataRows(ctx, system),
  });
}

function pageOf(ctx: CliContext): Page {
  return { width: Math.min(ctx.columns, 100), style: createStyle(ctx.color) };
}

function welcome(ctx: CliContext, open: OpenSession): string {
  const { session, folder, isNew } = open;
  const page = pageOf(ctx);
  const [started] = session.events;
  const here: SessionEvent = { kind: "section", id: session.section.id, at: session.at };
  return [
    scheduleText(session),
    "",
    COMMANDS_TEXT,
    "",
    say`Fill in: ${pathFrom(ctx.cwd, folder.worksheet)}`,
    ...interviewersPart(ctx, open),
    wrap(say`The task: ${session.system.prompt}`, page.width),
    ...(isNew ? [] : ["", say`Going on at ${timeText(session, session.at)}`]),
    show(ctx, open, isNew && started !== undefined ? started : here),
  ].join("\n");
}

/** Where the interviewer finds the expected figures, and in a pair the script. */
function interviewersPart(ctx: CliContext, { session, folder }: OpenSession): string[] {
  const { role, system } = session.setup;
  if (role === "solo") return [];
  const file = shellWord(pathFrom(ctx.cwd, folder.script));
  return [
    say`Figures: kata worksheet ${system} --for interviewer --out -`,
    ...(role === "pair" ? [say`Script:  tail -f ${file}   for the interviewer only`] : []),
  ];
}

/** What an event prints here; in a pair, the interviewer reads along in a file. */
function show(ctx: CliContext, { session, folder }: OpenSession, event: SessionEvent): string {
  const page = pageOf(ctx);
  const { role } = session.setup;
  const candidate = eventText(session, event, page);
  const interviewer = role === "solo" ? "" : interviewerText(session, event, page);
  if (role === "pair" && interviewer !== "") {
    appendFileSync(folder.script, `${clockText(event.at)} ${session.section.id}\n${interviewer}\n`);
    return candidate;
  }
  return [candidate, interviewer].filter((text) => text !== "").join("\n");
}

function stopped(ctx: CliContext, { session, folder }: OpenSession): string {
  const dir = shellWord(pathFrom(ctx.cwd, folder.dir));
  return say`\nStopped at ${clockText(session.at)}; nothing is lost.\nGo on:   kata interview --resume ${dir}\n`;
}

function finish(ctx: CliContext, { session, folder }: OpenSession): string {
  const report = interviewReport(session, {
    before: readSheet(folder.beforeTwist),
    after: readSheet(folder.worksheet),
    file: "worksheet.md",
  });
  replaceFile(folder.report, report);
  const at = (file: string): string => shellWord(pathFrom(ctx.cwd, file));
  return [
    "",
    say`Done at ${clockText(session.at)}.`,
    say`Report:  ${at(folder.report)}`,
    say`Rubric:  at its end, for a person; fill it in now`,
    say`Grade:   kata worksheet grade ${at(join(folder.dir, "worksheet.md"))}`,
    say`Answers: kata worksheet ${session.system.slug} --for answers`,
    "",
  ].join("\n");
}
