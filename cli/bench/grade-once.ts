import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PACKAGE_ROOT, findKata, readIndex, type KataOnDisk } from "../../graders/reading.ts";

const MAIN = fileURLToPath(new URL("../main.js", import.meta.url));

/** What the benches read of a grade. */
export interface Graded {
  readonly properties: readonly { readonly id: string; readonly outcome: string }[];
  readonly times: { readonly propertiesMs: number };
}

/** Grades a file by the built command, in a folder of its own so that no history is touched. */
export function gradeOnce(slug: string, file: string, ...options: string[]): Graded {
  const cwd = mkdtempSync(join(tmpdir(), "kata-bench-"));
  try {
    const words = ["grade", slug, "--file", file, "--no-budget", "--json", ...options];
    const { stdout, stderr } = spawnSync(process.execPath, [MAIN, ...words], {
      cwd,
      encoding: "utf8",
      maxBuffer: 2 ** 26,
    });
    if (stdout === "") throw new Error(`${slug}: ${stderr}`);
    return JSON.parse(stdout) as Graded;
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

export interface SimulationKata {
  readonly slug: string;
  readonly reference: string;
  readonly wrongs: readonly string[];
}

/** The katas whose kind is simulation. */
export async function simulationKatas(): Promise<SimulationKata[]> {
  const entries = await readIndex({ root: PACKAGE_ROOT });
  const places = await Promise.all(
    entries.map(({ slug }) => findKata({ root: PACKAGE_ROOT }, slug)),
  );
  return places.filter(isSimulation).map(({ slug, paths: { reference } }) => {
    const folder = join(dirname(reference), "wrong");
    const wrongs = readdirSync(folder).map((name) => join(folder, name));
    return { slug, reference, wrongs };
  });
}

function isSimulation({ paths }: KataOnDisk): boolean {
  const { kind } = JSON.parse(readFileSync(paths.manifest, "utf8")) as { kind: string };
  return kind === "simulation";
}
