import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { Denial } from "../model/denial.ts";
import { staticCheck } from "./static-check.ts";

const dir = realpathSync(mkdtempSync(join(tmpdir(), "kata-static-")));
const file = join(dir, "attempt.ts");
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function check(source: string): Promise<string[]> {
  writeFileSync(file, source);
  const denials = await staticCheck(file);
  for (const denial of denials) expect(Denial.parse(denial).file).toBe(file);
  return denials.map(({ line, column, what }) => `${line}:${column} ${what}`);
}

/** A row: what is denied -> where and what is said -> what looks like it and is not. `~` ends a line. */
function rows(table: string): [denied: string, said: string, honest: string][] {
  return table
    .trim()
    .split("\n")
    .map((row) => {
      const [denied = "", said = "", honest = ""] = row.split("->").map((it) => it.trim());
      return [denied.replaceAll("~", "\n"), said, honest.replaceAll("~", "\n")];
    });
}

const CLOCK_AND_CHANCE = rows(`
Date.now();                               -> 1:1 Date.now()             -> clock.now();
const t = Date["now"]();                  -> 1:11 Date.now()            -> const t = Date["UTC"](2000);
const t = Date["n" + "ow"];               -> 1:11 Date.now              -> const t = Date["par" + "se"];
const { now } = Date;                     -> 1:9 Date.now               -> const { UTC } = Date;
let f; ({ now: f } = Date);               -> 1:11 Date.now              -> let f; ({ UTC: f } = Date);
const { now: { name } } = Date;           -> 1:9 Date.now               -> const { parse: { name } } = Date;
const D = Date; D.now();                  -> 1:17 Date.now()            -> const D = Date; D.UTC(1);
new Date();                               -> 1:1 new Date()             -> new Date(0);
new (Date as any)();                      -> 1:1 new Date()             -> function f(Date: any) { return new Date(); }
Date();                                   -> 1:1 Date()                 -> x instanceof Date;
Date.call(null);                          -> 1:1 Date.call()            -> Date.UTC.call(null, 1);
Reflect.construct(Date, []);              -> 1:1 Reflect.construct(Date) -> Reflect.construct(Date, [0]);
performance.now();                        -> 1:1 performance.now()      -> const performance = clock; performance.now();
Math.random();                            -> 1:1 Math.random()          -> Math.round(0.5);
const { random: r = () => 4 } = Math;     -> 1:9 Math.random            -> const { round: r = () => 4 } = Math;
crypto.randomUUID();                      -> 1:1 crypto.randomUUID()    -> random.next();
const c = clock;~~  crypto?.subtle!.digest(); -> 3:3 crypto.subtle.digest() -> const crypto = clock;~crypto.now();
setTimeout(() => 1, 5);                   -> 1:1 setTimeout()           -> scheduler.setTimeout(() => 1, 5);
void [setInterval, setImmediate];         -> 1:7 setInterval, 1:20 setImmediate -> const setInterval = 1; void [setInterval];
`);

