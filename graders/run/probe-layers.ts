import { spawnSync } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import * as fs from "node:fs";
import { release, tmpdir } from "node:os";
import { join } from "node:path";
import { say, spokenLanguage } from "../model/say.ts";
import { BUILT, packageVersion } from "../catalog/paths.ts";
import { packageView } from "./package-view.ts";
import { LAYERS, wrap, type Layer, type LayerId, type Layers } from "./wrap.ts";

const PROGRAMS = {
  prlimit: "util-linux",
  setpriv: "util-linux",
  bwrap: "bubblewrap",
} as const;
/** A worker has no PATH, and the grader's should not decide what wraps it. */
const BIN_FOLDERS = ["/usr/bin", "/bin", "/usr/local/bin", "/run/current-system/sw/bin"];
/** What was found stands this long: system settings can change without a trace. */
const PROBE_LASTS_MS = 24 * 60 * 60 * 1000;
const PROBE_TIMEOUT_MS = 10_000;
/** The largest cap that any worker gets. */
const PROBE_DATA_MB = 4_096;

/**
 * Which layers work on this machine. Trying them takes a few process starts, so what was found is
 * kept in a file for the next process.
 */
export function probeLayers(): Layers {
  const kept = readKept();
  if (kept !== undefined) return kept;
  const layers = tryLayers();
  keep(layers);
  return layers;
}

/** Has the layers tried again by the next process: what worked before does not work any more. */
export function forgetLayers(): void {
  fs.rmSync(keptFile(), { force: true });
}

/** Adds one layer after the other and keeps those with which a worker still comes up. */
function tryLayers(): Layers {
  const candidates = eachLayer(candidate);
  if (tryWorker(candidates) === undefined) return candidates;
  const layers = eachLayer(() => ({ why: say`it was not tried` }));
  for (const id of LAYERS) {
    layers[id] = candidates[id];
    if ("why" in candidates[id]) continue;
    const problem = tryWorker(layers);
    if (problem !== undefined) layers[id] = { why: say`it does not work here (${problem})` };
  }
  return layers;
}

function candidate(id: LayerId): Layer {
  if (id === "permission") return permissionFlag(process.versions.node);
  if (id === "no-eval") return { use: "--disallow-code-generation-from-strings" };
  if (process.platform !== "linux") return { why: say`only Linux has it` };
  const program = BIN_FOLDERS.map((folder) => join(folder, id)).find(
    (file) => tryTo(() => fs.accessSync(file, fs.constants.X_OK) ?? file) !== undefined,
  );
  return program === undefined ? { why: say`${PROGRAMS[id]} is not installed` } : { use: program };
}

export function permissionFlag(version: string): Layer {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isStable = major >= 24 || (major === 23 && minor >= 5) || (major === 22 && minor >= 13);
  if (isStable) return { use: "--permission" };
  if (major >= 20) return { use: "--experimental-permission" };
  return { why: say`Node ${version} has no permission model` };
}

/** Starts a process that loads what a worker loads, and returns what is wrong, if anything. */
function tryWorker(layers: Layers): string | undefined {
  const script = `
    import { readFileSync } from "node:fs";
    readFileSync(new URL("workers/forks.js", import.meta.resolve("vitest")));
    await Promise.all(["fast-check", "tinybench", "zod"].map((name) => import(name)));`;
  const { command, args, cwd } = wrap(
    {
      args: ["--input-type=module", "--no-warnings", "--eval", script],
      view: packageView(),
      dataMb: PROBE_DATA_MB,
    },
    layers,
  );
  const timeout = PROBE_TIMEOUT_MS;
  const { status, signal, error, stderr } = spawnSync(command, args, { cwd, env: {}, timeout });
  if (status === 0) return undefined;
  const words = stderr?.toString().trim().split("\n")[0] ?? "";
  return words === "" ? String(error ?? signal ?? say`exit code ${status}`) : words;
}

function keep(layers: Layers): void {
  tryTo(() => {
    // Written aside and renamed: a name that anyone could foresee is never opened for writing.
    const draft = `${keptFile()}.${randomUUID()}`;
    fs.writeFileSync(draft, JSON.stringify({ key: keptKey(), at: Date.now(), layers }), {
      flag: "wx",
      mode: 0o600,
    });
    fs.renameSync(draft, keptFile());
  });
}

function readKept(): Layers | undefined {
  return tryTo(() => {
    // Where everybody may write, only a file of our own that nobody else can write counts.
    const { uid, mode } = fs.lstatSync(keptFile());
    if (process.getuid !== undefined && (uid !== process.getuid() || (mode & 0o77) !== 0)) {
      return undefined;
    }
    const kept = JSON.parse(fs.readFileSync(keptFile(), "utf8")) as {
      key: string;
      at: number;
      layers: Layers;
    };
    const isFresh = Math.abs(Date.now() - kept.at) < PROBE_LASTS_MS;
    return isFresh && kept.key === keptKey() ? eachLayer((id) => kept.layers[id]) : undefined;
  });
}

/** All that decides which layers work. A container has namespaces of its own. */
function keptKey(): string {
  const programs = Object.keys(PROGRAMS).flatMap((name) =>
    BIN_FOLDERS.map((folder) => tryTo(() => fs.lstatSync(join(folder, name)).mtimeMs)),
  );
  const namespaces = ["user", "mnt"].map((name) =>
    tryTo(() => fs.readlinkSync(`/proc/self/ns/${name}`)),
  );
  const versions = [packageVersion(), process.version, release(), spokenLanguage()];
  return JSON.stringify([...versions, ...programs, ...namespaces]);
}

function keptFile(): string {
  const place = createHash("sha256").update(`${BUILT.specWorker}\0${process.execPath}`);
  const user = process.getuid?.() ?? "user";
  return join(tmpdir(), `kata-layers-${user}-${place.digest("hex").slice(0, 12)}.json`);
}

function eachLayer(of: (id: LayerId) => Layer): Record<LayerId, Layer> {
  return Object.fromEntries(LAYERS.map((id) => [id, of(id)])) as Record<LayerId, Layer>;
}

function tryTo<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
