import { existsSync, mkdtempSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadKata } from "../catalog/catalog.ts";
import { PACKAGE_ROOT } from "../catalog/paths.ts";
import { runScript, whyMissing, withLayers } from "../fixtures/run-script.ts";
import { permissionFlag } from "./probe-layers.ts";
import { activeProtections } from "./protections.ts";
import { runSpec } from "./run-spec.ts";
import { LAYERS, type LayerId } from "./wrap.ts";

const SOLUTION = join(PACKAGE_ROOT, "solutions/probabilistic/bloom-filter/solution.ts");

/** A module that tries each of these expressions and prints which succeeded. */
function attempts(expressions: Readonly<Record<string, string>>): string {
  const tries = Object.entries(expressions).map(
    ([name, code]) => `try { await (${code}); did("${name}"); } catch { }`,
  );
  return `
    import * as fs from "node:fs";
    import * as net from "node:net";
    import * as children from "node:child_process";
    import { Worker } from "node:worker_threads";
    import { once } from "node:events";
    const did = (name) => fs.writeSync(1, name + "\\n");
    ${tries.join("\n")}
    did("done");
    process.exit(0);`;
}

async function deeds(
  layers: "basic" | LayerId,
  expressions: Readonly<Record<string, string>>,
): Promise<string[]> {
  const { output } = await runScript(layers, attempts(expressions));
  return output.trim().split("\n");
}

const node = JSON.stringify(process.execPath);
const solution = JSON.stringify(SOLUTION);

describe("permission", () => {
  const missing = whyMissing("permission");
  const deedsOn = (file: string): Record<string, string> => ({
    write: `fs.promises.writeFile(${JSON.stringify(file)}, "x")`,
    read: `fs.promises.readFile(${solution})`,
    list: `fs.promises.readdir(${JSON.stringify(tmpdir())})`,
    exec: `once(children.spawn(${node}, ["--version"]), "spawn")`,
    thread: `once(new Worker("0", { eval: true }), "exit")`,
  });

  test.skipIf(missing !== undefined)(
    `stops files, programs and threads ${missing ?? ""}`,
    async () => {
      const file = join(mkdtempSync(join(tmpdir(), "kata-test-")), "written");
      expect(await deeds("permission", deedsOn(file))).toEqual(["done"]);
      expect(existsSync(file)).toBe(false);
      const without = await deeds("basic", deedsOn(file));
      expect(without).toEqual(["write", "read", "list", "exec", "thread", "done"]);
      expect(existsSync(file)).toBe(true);
    },
  );

  test.each([
    ["20.19.0", "--experimental-permission"],
    ["22.12.0", "--experimental-permission"],
    ["22.13.0", "--permission"],
    ["23.4.0", "--experimental-permission"],
    ["23.5.0", "--permission"],
    ["24.0.0", "--permission"],
  ])("of Node %s is called %s", (version, use) => {
    expect(permissionFlag(version)).toEqual({ use });
  });
});

describe("bwrap", () => {
  const missing = whyMissing("bwrap");

  test.skipIf(missing !== undefined)(
    `stops the network, files and signals to others ${missing ?? ""}`,
    async () => {
      const server = createServer((socket) => socket.end());
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as AddressInfo;
      const file = join(mkdtempSync(join(tmpdir(), "kata-test-")), "written");
      const wanted = {
        connect: `once(net.connect(${port}, "127.0.0.1"), "connect")`,
        write: `fs.promises.writeFile(${JSON.stringify(file)}, "x")`,
        shm: `fs.promises.writeFile("/dev/shm/kata-test-${process.pid}", "")`,
        read: `fs.promises.readFile(${solution})`,
        see: `process.kill(${process.pid}, 0)`,
        shell: `once(children.spawn("/bin/sh", ["-c", "true"]), "spawn")`,
      };
      try {
        expect(await deeds("bwrap", wanted)).toEqual(["done"]);
        expect(await deeds("basic", wanted)).toEqual([...Object.keys(wanted), "done"]);
      } finally {
        server.close();
      }
    },
  );

  test.skipIf(missing !== undefined)(`keeps exit codes and signals ${missing ?? ""}`, async () => {
    const run = (code: string): Promise<unknown> => runScript("bwrap", code);
    expect(await run("process.exit(7)")).toMatchObject({ code: 7, signal: null });
    const killed = await run("process.kill(process.pid, 'SIGKILL')");
    expect(killed).toMatchObject({ reason: "exited", code: null, signal: "SIGKILL" });
    const heap = "const all = []; for (;;) all.push(new Array(1_000_000).fill(1));";
    expect(await run(heap)).toMatchObject({ reason: "memory-limit", signal: "SIGABRT" });
    expect(await runScript("bwrap", "for (;;);", 500)).toMatchObject({ reason: "timed-out" });
  });
});

describe("prlimit", () => {
  const missing = whyMissing("prlimit");
  // Never touched, so it is resident nowhere and no watch sees it.
  const bomb = { allocate: "(globalThis.all = [1, 2, 3].map(() => new ArrayBuffer(2 ** 29)))" };

  test.skipIf(missing !== undefined)(`stops a buffer bomb ${missing ?? ""}`, async () => {
    expect(await deeds("prlimit", bomb)).toEqual(["done"]);
    expect(await deeds("basic", bomb)).toEqual(["allocate", "done"]);
  });
});

describe("no-eval", () => {
  test("stops code made from text", async () => {
    const made = {
      eval: '(0, eval)("1")',
      Function: 'new Function("return 1")()',
      constructor: '(() => {}).constructor("return 1")()',
    };
    expect(await deeds("no-eval", made)).toEqual(["done"]);
    expect(await deeds("basic", made)).toEqual([...Object.keys(made), "done"]);
  });
});

describe("every set of layers", () => {
  const root = join(PACKAGE_ROOT, "graders/fixtures/root");
  const kata = loadKata({ root }, "tally");
  const plan = {
    slug: "tally",
    subjects: [{ name: "reference", file: kata.reference.file }],
    exports: ["Tally"],
    seed: 1,
  };

  test.each(["basic", ...LAYERS, LAYERS.join(",")])("grades: %s", async (layers) => {
    const run = await withLayers(layers, () => runSpec(kata.paths.spec, plan));
    const subject = run.subjects.get("reference");
    expect(subject?.end).toEqual({ kind: "complete" });
    expect(subject?.records.map(({ outcome }) => outcome)).toEqual(["held", "held", "held"]);
  });

  test("says of each protection what it does, or why it is off", () => {
    const basic = withLayers("basic", activeProtections);
    const off = basic.filter(({ active }) => !active).map(({ id }) => id);
    expect(off).toEqual(expect.arrayContaining([...LAYERS]));
    for (const { detail } of basic.filter(({ id }) => off.includes(id))) {
      expect(detail).toMatch(/, so |only Linux|no process groups/);
    }
    const all = withLayers("permision", activeProtections);
    expect(all, "a slip turns nothing off").toEqual(withLayers("", activeProtections));
  });
});