const OUTSIDE = rows(`
process.exit(0);                          -> 1:1 process.exit()         -> const process = { exit() {} }; process.exit();
process.stdout.write("x");                -> 1:1 process.stdout.write() -> console.log("x");
(process as any).kill();                  -> 1:1 process.kill()         -> (random as any).kill();
typeof process;                           -> 1:8 process                -> let a: typeof process;
globalThis.process.exit();                -> 1:1 globalThis.process.exit() -> const globalThis = { a: 1 }; globalThis.a;
const { fetch } = globalThis;             -> 1:19 globalThis            -> const { fetch } = clock; fetch();
void [global, window, self];              -> 1:7 global, 1:15 window, 1:23 self -> void { global: 1, window: 2, self: 3 };
fetch("http://a");                        -> 1:1 fetch()                -> class A { fetch() { return this.fetch(); } }
require("fs");                            -> 1:1 require()              -> class R { require = 1; }
module.exports = {};                      -> 1:1 module.exports         -> const module = { exports: {} }; module.exports = {};
Buffer.from("a");                         -> 1:1 Buffer.from()          -> Uint8Array.from([1]);
new SharedArrayBuffer(8);                 -> 1:1 new SharedArrayBuffer() -> new ArrayBuffer(8);
Atomics.wait(a, 0, 0); const a = clock;   -> 1:1 Atomics.wait()         -> type Atomics = number;
new WebAssembly.Module(x);                -> 1:1 new WebAssembly.Module() -> interface WebAssembly { a: 1 }
new FinalizationRegistry(() => 1);        -> 1:1 new FinalizationRegistry() -> new WeakRef({});
new AbortController();                    -> 1:1 new AbortController()  -> let a: AbortController;
void __dirname;                           -> 1:6 __dirname              -> void "__dirname";
__vite_ssr_dynamic_import__("node:fs");   -> 1:1 __vite_ssr_dynamic_import__() -> void "__vite_ssr_import__";
arguments[0]("node:fs");                  -> 1:1 arguments              -> function f() { return arguments[0]; }
const f = () => arguments[3];             -> 1:17 arguments             -> const f = function () { return () => arguments[3]; };
export const g = this;                    -> 1:18 this                  -> export const o = { f() { return this; } };
const g = () => this;                     -> 1:17 this                  -> function G(this: any) { return () => this; }
class A { [(this as any).x] = 1; }        -> 1:13 this                  -> class A { x = this; static y = this; static { this.y; } }
console._stdout.write("x");               -> 1:1 console._stdout        -> console.error("x");
const { _stdout } = console;              -> 1:9 console._stdout        -> const { log } = console;
missing;                                  -> 1:1 missing                -> let missing; missing;
missing = 1;                              -> 1:1 missing                -> let missing; missing = 1;
for (i of [1]);                           -> 1:6 i                      -> for (const i of [1]) i;
export { process };                       -> 1:10 process               -> interface process { a: 1 } export { process };
export default fetch;                     -> 1:16 fetch                 -> export default function fetch() {}
`);

const SCOPES = rows(`
declare const process: any; process.exit(); -> 1:29 process.exit()      -> declare const process: any; const a: typeof process = 1;
declare function fetch(): void; fetch();  -> 1:33 fetch()               -> declare function fetch(): void; function fetch() {} fetch();
declare namespace process { function exit(): void } process.exit(); -> 1:53 process.exit() -> namespace process { export const exit = 1 } process.exit;
namespace process { export type A = 1 } process; -> 1:41 process        -> namespace process { export type A = 1 } let a: process.A;
import type { process } from "x"; process; -> 1:35 process              -> import type { process } from "x"; let a: process;
import { type fetch } from "kata/kit"; fetch; -> 1:40 fetch             -> import { fetch } from "kata/kit"; fetch;
import p = globalThis.process;            -> 1:1 import p = …           -> import type p = require("node:fs");
export import p = globalThis.process;     -> 1:8 import p = …           -> export const p = clock.process;
namespace N { export import p = self.x; } -> 1:22 import p = …          -> namespace N { export const p = clock; }
function f<process>() { return process; } -> 1:32 process               -> function f<process>(a: process) { return a as process; }
function f(a = process) { var process; }  -> 1:16 process               -> function f(process: any, a = process) {}
switch (process) { case 1: let process; } -> 1:9 process                -> switch (1) { case process: var process; }
{ const fetch = 1; } fetch;               -> 1:22 fetch                 -> { var fetch = 1; } fetch;
{ function fetch() {} } fetch;            -> 1:25 fetch                 -> { function fetch() {} fetch; }
try {} catch (process) {} process;        -> 1:27 process               -> try {} catch (process) { process; }
for (let self = 0; ; ) {} self;           -> 1:27 self                  -> for (let self = 0; self < 1; ) {}
(class self {}); self;                    -> 1:18 self                  -> (class self { a = self; });
(function self() {}); self;               -> 1:23 self                  -> (function self() { self; });
enum E { fetch = 1 } fetch;               -> 1:22 fetch                 -> enum E { fetch = 1, b = fetch }
const o = { process };                    -> 1:13 process               -> const o = { process: 1 }; o.process;
const { a = process } = clock;            -> 1:13 process               -> const { process, b: { fetch } } = clock; fetch; process;
const { [process]: a } = clock;           -> 1:10 process               -> const { process: a } = clock;
class A { [process] = 1; }                -> 1:12 process               -> class A { process = 1; #fetch = 2; }
const x = <any>process;                   -> 1:16 process               -> const x = <process>clock;
process: for (;;) break process; process; -> 1:34 process               -> process: for (;;) break process;
\`\${process}\`;                          -> 1:4 process                -> \`\${clock}\`;
class A extends Worker {}                 -> 1:17 Worker                -> class A implements Worker {}
class A { constructor(private a = self) {} } -> 1:35 self               -> class A { constructor(private self = 1) { self; } }
`);

