import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { PACKAGE_ROOT } from "../catalog/paths.ts";
import { runScript, whyMissing, writeScript } from "../fixtures/run-script.ts";

const isLinux = process.platform === "linux";
const missingBwrap = whyMissing("bwrap");

/** Processes with this word in their command line. */
function running(word: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(word);
      } catch {
        return false; // It ended while we looked.
      }
    })
    .map(Number);
}

/** Waits up to 3 s for the last of them to go. */
async function left(word: string): Promise<number[]> {
  for (let i = 0; i < 60 && running(word).length > 0; i += 1) await pause(50);
  return running(word);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

describe.skipIf(!isLinux)("the memory watch (Linux)", () => {
  const bomb = "const all = []; for (;;) all.push(Buffer.alloc(16 << 20, 1));";

  test("stops what grows off the heap", async () => {
    expect(await runScript("basic", bomb)).toMatchObject({ reason: "memory-limit" });
  });

  test.skipIf(missingBwrap !== undefined)(
    `looks at the worker, not at what wraps it ${missingBwrap ?? ""}`,
    async () => {
      expect(await runScript("bwrap", bomb)).toMatchObject({ reason: "memory-limit" });
    },
  );

  test("leaves 400 MB alone", async () => {
    const large = `globalThis.all = Buffer.alloc(400 << 20, 1); setTimeout(() => 0, 300);`;
    expect(await runScript("basic", large)).toMatchObject({ reason: "exited", code: 0 });
  });
});

describe.skipIf(!isLinux)("nothing is left behind (Linux)", () => {
  const daemon = (word: string): string => `
    import { spawn } from "node:child_process";
    const loop = ["-e", "setInterval(() => 0, 1000)", "${word}"];
    const child = spawn(process.execPath, loop, { detached: true, stdio: "ignore" });
    child.once("spawn", () => process.exit(0));
    child.once("error", () => process.exit(9));`;

  test.skipIf(missingBwrap !== undefined)(
    `of a daemon in a group of its own ${missingBwrap ?? ""}`,
    async () => {
      const word = `kata-daemon-${process.pid}`;
      expect(await runScript("bwrap", daemon(word))).toMatchObject({ code: 0 });
      expect(await left(word)).toEqual([]);
      // Without the layer it does outlive its worker.
      expect(await runScript("basic", daemon(word))).toMatchObject({ code: 0 });
      const [outlived] = running(word);
      expect(outlived).toBeGreaterThan(0);
      process.kill(outlived ?? 0, "SIGKILL");
    },
  );

  test.for(["basic", "setpriv", "bwrap"] as const)(
    "when the grader is killed with -9: %s",
    async (layer, { skip }) => {
      const missing = layer === "basic" ? undefined : whyMissing(layer);
      if (missing !== undefined) skip(missing);
      const loop = writeScript("for (;;);");
      const built = join(PACKAGE_ROOT, "dist/graders/run/contained-process.js");
      const grader = writeScript(`
        import { ContainedProcess } from ${JSON.stringify(pathToFileURL(built).href)};
        new ContainedProcess({
          args: [${JSON.stringify(loop.file)}], plan: {}, heapMb: 256, ipc: true,
          readable: { paths: [${JSON.stringify(loop.dir)}] },
          outputBytes: 1e6, onRecord: () => 0,
        });
        setInterval(() => 0, 1000);`);
      const env = { KATA_PROTECTIONS: layer };
      const child = spawn(process.execPath, [grader.file], { env, stdio: "ignore" });
      for (let i = 0; i < 100 && running(loop.file).length === 0; i += 1) await pause(50);
      await pause(300);
      expect(running(loop.file)).not.toEqual([]);
      child.kill("SIGKILL");
      if (layer !== "basic") expect(await left(loop.file)).toEqual([]);
      // Without a layer it would run for ever.
      const outlived = running(loop.file);
      expect(outlived).toHaveLength(layer === "basic" ? 1 : 0);
      for (const pid of outlived) process.kill(pid, "SIGKILL");
    },
  );
});
