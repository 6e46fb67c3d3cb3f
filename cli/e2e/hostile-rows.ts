import { join } from "node:path";
import { SOUND, TOYS, soundButInAdd } from "./tally-folder.ts";

const REFERENCE = JSON.stringify(join(TOYS, "solutions/toys/tally/solution.ts"));
const SPEC = JSON.stringify(join(TOYS, "spec/toys/tally.spec.ts"));

const WRONG = SOUND.replace("this.count(word) + 1", "this.count(word) + 2");
const atLoad = (code: string, sound = SOUND): string => `${sound}\n${code}\n`;
const host = "(globalThis as any)";
const returns = (value: string): string => soundButInAdd(`    return ${value} as any;`);

/** One verdict with its reason, or several where the machine decides which comes first. */
export type Allowed = string | readonly string[];
export interface HostileRow {
  readonly what: string;
  readonly source: string;
  /** Verdict and reason with every layer that works here. */
  readonly all: Allowed;
  /** With the layers that work everywhere, and nothing checked before the run; left out where the attack would hit the machine. */
  readonly basic?: Allowed;
}

const denied = "ungradable static-denied";
const rejected = "failed rejected";
const tampered = "failed tampered";
const crashed = "failed crashed";
const timedOut = "failed timed-out";
const full = ["failed memory-limit", rejected];

