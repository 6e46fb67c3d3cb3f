import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { GradeReport } from "../../graders/index.ts";
import { findKata, PACKAGE_ROOT } from "../../graders/reading.ts";

/*
 * `npm run soak:verdicts [grades [slug…]]`: grades one accepted and one rejected attempt of the first
 * five katas again and again, half of the time while every core is busy. The same attempt must get
 * the same verdict and the same score each time; an inconclusive one is counted apart.
 */
const GRADES = Number(process.argv[2] ?? 200);
const MAIN = fileURLToPath(new URL("../main.js", import.meta.url));
/** A wrong answer of each kata that a property catches. */
const REJECTED: Readonly<Record<string, string>> = {
  "bloom-filter": "one-hash",
  "lru-cache": "get-does-not-refresh",
  "token-bucket": "float-drift",
  "consistent-hashing": "no-wrap",
  "circuit-breaker": "late-failure-reopens",
};
const slugs = process.argv.length > 3 ? process.argv.slice(3) : Object.keys(REJECTED);

const dir = mkdtempSync(join(tmpdir(), "kata-soak-"));
let unstable = 0;
let inconclusive = 0;
let all = 0;

function grade(slug: string, source: string, stub: string): string {
  const file = join(dir, `${slug}.ts`);
  const text = readFileSync(source, "utf8").replace(
    /from "[^"]*\/stub\.ts"/,
    `from ${JSON.stringify(stub)}`,
  );
  writeFileSync(file, text);
  const env = { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "" };
  const args = [MAIN, "grade", slug, "--file", file, "--json"];
  const { stdout } = spawnSync(process.execPath, args, { cwd: dir, env, encoding: "utf8" });
  const { verdict, reason, score } = JSON.parse(stdout) as GradeReport;
  return [verdict, reason, score.points].filter((part) => part !== undefined).join(" ");
}

function report(what: string, grades: readonly string[]): void {
  const counts = new Map<string, number>();
  for (const each of grades) counts.set(each, (counts.get(each) ?? 0) + 1);
  const open = grades.filter((each) => each.startsWith("inconclusive")).length;
  all += grades.length;
  inconclusive += open;
  if (counts.size - (open > 0 ? 1 : 0) > 1) unstable += 1;
  const found = [...counts].map(([each, count]) => `${count} x ${each}`).join(", ");
  const load = loadavg()[0]?.toFixed(1);
  process.stdout.write(`${what.padEnd(46)} ${found} (load ${load})\n`);
}

try {
  for (const loaded of [false, true]) {
    const busy = loaded
      ? Array.from({ length: availableParallelism() }, () =>
          spawn(process.execPath, ["-e", "for (;;);"]),
        )
      : [];
    try {
      for (const slug of slugs) {
        const { paths } = await findKata({ root: PACKAGE_ROOT }, slug);
        const attempts = {
          accepted: paths.reference,
          rejected: join(paths.wrongDir, `${REJECTED[slug]}.ts`),
        };
        for (const [kind, source] of Object.entries(attempts)) {
          const grades = Array.from({ length: Math.ceil(GRADES / 2) }, () =>
            grade(slug, source, paths.stub),
          );
          report(`${loaded ? "busy" : "idle"} ${slug} ${kind}`, grades);
        }
      }
    } finally {
      for (const child of busy) child.kill("SIGKILL");
    }
  }
} finally {
  rmSync(dir, { recursive: true, force: true });
}
process.stdout.write(
  `\n${all} grades, ${unstable} unstable attempts, ${inconclusive} inconclusive\n`,
);
process.exitCode = unstable === 0 ? 0 : 1;