const TEXT_AS_CODE = rows(`
eval("1");                                -> 1:1 eval()                 -> const o = { eval: 1 }; o.eval;
(0, eval)("1");                           -> 1:5 eval                   -> (0, clock)("1");
new Function("return 1");                 -> 1:1 new Function()         -> let f: Function;
[].constructor.constructor("x")();        -> 1:1 .constructor()         -> [].constructor;
class A { b(): any { return this.constructor.constructor; } } -> 1:29 .constructor -> class A { b() { return this.constructor.name; } }
(() => 1).constructor("x");               -> 1:1 .constructor()         -> clock.constructor === clock;
const A = (async () => {}).constructor;   -> 1:11 .constructor          -> const A = Object.getPrototypeOf(clock).constructor;
Object.getPrototypeOf(async function () {}).constructor; -> 1:1 .constructor -> Object.getPrototypeOf([]).constructor;
[].filter["con" + "structor"];            -> 1:1 .constructor           -> [].filter["na" + "me"];
const c = "constructor"; [][c][c]("x");   -> 1:26 .constructor()        -> const c = "length"; [][c];
function f() {} f.constructor;            -> 1:17 .constructor          -> function f() {} f.name;
class A {} A.constructor;                 -> 1:12 .constructor          -> class A {} new A().constructor;
Map.constructor;                          -> 1:1 .constructor           -> Map.prototype.constructor;
Math.max.constructor;                     -> 1:1 .constructor           -> Math.constructor;
clock.constructor("x");                   -> 1:1 .constructor()         -> class A { b() { return new (this.constructor as any)("x"); } }
new clock.constructor("x");               -> 1:1 new .constructor()     -> new clock.constructor(1);
const { constructor: F } = () => 1;       -> 1:9 .constructor           -> const { constructor: F } = clock;
const { constructor: { constructor: F } } = clock; -> 1:9 .constructor  -> const { constructor: { name } } = clock;
import { hash32 } from "kata/kit"; hash32.constructor; -> 1:36 .constructor -> import { hash32 } from "kata/kit"; hash32.name;
`);