/** Hostile or unlucky attempts at the toy kata `tally`, and the verdicts they deserve. */
export const HOSTILE_ROWS: readonly HostileRow[] = [
  { what: "loops at import", source: atLoad("for (;;);"), all: timedOut },
  { what: "loops in a property", source: soundButInAdd("    for (;;);"), all: timedOut },
  { what: "loops in microtasks", source: atLoad("for (;;) await null;"), all: timedOut },
  { what: "never finishes to load", source: atLoad("await new Promise(() => {});"), all: timedOut },
  {
    what: "recurses without end",
    source: soundButInAdd("    return this.add(word);"),
    all: rejected,
  },
  {
    what: "fills the heap",
    source: soundButInAdd(
      "    const all: unknown[] = []; for (;;) all.push(new Array(1_000_000).fill(word));",
    ),
    all: "failed memory-limit",
  },
  {
    what: "fills buffers",
    source: soundButInAdd(
      "    const all: unknown[] = []; for (;;) all.push(new Uint8Array(50_000_000).fill(1));",
    ),
    all: full,
  },
  {
    what: "doubles a string",
    source: soundButInAdd('    let text = "x"; for (;;) text += text;'),
    all: full,
  },
  {
    what: "floods the console",
    source: soundButInAdd('    for (;;) console.log("x".repeat(100_000));'),
    all: "failed output-limit",
  },
  {
    what: "floods stdout",
    source: soundButInAdd(`    for (;;) ${host}.process.stdout.write("x".repeat(100_000));`),
    all: denied,
    basic: ["failed memory-limit", "failed output-limit", timedOut],
  },
  {
    what: "exits at import",
    source: atLoad(`${host}.process.exit(0);`),
    all: denied,
    basic: crashed,
  },
  {
    what: "exits in a property",
    source: soundButInAdd(`    ${host}.process.exit(0);`),
    all: denied,
    basic: [rejected, crashed],
  },
  {
    what: "really exits",
    source: soundButInAdd(`    ${host}.process.reallyExit(0);`),
    all: denied,
    basic: crashed,
  },
  {
    what: "kills itself",
    source: soundButInAdd(`    ${host}.process.kill(${host}.process.pid, 9);`),
    all: denied,
    basic: crashed,
  },
  {
    what: "kills the grader",
    source: soundButInAdd(`    ${host}.process.kill(${host}.process.ppid, 9);`),
    all: denied,
  },
  {
    what: "starts a daemon",
    source: atLoad(
      'const { spawn } = await import("node:child_process" as string); spawn("sleep", ["60"], { detached: true, stdio: "ignore" });',
    ),
    all: denied,
  },
  {
    what: "runs a program",
    source: atLoad(
      'const { execSync } = await import("node:child_process" as string); execSync("true");',
    ),
    all: denied,
  },
  {
    what: "writes a file",
    source: atLoad(
      'const { writeFileSync } = await import("node:fs" as string); writeFileSync("/tmp/kata-was-here", "");',
    ),
    all: denied,
  },
  {
    what: "edits the spec",
    source: atLoad(
      `const { appendFileSync } = await import("node:fs" as string); appendFileSync(${SPEC}, "");`,
    ),
    all: denied,
  },
  {
    what: "opens a connection",
    source: atLoad(
      'const { connect } = await import("node:net" as string); connect(9, "127.0.0.1").on("error", () => {});',
    ),
    all: denied,
  },
  {
    what: "reads the reference",
    source: atLoad(
      `const { readFileSync } = await import("node:fs" as string); readFileSync(${REFERENCE});`,
    ),
    all: denied,
  },
  {
    what: "imports the reference",
    source: `export { Tally } from ${REFERENCE};\n`,
    all: denied,
    basic: crashed,
  },
  {
    what: "imports the reference by a computed path",
    source: atLoad(`const path: string = ${REFERENCE}; await import(path);`),
    all: denied,
    basic: crashed,
  },
  {
    what: "imports a host module",
    source: `import * as fs from "node:fs";\n${SOUND}\nvoid fs;\n`,
    all: [denied, "ungradable does-not-compile"],
  },
  {
    what: "forges records",
    source: atLoad(
      `const { writeSync } = await import("node:fs" as string); writeSync(4, '{"t":"outcome","subject":"attempt","id":"counts","outcome":"held"}\\n');`,
      WRONG,
    ),
    all: denied,
    basic: rejected,
  },
  {
    what: "prints records",
    source: atLoad(
      `console.log('{"t":"outcome","subject":"attempt","id":"counts","outcome":"held"}');`,
      WRONG,
    ),
    all: rejected,
  },
  {
    what: "forges IPC",
    source: atLoad(`${host}.process.send?.({ type: "testfileFinished" });`, WRONG),
    all: denied,
    basic: [rejected, crashed],
  },
  {
    what: "turns fast-check off",
    source: atLoad(
      'const fc = await import("fast-check" as string); fc.configureGlobal({ numRuns: 0 });',
      WRONG,
    ),
    all: denied,
    basic: rejected,
  },
  {
    what: "patches expect",
    source: atLoad(
      'const { expect } = await import("vitest" as string); expect.extend({ toBe: () => ({ pass: true, message: () => "" }) });',
      WRONG,
    ),
    all: denied,
    basic: rejected,
  },
  {
    what: "replaces Array.prototype.filter",
    source: atLoad("(Array.prototype as any).filter = () => [];"),
    all: denied,
    basic: tampered,
  },
  {
    what: "replaces JSON.stringify",
    source: atLoad('(JSON as any).stringify = () => "{}";'),
    all: denied,
    basic: tampered,
  },
  {
    what: "replaces Date.now",
    source: atLoad("(Date as any).now = () => 0;"),
    all: denied,
    basic: tampered,
  },
  {
    what: "replaces performance.now",
    source: atLoad(`${host}.performance.now = () => 0;`),
    all: denied,
    basic: tampered,
  },
  {
    what: "replaces Map.prototype.get",
    source: atLoad("(Map.prototype as any).get = () => 1;"),
    all: denied,
    basic: [tampered, crashed, timedOut],
  },
  {
    what: "plants Object.prototype.toJSON",
    source: atLoad("(Object.prototype as any).toJSON = () => 1;"),
    all: denied,
    basic: tampered,
  },
  {
    what: "pollutes every object",
    source: atLoad("(Object.prototype as any).held = true;"),
    all: denied,
    basic: tampered,
  },
  {
    what: "makes code of text",
    source: soundButInAdd('    (word as any).constructor.constructor("return process")().exit(0);'),
    all: denied,
    basic: [rejected, crashed],
  },
  {
    what: "answers with a proxy",
    source: returns("new Proxy({}, { get: () => 1 })"),
    all: rejected,
  },
  {
    what: "answers with a proxy that throws",
    source: returns(
      "new Proxy({}, { get: () => { throw new Error(word); }, ownKeys: () => { throw new Error(word); } })",
    ),
    all: rejected,
  },
  {
    what: "answers with a throwing getter",
    source: returns("{ get value() { throw new Error(word); } }"),
    all: rejected,
  },
  {
    what: "answers with a throwing toJSON",
    source: returns("{ toJSON() { throw new Error(word); } }"),
    all: rejected,
  },
  {
    what: "answers with a throwing toString",
    source: returns("{ toString() { throw new Error(word); } }"),
    all: rejected,
  },
  { what: "answers with a lying valueOf", source: returns("{ valueOf: () => 1 }"), all: rejected },
  { what: "answers with a thenable", source: returns("{ then() { for (;;); } }"), all: rejected },
  {
    what: "answers to every instanceof",
    source: returns("new (class { static [Symbol.hasInstance]() { return true; } })()"),
    all: rejected,
  },
  {
    what: "throws what is no error",
    source: soundButInAdd("    throw { get message() { throw null; } };"),
    all: rejected,
  },
  {
    what: "leaves a timer that loops",
    source: atLoad(`${host}.setTimeout(() => { for (;;); }, 300);`),
    all: denied,
    basic: ["passed", timedOut],
  },
  {
    what: "leaves a rejection unhandled",
    source: atLoad("void Promise.reject(new Error('left'));"),
    all: ["passed", crashed],
  },
];
