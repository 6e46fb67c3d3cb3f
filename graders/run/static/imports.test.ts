import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { staticCheck } from "../static-check.ts";

let dir = "";
beforeEach(() => {
  dir = realpathSync(mkdtempSync(join(tmpdir(), "kata-imports-")));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Writes files, and checks `mine/attempt.ts` with this text: `file:line:column what`. */
async function check(source: string, others: Record<string, string> = {}): Promise<string[]> {
  for (const [name, text] of Object.entries({ ...others, "mine/attempt.ts": source })) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  const denials = await staticCheck(join(dir, "mine/attempt.ts"));
  return denials.map((it) => `${it.file.slice(dir.length + 1)}:${it.line}:${it.column} ${it.what}`);
}

describe("imports of one file", () => {
  test.each([
    [`import fs from "node:fs";`, `1:16 import "node:fs"`, `import type fs from "node:fs";`],
    [`import "node:fs";`, `1:8 import "node:fs"`, `import "kata/kit";`],
    [`import "fs";`, `1:8 import "fs"`, `import { hash32 } from "kata/kit";`],
    [
      `import fc from "fast-check";`,
      `1:16 import "fast-check"`,
      `import type fc from "fast-check";`,
    ],
    [`import "kata/harness";`, `1:8 import "kata/harness"`, `import * as kit from "kata/kit";`],
    [`import "kata/harness/check";`, `1:8 import "kata/harness/check"`, `import "kata/kit";`],
    [`import "kata/kit/x";`, `1:8 import "kata/kit/x"`, `export * from "kata/kit";`],
    [`import { type A } from "x";`, `1:24 import "x"`, `import { type Clock } from "kata/kit";`],
    [`import {} from "x";`, `1:16 import "x"`, `import type {} from "x";`],
    [`export { a } from "x";`, `1:19 export … from "x"`, `export type { a } from "x";`],
    [`export * from "x";`, `1:15 export … from "x"`, `export type * from "x";`],
    [`export * as x from "x";`, `1:20 export … from "x"`, `export type * as x from "x";`],
    [`import "../a.ts";`, `1:8 import "../a.ts"`, `import type {} from "../a.ts";`],
    [`import "/etc/a.ts";`, `1:8 import "/etc/a.ts"`, `import "./attempt.ts";`],
    [`import "file:///a.ts";`, `1:8 import "file:///a.ts"`, `import "../mine/attempt.ts";`],
    [
      `import "data:text/javascript,1";`,
      `1:8 import "data:text/javascript,1"`,
      `import "./attempt";`,
    ],
    [`import "./attempt.ts?raw";`, `1:8 import "./attempt.ts?raw"`, `import "./attempt.js";`],
    [`import "./%61.ts";`, `1:8 import "./%61.ts"`, `import "./missing.ts";`],
    [`import ".";`, `1:8 import "."`, `type A = typeof import(".");`],
    [`await import("./attempt.ts");`, `1:7 import()`, `type A = import("node:fs").Stats;`],
    [`const m = "node:" + "fs"; import(m);`, `1:27 import()`, `const m = { import: 1 }; m.import;`],
    [`import.meta.url;`, `1:1 import.meta`, `class A { a = new.target; }`],
    [
      `import fs = require("node:fs");`,
      `1:1 import fs = …`,
      `import type fs = require("node:fs");`,
    ],
  ])("%s", async (denied, said, honest) => {
    expect(await check(denied)).toEqual([`mine/attempt.ts:${said}`]);
    expect(await check(honest)).toEqual([]);
  });

  test.each([
    ["node:fs", "keep state in memory"],
    ["node:crypto", "take random numbers from the injected random"],
    ["perf_hooks", "take the time from the injected clock"],
    ["node:timers/promises", "use the injected scheduler"],
    ["lodash", "write it yourself, in this file or one beside it"],
  ])("%s: %s", async (name, instead) => {
    await check(`import "${name}";`);
    expect((await staticCheck(join(dir, "mine/attempt.ts")))[0]?.instead).toBe(instead);
  });
});

describe("own files", () => {
  const BAD = "export const pid = process.pid;";
  const SAID = (file: string) => [`mine/${file}:1:20 process.pid`];

  test("are checked as well, each once, also in circles", async () => {
    const others = {
      "mine/a.ts": `import "./deep/b.ts"; import "./attempt.ts"; self;`,
      "mine/deep/b.ts": `export * from "../a.ts"; import { type C } from "../c"; self;`,
      "mine/c.ts": "export type C = 1; self;",
    };
    expect(await check(`import "./a.ts"; import "./a.js";`, others)).toEqual([
      "mine/a.ts:1:46 self",
      "mine/deep/b.ts:1:57 self",
      "mine/c.ts:1:20 self",
    ]);
  });

  test("are found with and without an ending", async () => {
    expect(await check(`import "./a";`, { "mine/a.ts": BAD })).toEqual(SAID("a.ts"));
    expect(await check(`import "./a.js";`)).toEqual(SAID("a.ts"));
    expect(await check(`export * from "./a.ts";`)).toEqual(SAID("a.ts"));
    expect(await check(`import type {} from "./a.ts";`)).toEqual([]);
  });

  test("beside a folder of the same name", async () => {
    const others = { "mine/a.ts": BAD, "mine/a/index.ts": "" };
    expect(await check(`import "./a";`, others)).toEqual(SAID("a.ts"));
  });

  test.each([
    ["./a", "a.js"],
    ["./a.js", "a.js"],
    ["./a.js", "a.js.ts"],
    ["./a.mjs", "a.mts"],
    ["./a.ts", "a.ts.js"],
    ["./a", "a.json"],
    ["./a", "a/index.ts"],
    ["./a.tsx", "a.tsx"],
    ["./a.css", "a.css"],
  ])("must be plain .ts: %s, where there is %s", async (specifier, name) => {
    const said = [`mine/attempt.ts:1:8 import "${specifier}"`];
    const others = { [`mine/${name}`]: "", ...(specifier === "./a.js" && { "mine/a.ts": "" }) };
    expect(await check(`import "${specifier}";`, others)).toEqual(said);
  });

  test("a broken one is left to the type check, the others are not", async () => {
    const others = { "mine/a.ts": "process.exit((", "mine/b.ts": BAD };
    expect(await check(`import "./a.ts"; import "./b.ts";`, others)).toEqual(SAID("b.ts"));
  });

  test("a link must not lead out of the folder", async () => {
    const source = `import "./in.ts"; import "./out.ts"; import "./folder/c.ts";`;
    await check(source, { "mine/a.ts": BAD, "other/b.ts": BAD, "other/c.ts": BAD });
    symlinkSync(join(dir, "mine/a.ts"), join(dir, "mine/in.ts"));
    symlinkSync(join(dir, "other/b.ts"), join(dir, "mine/out.ts"));
    symlinkSync(join(dir, "other"), join(dir, "mine/folder"));
    expect(await check(source)).toEqual([
      `mine/attempt.ts:1:26 import "./out.ts"`,
      `mine/attempt.ts:1:45 import "./folder/c.ts"`,
      "mine/a.ts:1:20 process.pid",
    ]);
  });

  test("an attempt that is a link lies where it leads", async () => {
    await check(`import "./a.ts";`, { "mine/a.ts": BAD, "links/a.ts": "" });
    symlinkSync(join(dir, "mine/attempt.ts"), join(dir, "links/attempt.ts"));
    const [denial] = await staticCheck(join(dir, "links/attempt.ts"));
    expect(denial?.file).toBe(join(dir, "mine/a.ts"));
  });

  test("are at most a hundred", async () => {
    const files = Array.from({ length: 100 }, (_, at) => [`mine/f${at}.ts`, "export {};"]);
    const imports = files.map((_, at) => `import "./f${at}.ts";`);
    const others = Object.fromEntries(files) as Record<string, string>;
    expect(await check(imports.slice(1).join("\n"), others)).toEqual([]);
    expect(await check(imports.join("\n"))).toEqual(["mine/f0.ts:1:1 this many files"]);
  });
});
