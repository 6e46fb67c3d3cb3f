import { EXIT, type ExitCode } from "./exit-code.ts";

interface ErrorEntry {
  readonly exit: ExitCode;
  /** What happened; `{name}` is replaced by a parameter. */
  readonly title: string;
  /** What to type next. */
  readonly hint: string;
}

/** Every error a user can meet, with its exit code and its words. */
export const ERRORS = {
  "unknown-kata": {
    exit: EXIT.usage,
    title: 'There is no kata "{slug}".{suggestion}',
    hint: "See them all: kata list",
  },
  "unknown-property": {
    exit: EXIT.usage,
    title: 'The kata {slug} has no property "{property}".{suggestion}',
    hint: "See them all: kata where {slug}",
  },
  "no-slug": {
    exit: EXIT.usage,
    title: "This folder is not an attempt, so the kata cannot be inferred.",
    hint: "Name it: kata {command} <slug>, or change into attempts/<slug>",
  },
  "bad-option": {
    exit: EXIT.usage,
    title: "{option} does not accept {value}: {why}.",
    hint: "See the options: kata {command} --help",
  },
  "bad-token": {
    exit: EXIT.usage,
    title: "That replay token cannot be read: {why}.",
    hint: "Copy the whole token from the report, and grade the same kata.",
  },
  "attempt-exists": {
    exit: EXIT.usage,
    title: "You already have an attempt: {file}",
    hint: "Go on with it: kata grade {slug}. To begin anew and keep it: kata start {slug} --again",
  },
  "attempt-missing": {
    exit: EXIT.ungradable,
    title: "There is no attempt to grade: {file} does not exist.",
    hint: "Begin one: kata start {slug}. Or name a file: kata grade {slug} --file <path>",
  },
  "attempt-unreadable": {
    exit: EXIT.ungradable,
    title: "The attempt {file} cannot be read: {why}.",
    hint: "Name a TypeScript file: kata grade {slug} --file <path>",
  },
  "cannot-write": {
    exit: EXIT.usage,
    title: "{file} cannot be written: {why}.",
    hint: "Go to a folder you may write to, or name a place: kata start <slug> --dir <folder>, kata worksheet <system> --out <file>",
  },
  "solution-locked": {
    exit: EXIT.usage,
    title: "The solution of {slug} opens after you pass.",
    hint: "Grade your attempt: kata grade {slug}. To see it now, recorded as given up: kata solution {slug} --give-up",
  },
  "unknown-system": {
    exit: EXIT.usage,
    title: 'There is no worksheet "{slug}".{suggestion}',
    hint: "See them all: kata worksheet",
  },
  "unknown-assumption": {
    exit: EXIT.usage,
    title: '{slug} has no assumption "{name}".{suggestion}',
    hint: "Its assumptions, with their names: kata worksheet {slug} --out -",
  },
  "worksheet-exists": {
    exit: EXIT.usage,
    title: "{file} is there already and may hold your work: it is left as it is.",
    hint: "Write the new one beside it: kata worksheet {slug} --out <file>",
  },
  "worksheet-missing": {
    exit: EXIT.ungradable,
    title: "There is no worksheet to grade: {file} does not exist.",
    hint: "Write one and fill it in: kata worksheet {slug}",
  },
  "worksheet-unreadable": {
    exit: EXIT.ungradable,
    title: "The worksheet {file} cannot be graded: {why}.",
    hint: "Write a new one and copy your answers over: kata worksheet <system> --out <file>",
  },
  "session-unreadable": {
    exit: EXIT.usage,
    title: "The session {file} cannot be resumed: {why}.",
    hint: "Name the session.jsonl of an interview, or its folder; or begin a new one: kata interview <system>",
  },
  "session-exists": {
    exit: EXIT.usage,
    title: "There is a session in {dir} already: it is left as it is.",
    hint: "Go on with it: kata interview --resume {dir}. Or name another folder: --out <folder>",
  },
  "definition-invalid": {
    exit: EXIT.brokenContent,
    title: "The definition of {slug} is not valid: {why}.",
    hint: "Check it: kata worksheet verify {slug}",
  },
  interrupted: {
    exit: EXIT.inconclusive,
    title: "Stopped by you before there was a verdict.",
    hint: "Grade again when you are ready: kata grade {slug}",
  },
  "manifest-invalid": {
    exit: EXIT.brokenContent,
    title: "{file} is not a valid manifest: {why}.",
    hint: "This is a fault of the kata, not of your work. Check it: kata verify {slug}",
  },
  "content-broken": {
    exit: EXIT.brokenContent,
    title: "The kata {slug} is broken: {why}.",
    hint: "This is a fault of the kata, not of your work. Check it: kata verify {slug}",
  },
  "grader-broken": {
    exit: EXIT.bug,
    title: "The grader broke before there was a verdict: {why}.",
    hint: "Run kata doctor and report its output; your attempt and history are untouched.",
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;
