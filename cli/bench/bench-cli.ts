import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BUILT, findKata, PACKAGE_ROOT } from "../../graders/reading.ts";

/*
 * `npm run bench:cli`: how fast the commands answer, as ratios to a yardstick measured in the same
 * run, round by round. Absolute times belong to the machine.
 */
const ROUNDS = 11;
const SLUG = "bloom-filter";
const MAIN = fileURLToPath(new URL("../main.js", import.meta.url));

const { paths } = await findKata({ root: PACKAGE_ROOT }, SLUG);
const dir = mkdtempSync(join(tmpdir(), "kata-bench-"));
const file = join(dir, `${SLUG}.ts`);
const stub = JSON.stringify(paths.stub);
writeFileSync(
  file,
  readFileSync(paths.reference, "utf8").replace(/from "[^"]*\/stub\.ts"/, `from ${stub}`),
);

/** Vitest alone on the same spec, for comparison: no grader, no type check, no containment. */
const config = join(dir, "vitest.config.mjs");
writeFileSync(
  config,
  `export default ${JSON.stringify({
    root: PACKAGE_ROOT,
    cacheDir: join(dir, "cache"),
    resolve: { alias: { "kata/harness": BUILT.harness, "kata/kit": BUILT.kit } },
    test: { include: [paths.spec], server: { deps: { inline: [`${PACKAGE_ROOT}/dist/`] } } },
  })}`,
);
const plan = {
  slug: SLUG,
  subjects: [{ name: "attempt", file }],
  exports: ["BloomFilter"],
  seed: 20_260_101,
};

/** Milliseconds of one command. This machine's extra certificates cost every start the same. */
function timeOf(
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
): number {
  const { PATH = "", HOME = "" } = process.env;
  const started = performance.now();
  const { status, stderr } = spawnSync(command, args, {
    cwd: dir,
    env: { PATH, HOME, ...env },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}: ${stderr}`);
  return performance.now() - started;
}

const node = process.execPath;
const commands = {
  "node -e 0": () => timeOf(node, ["-e", "0"]),
  "kata list": () => timeOf(node, [MAIN, "list"]),
  "kata worksheet twitter": () => timeOf(node, [MAIN, "worksheet", "twitter"]),
  "npx vitest run": () =>
    timeOf("npx", ["--prefix", PACKAGE_ROOT, "vitest", "run", "--config", config], {
      KATA_PLAN: JSON.stringify(plan),
    }),
  "kata grade --no-budget": () =>
    timeOf(node, [MAIN, "grade", SLUG, "--file", file, "--no-budget"]),
  "kata grade": () => timeOf(node, [MAIN, "grade", SLUG, "--file", file]),
};
type Name = keyof typeof commands;

const times = new Map<Name, number[]>();
try {
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [name, run] of Object.entries(commands) as [Name, () => number][]) {
      const ms = run();
      // The first round fills the disk cache.
      if (round > 0) times.set(name, [...(times.get(name) ?? []), ms]);
    }
  }
} finally {
  rmSync(dir, { recursive: true, force: true });
}

function median(name: Name): number {
  const sorted = [...(times.get(name) ?? [])].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function row(what: string, figure: string, goal: string): void {
  process.stdout.write(`${what.padEnd(50)} ${figure.padStart(9)}   goal ${goal}\n`);
}

for (const name of times.keys())
  process.stdout.write(`${name.padEnd(32)} ${median(name).toFixed(0).padStart(6)} ms\n`);
process.stdout.write(`\nmedians of ${ROUNDS} interleaved rounds\n`);
const ratio = (a: Name, b: Name): string => `${(median(a) / median(b)).toFixed(2)}x`;
row("kata list / node -e 0", ratio("kata list", "node -e 0"), "<= 2x");
row("kata worksheet / node -e 0", ratio("kata worksheet twitter", "node -e 0"), "<= 4x");
row(
  "kata grade --no-budget / npx vitest run",
  ratio("kata grade --no-budget", "npx vitest run"),
  "<= 0.75x",
);
row("kata grade, whole", `${(median("kata grade") / 1000).toFixed(2)} s`, "< 2.5 s");