const PATCHES = rows(`
Array.prototype.x = 1;                    -> 1:1 Array.prototype.x = …  -> Array.prototype.slice.call([1]);
Math.floor = (x) => x;                    -> 1:1 Math.floor = …         -> const Math = { floor: 1 }; Math.floor = 2;
console.log = () => 1;                    -> 1:1 console.log = …        -> const { log } = console; log(1);
Error.stackTraceLimit++;                  -> 1:1 Error.stackTraceLimit++ -> class E extends Error { static n = 0; } E.n++;
delete Set.prototype.has;                 -> 1:1 delete Set.prototype.has -> const o: any = { a: 1 }; delete o.a;
[JSON.parse] = [1];                       -> 1:2 JSON.parse = …         -> let parse; [parse] = [JSON.parse];
({ a: JSON.parse, ...JSON.b } = clock);   -> 1:7 JSON.parse = …, 1:22 JSON.b = … -> let a; ({ a = JSON.parse } = clock);
for (Math.x of [1]);                      -> 1:6 Math.x = …             -> for (const x of [Math.PI]);
Map = class {} as any;                    -> 1:1 Map = …                -> class Map {} let M = Map; M = class {};
undefined = 1;                            -> 1:1 undefined = …          -> let a: any = undefined; a = {}; a.b = 1;
Array["proto" + "type"].x ??= 1;          -> 1:1 Array["proto" + "type"].x ??= … -> const o = { prototype: { x: 1 } }; o["prototype"].x ??= 1;
(Array.prototype as any)[k] = 1; const k = 1; -> 1:1 (Array.prototype as any)[k] = … -> const o: any = {}; const k = 1; o[k] = 1;
[].__proto__.x = 1;                       -> 1:1 [].__proto__.x = …     -> const o: any = {}; o.__proto__ = null;
({}).constructor.prototype.x = 1;         -> 1:1 ({}).constructor.prototype.x = … -> class A {} A.prototype.constructor = A;
clock.constructor.prototype.now = 1;      -> 1:1 clock.constructor.prototype.now = … -> class A { f() { this.constructor.prototype.x = 1; } }
Object.getPrototypeOf(clock).now = 1;     -> 1:1 Object.getPrototypeOf(clock).now = … -> class A { f() { Object.getPrototypeOf(this).x = 1; } }
const A = Array; A.prototype.f = 1;       -> 1:18 A.prototype.f = …     -> class A extends Array {} A.prototype.f = 1;
const { prototype: P } = Array; P.f = 1;  -> 1:33 P.f = …               -> const { prototype: P } = class {}; P.f = 1;
let A; A = Array; A.f = 1;                -> 1:19 A.f = …               -> let A: any; A = {}; A.f = 1;
function f(a = Map) { a.x = 1; }          -> 1:23 a.x = …               -> function f(a: any = {}) { a.x = 1; }
for (const C of [Map, Set]) C.x = 1;      -> 1:29 C.x = …               -> for (const C of [Map, Set]) new C();
(clock ? Map : Set).x = 1;                -> 1:1 (clock ? Map : Set).x = … -> const o: any = clock ? {} : []; o.x = 1;
Object.defineProperty(Array.prototype, "x", {}); -> 1:1 Object.defineProperty(Array.prototype, …) -> class A { f() { Object.defineProperty(this, "x", {}); } }
Object.assign(Math, { floor: 1 });        -> 1:1 Object.assign(Math, …) -> Object.assign({}, Math);
Object.setPrototypeOf(Map.prototype, null); -> 1:1 Object.setPrototypeOf(Map.prototype, …) -> class A {} Object.setPrototypeOf(A.prototype, Map.prototype);
Object.freeze(Object.prototype);          -> 1:1 Object.freeze(Object.prototype, …) -> Object.freeze({ a: Object.prototype });
Reflect.set(console, "log", 1);           -> 1:1 Reflect.set(console, …) -> Reflect.set({}, "log", console);
Reflect.set({}, "x", 1, Map.prototype);   -> 1:1 Reflect.set(Map.prototype, …) -> Reflect.get({}, "x", Map.prototype);
Reflect.deleteProperty(Map.prototype, "x"); -> 1:1 Reflect.deleteProperty(Map.prototype, …) -> Reflect.has(Map.prototype, "x");
const { assign: a } = Object; a(Math, {}); -> 1:31 a(Math, …)           -> const { assign: a } = Object; a({}, Math);
Object.assign.call(null, Math, {});       -> 1:1 Object.assign.call(Math, …) -> Object.assign.call(null, {}, Math);
Object.assign.apply(null, [Math, {}]);    -> 1:1 Object.assign.apply(Math, …) -> Object.assign.apply(null, [{}, Math]);
Reflect.apply(Object.assign, null, [Math]); -> 1:1 Reflect.apply(Math, …) -> Reflect.apply(Math.max, null, [1]);
Map.prototype.__defineGetter__("x", f); function f() {} -> 1:1 Map.prototype.__defineGetter__() -> Map.prototype.hasOwnProperty("x");
import { VirtualClock } from "kata/kit"; VirtualClock.prototype.now = 1; -> 1:42 VirtualClock.prototype.now = … -> import { VirtualClock } from "kata/kit"; class C extends VirtualClock {} C.prototype.x = 1;
import * as kit from "kata/kit"; Object.assign(kit.SeededRandom.prototype, {}); -> 1:34 Object.assign(kata/kit.SeededRandom.prototype, …) -> import * as kit from "kata/kit"; Object.assign({}, kit);
`);

/** What rows may use without declaring it; added behind, so that positions stay. */
const PORTS = "\nvar clock: any, random: any, scheduler: any, x: any;\n";

describe.each([
  ["clock and chance", CLOCK_AND_CHANCE],
  ["what lies outside", OUTSIDE],
  ["names and where they hold", SCOPES],
  ["code made from text", TEXT_AS_CODE],
  ["changes to what is shared", PATCHES],
])("%s", (_, table) => {
  test.each(table)("denies %s", async (denied, said) => {
    expect((await check(denied + PORTS)).join(", ")).toBe(said);
  });

  test.each(table)("%s: allows what looks like it", async (_denied, _said, honest) => {
    expect(honest).not.toBe("");
    expect(await check(honest + PORTS)).toEqual([]);
  });
});

