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
  "no-example": {
    exit: EXIT.usage,
    title: "There is no run of a cluster to show for {slug}.",
    hint: "Katas of the kind simulation have one: kata list",
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
  "kata-exists": {
    exit: EXIT.usage,
    title: "There is a kata {slug} already, in the chapter {chapter}.",
    hint: "See what it lacks: kata verify {slug}. Or choose another slug.",
  },
  "new-interrupted": {
    exit: EXIT.usage,
    title: "Stopped by you; nothing of {slug} was written.",
    hint: "Begin again when you are ready: kata new {slug}",
  },
  "installed-collection": {
    exit: EXIT.usage,
    title: "{root} is an installed package: what you write there is lost at its next update.",
    hint: "Begin a pack of your own: kata pack new <name>. Or work in a clone of the repository.",
  },
  "no-shares": {
    exit: EXIT.usage,
    title: "There is no member's file to compare in {where}.",
    hint: "Write yours: kata share --as <name> --to <folder>",
  },
  "too-many-shares": {
    exit: EXIT.usage,
    title: "There are more than {most} members' files.",
    hint: "Name the files to compare: kata compare <files>",
  },
  "nothing-to-share": {
    exit: EXIT.usage,
    title: "There is no whole grade to share yet.",
    hint: "Grade a kata without --only, --runs and --no-budget: kata grade <slug>",
  },
  "share-taken": {
    exit: EXIT.usage,
    title: "{file} is not a file that kata share wrote.",
    hint: "Choose another name: kata share --as <name>",
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
  "needs-package": {
    exit: EXIT.usage,
    title: "{what} needs the package {name}, which is not installed.",
    hint: "Install it: npm install --save-dev {name}@{version}",
  },
  "unknown-mutant": {
    exit: EXIT.usage,
    title: "{slug} has no surviving mutant {id}: {why}.",
    hint: "See them: kata verify --mutants {slug}",
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
  "pack-missing": {
    exit: EXIT.usage,
    title: "There is no pack in {source}: neither a folder nor an installed npm package.",
    hint: "Name another folder, or install the package: npm install {source}",
  },
  "pack-gone": {
    exit: EXIT.usage,
    title: "The pack {namespace} is not in {source} any more.",
    hint: "Bring it back (a package: npm install), or forget it: kata pack remove {namespace}",
  },
  "unknown-pack": {
    exit: EXIT.usage,
    title: 'There is no pack "{namespace}" here.',
    hint: "See them all: kata pack list",
  },
  "pack-clash": {
    exit: EXIT.usage,
    title: "{what} is taken: {why}.",
    hint: "{next}",
  },
  "pack-records": {
    exit: EXIT.usage,
    title: "{file} cannot be read: {why}.",
    hint: "Mend it, or move it away and add the packs again: kata pack add <folder or package>",
  },
  "pack-manifest": {
    exit: EXIT.brokenContent,
    title: "{file} does not describe a pack: {why}.",
    hint: "See what belongs there: kata pack new <name>",
  },
  "pack-layout": {
    exit: EXIT.brokenContent,
    title: "The pack {namespace} has another layout: {why}.",
    hint: "It needs katas/<chapter>/<slug>/, solutions/<chapter>/<slug>/ and spec/<chapter>/, as kata pack new writes them.",
  },
  "pack-too-new": {
    exit: EXIT.brokenContent,
    title: "{file} is of format {format}, and this kata reads format {ours}.",
    hint: "Update kata: npm install kata@latest",
  },
  "pack-unsafe": {
    exit: EXIT.brokenContent,
    title: "The pack {namespace} is refused: {file} {why}.",
    hint: "Tell its author. kata reads nothing but plain files inside a pack.",
  },
  "pack-too-large": {
    exit: EXIT.brokenContent,
    title: "The pack {namespace} is refused: {what}.",
    hint: "Tell its author: inputs are computed in the spec, not written out.",
  },
  "pack-unproven": {
    exit: EXIT.brokenContent,
    title: "{slug} is not used, as it does not pass its own checks: {finding}",
    hint: "See all findings: kata verify {slug}. Then tell the author of the pack: {author}",
  },
  "plan-damaged": {
    exit: EXIT.usage,
    title: "The plan that you began cannot be read: {file}",
    hint: "Begin it again; what you passed counts: kata plan --start <date>",
  },
  "hunt-unusable": {
    exit: EXIT.ungradable,
    title: "The hunt {file} cannot be run: {why}.",
    hint: "It exports a function called hunt, which takes what the kata's stub exports.",
  },
  "no-hunt": {
    exit: EXIT.usage,
    title: "There is no hunt on {slug} yet.",
    hint: "Begin one: kata hunt {slug}",
  },
  "nothing-to-hunt": {
    exit: EXIT.usage,
    title: "{slug} has no wrong answer that a call can tell from a right one.",
    hint: "Choose another: kata list",
  },
  "grader-broken": {
    exit: EXIT.bug,
    title: "The grader broke before there was a verdict: {why}.",
    hint: "Run kata doctor and report its output; your attempt and history are untouched.",
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;
