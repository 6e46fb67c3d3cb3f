import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { BUILT, packageVersion, readIndex, say, sayCount } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { findWorkspace } from "../workspace/workspace.ts";
import { writeProblem } from "../workspace/write-problem.ts";

/** One thing looked at: `bad` makes grading impossible, `warning` makes it weaker. */
export interface Diagnosis {
  readonly id: string;
  readonly state: "good" | "warning" | "bad";
  readonly text: string;
}

const OLDEST_NODE = { major: 20, minor: 19 };
const DEPENDENCIES = ["vitest", "fast-check", "tinybench", "typescript"];

/** Looks at all that a grade depends on. */
export async function examine(ctx: CliContext): Promise<Diagnosis[]> {
  const { activeProtections } = await import("../../graders/index.ts");
  const protections = activeProtections().map(({ id, active, detail }): Diagnosis => ({
    id: `protection:${id}`,
    state: active ? "good" : "warning",
    text: say`Protection ${id}: ${detail}`,
  }));
  return [
    nodeVersion(process.versions.node),
    await kata(ctx.root),
    ...DEPENDENCIES.map((name) => dependency(ctx.root, name)),
    load(availableParallelism(), loadavg()[0] ?? 0),
    scratchFolder(),
    workspaceFolder(findWorkspace(ctx.cwd)),
    ...protections,
  ];
}

function nodeVersion(version: string): Diagnosis {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const { major: least, minor: leastMinor } = OLDEST_NODE;
  const fits = major > least || (major === least && minor >= leastMinor);
  const needed = say`${least}.${leastMinor} or newer`;
  return fits
    ? { id: "node", state: "good", text: say`Node ${version} (needed: ${needed})` }
    : { id: "node", state: "bad", text: say`Node ${version} is too old: install ${needed}` };
}

async function kata(root: string): Promise<Diagnosis> {
  const id = "kata";
  if (!existsSync(BUILT.kitTypes)) {
    return { id, state: "bad", text: say`kata in ${root} is not built: run npm run build there` };
  }
  const count = (await readIndex({ root })).length;
  const katas = sayCount(count, "{n} kata", "{n} katas");
  return { id, state: count === 0 ? "bad" : "good", text: say`kata ${packageVersion()}, ${katas}` };
}

function dependency(root: string, name: string): Diagnosis {
  // A package may hide its package.json from imports, so it is looked for where imports look.
  const folders = createRequire(join(root, "package.json")).resolve.paths(name) ?? [];
  const manifest = folders.map((dir) => join(dir, name, "package.json")).find(existsSync);
  if (manifest === undefined) {
    return { id: name, state: "bad", text: say`${name} is missing: install kata again` };
  }
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  return { id: name, state: "good", text: `${name} ${version}` };
}

/** Budgets compare times, so other work on the machine blurs them. */
function load(cores: number, average: number): Diagnosis {
  const facts = sayCount(cores, "{n} core, load {load}", "{n} cores, load {load}", {
    load: average.toFixed(1),
  });
  return average < cores
    ? { id: "load", state: "good", text: say`${facts}: quiet enough to judge budgets` }
    : { id: "load", state: "warning", text: say`${facts}: busy, so a budget may stay undecided` };
}

function scratchFolder(): Diagnosis {
  const problem = tryToWrite(tmpdir());
  return problem === undefined
    ? { id: "scratch", state: "good", text: say`${tmpdir()} can be written` }
    : { id: "scratch", state: "bad", text: say`${tmpdir()} cannot be written: ${problem}` };
}

function workspaceFolder(workspace: string): Diagnosis {
  const problem = tryToWrite(workspace);
  if (problem === undefined) {
    return { id: "workspace", state: "good", text: say`${workspace} can be written` };
  }
  const text = say`${workspace} cannot be written (${problem}): your grades would not be kept`;
  return { id: "workspace", state: "warning", text };
}

function tryToWrite(folder: string): string | undefined {
  try {
    rmSync(mkdtempSync(join(folder, ".kata-doctor-")), { recursive: true });
    return undefined;
  } catch (error) {
    return writeProblem(error);
  }
}