describe("a name is seen wherever code can stand", () => {
  test.each([
    "class A extends (process as any) {}",
    "function f(x = (() => process)()) {}",
    "function f({ a: [b = process] }) {}",
    "namespace A.B { export const c = process }",
    "@process class A {}",
    "class A { @process m() {} }",
    "class A { constructor(@process x) {} }",
    "class A { accessor x = process }",
    "class A { static { process } }",
    "class A { static [process] = 1 }",
    "abstract class A { abstract m(): void; n(a = process) {} }",
    "const o = { async *[process]() {} }",
    "const o = { get a() { return process } }",
    "const o = { ...process }",
    "enum E { A = process.pid }",
    "const enum E { A = 1, B = process.pid }",
    "for (const { a = process } of [[]]);",
    "for (let i = process; ; );",
    "async function f() { for await (const x of process); }",
    "try {} catch ({ a = process }) {}",
    "{ using x = process; }",
    "({ a: [process] } = clock);",
    "x?.[process]?.(process!);",
    "process satisfies any;",
    "(process<string>);",
    "x`a${process}`;",
    "(() => process)``;",
    "export = process;",
    "export default () => process;",
    "export const a = async () => { await process };",
    "if (x) {} else if (x) process;",
    "a: { process; break a }",
    "switch (x) { case process: }",
    "do ; while (process);",
    "throw (x, process);",
    "function* f() { yield* process }",
    "x &&= process;",
    "[...process];",
    "new x(...process);",
    "x instanceof process;",
    "class P { #p = #p in process }",
    "/a/.test(process);",
    "import(process);",
  ])("%s", async (source) => {
    expect((await check(source + PORTS)).join()).toMatch(/\bprocess\b/);
  });
});

describe("what is said", () => {
  test("names a place, a reason and a way out", async () => {
    writeFileSync(file, "export function f() {\n  return Date.now();\n}\n");
    expect(await staticCheck(file)).toEqual([
      {
        file,
        line: 2,
        column: 10,
        what: "Date.now()",
        why: "a grade must not depend on the real clock",
        instead: "take the time from the injected clock",
      },
    ]);
  });

  test("counts lines and columns as editors do", async () => {
    expect(await check("// 😀\r\n'😀'; process;\rself;")).toEqual(["2:7 process", "3:1 self"]);
  });

  test("is in the order of the file, and ends after fifty", async () => {
    const said = await check("self; window;\n".repeat(100));
    expect(said.slice(0, 3)).toEqual(["1:1 self", "1:7 window", "2:1 self"]);
    expect(said).toHaveLength(50);
  });

  test("leaves what does not parse, or is not there, to the type check", async () => {
    expect(await check("process.exit(; // {")).toEqual([]);
    expect(await staticCheck(join(dir, "nowhere.ts"))).toEqual([]);
  });
});

describe("what would end the parser, or the patience of the reader", () => {
  const DEEP = "1:1 deep nesting";
  test.each([
    ["brackets", "[".repeat(50_000), DEEP],
    ["objects", `const a = ${"{a:".repeat(8_000)}1${"}".repeat(8_000)}`, DEEP],
    ["arrows", `const a = ${"a=>".repeat(12_000)}1`, DEEP],
    ["types", `type T = ${"A<".repeat(8_000)}A${">".repeat(8_000)}`, DEEP],
    ["a tree that was parsed", `const a = ${"!".repeat(600)}1`, "1:509 deep nesting"],
    ["a pattern", `const ${"[".repeat(600)}a${"]".repeat(600)} = []`, "1:505 deep nesting"],
    ["characters", `export const a = "${"a".repeat(500_000)}"`, "1:1 a file this large"],
  ])("%s", async (_, source, said) => {
    expect((await check(source)).at(0)).toBe(said);
  });

  test("large and flat passes", async () => {
    expect(await check(`export const table = [${"1, 2, 3,\n".repeat(4_000)}];`)).toEqual([]);
    expect(
      await check("export const a = [[]];\n".repeat(1).concat("f(1);\n".repeat(3_000))),
    ).toEqual(Array.from({ length: 50 }, (__, at) => `${at + 2}:1 f()`));
  });
});
