import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BUILT, findKata, PACKAGE_ROOT } from "../../graders/reading.ts";

/*
 * `npm run bench:watch [saves]`: how long `kata watch bloom-filter` takes from a save to what the
 * properties say, in a real terminal (`script` of util-linux), beside `vitest --watch` on the same
 * spec; and what both processes hold in memory as the saves go by. A save that is not answered ends
 * the bench.
 */
const SAVES = Number(process.argv[2] ?? 20);
const SLUG = "bloom-filter";
const MAIN = fileURLToPath(new URL("../main.js", import.meta.url));
const PATIENCE_MS = 120_000;
const NAP_MS = 200;
const IDLE = "Waiting for a save";

const { paths } = await findKata({ root: PACKAGE_ROOT }, SLUG);
const wrong = join(paths.wrongDir, "one-hash.ts");

/** A program in a terminal of its own, and what it has printed since it was last asked. */
class Terminal {
  readonly #child: ChildProcess;
  #printed = "";
  #waiting: (() => void) | undefined;

  constructor(command: string, cwd: string, env: Readonly<Record<string, string>>) {
    const { PATH = "", HOME = "" } = process.env;
    this.#child = spawn("script", ["-qfec", command, "/dev/null"], {
      cwd,
      env: { PATH, HOME, TERM: "xterm", ...env },
      stdio: ["pipe", "pipe", "ignore"],
    });
    this.#child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      this.#printed += text;
      this.#waiting?.();
    });
  }

  /** Forgets what was printed. */
  clear(): void {
    this.#printed = "";
  }

  /** Settles when all of these have been printed, one after the other. */
  async until(...texts: readonly string[]): Promise<void> {
    const started = performance.now();
    for (;;) {
      let from = 0;
      for (const text of texts) {
        const at = from < 0 ? -1 : this.#printed.indexOf(text, from);
        from = at < 0 ? -1 : at + text.length;
      }
      if (from >= 0) return;
      if (performance.now() - started > PATIENCE_MS) {
        throw new Error(`no answer: ${texts.join(", ")}; ${this.#printed.slice(-400)}`);
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 1_000);
        this.#waiting = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /** Resident memory of the program and all its children, in MB. */
  get residentMb(): number {
    const family = new Set([this.#child.pid]);
    const all = processes();
    for (let grown = -1; grown !== family.size;) {
      grown = family.size;
      for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
    }
    const kb = all.filter(({ pid }) => family.has(pid)).reduce((sum, one) => sum + one.kb, 0);
    return Math.round(kb / 1024);
  }

  end(): void {
    this.#child.stdin?.write("q");
    setTimeout(() => this.#child.kill("SIGKILL"), 3_000).unref();
  }
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly kb: number;
}

function processes(): Process[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name): Process[] => {
      try {
        const status = readFileSync(`/proc/${name}/status`, "utf8");
        const field = (key: string): number =>
          Number(new RegExp(`^${key}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
        return [{ pid: Number(name), parent: field("PPid"), kb: field("VmRSS") }];
      } catch {
        return [];
      }
    });
}

/** Milliseconds from each save to its answer, and the memory after the first and the last. */
async function drive(
  terminal: Terminal,
  file: string,
  source: string,
  answer: readonly string[],
  idle: string,
): Promise<{ times: number[]; firstMb: number; lastMb: number }> {
  const times: number[] = [];
  let firstMb = 0;
  for (let save = 1; save <= SAVES; save += 1) {
    terminal.clear();
    const started = performance.now();
    writeFileSync(file, `${source}\n// save ${save}\n`);
    await terminal.until(...answer);
    times.push(performance.now() - started);
    await terminal.until(...(answer.includes(idle) ? answer : [...answer, idle]));
    await new Promise((resolve) => setTimeout(resolve, NAP_MS));
    if (save === 3) firstMb = terminal.residentMb;
  }
  return { times, firstMb, lastMb: terminal.residentMb };
}

function report(
  what: string,
  { times, firstMb, lastMb }: Awaited<ReturnType<typeof drive>>,
): number {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  const [low, middle, high] = [at(0.1), at(0.5), at(0.9)].map((ms) => (ms / 1000).toFixed(2));
  const memory = `${firstMb} MB after 3 saves, ${lastMb} MB at the end`;
  process.stdout.write(`${what.padEnd(34)} ${middle} s (${low} to ${high}), ${memory}\n`);
  return at(0.5);
}

/** The text of a solution, as an attempt that lies anywhere. */
function attempt(source: string): string {
  const stub = JSON.stringify(paths.stub);
  return readFileSync(source, "utf8").replace(/from "[^"]*\/stub\.ts"/, `from ${stub}`);
}

async function watchWithKata(source: string, answer: readonly string[]): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), "kata-bench-"));
  const start = new Terminal(`stty cols 80 rows 50; node ${MAIN} start ${SLUG}`, dir, {});
  await start.until("kata grade");
  const file = join(dir, `attempts/${SLUG}/${SLUG}.ts`);
  writeFileSync(file, attempt(source));
  const terminal = new Terminal(`stty cols 80 rows 50; node ${MAIN} watch ${SLUG}`, dir, {});
  try {
    await terminal.until("Checking…", IDLE);
    const what = source === wrong ? "kata watch, a property fails" : "kata watch, all hold";
    return report(what, await drive(terminal, file, attempt(source), answer, IDLE));
  } finally {
    terminal.end();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function watchWithVitest(source: string): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), "kata-bench-"));
  const file = join(dir, `${SLUG}.ts`);
  writeFileSync(file, attempt(source));
  const config = {
    root: dir,
    cacheDir: join(dir, "cache"),
    resolve: { alias: { "kata/harness": BUILT.harness, "kata/kit": BUILT.kit } },
    server: { fs: { strict: false } },
    test: { include: [paths.spec], server: { deps: { inline: [`${PACKAGE_ROOT}/dist/`] } } },
  };
  const configFile = join(dir, "vitest.config.mjs");
  // A spec finds its attempt by a plan, not by an import: what changes it must be said.
  const triggers = `forceRerunTriggers: [${JSON.stringify(file)}]`;
  const text = JSON.stringify(config).replace('"test":{', `"test":{${triggers},`);
  writeFileSync(configFile, `export default ${text}`);
  const subjects = [{ name: "attempt", file }];
  const plan = { slug: SLUG, subjects, exports: ["BloomFilter"], seed: 20_260_101 };
  const command = `stty cols 80 rows 50; npx --prefix ${PACKAGE_ROOT} vitest --watch --config ${configFile}`;
  const terminal = new Terminal(command, dir, { KATA_PLAN: JSON.stringify(plan) });
  try {
    await terminal.until("Waiting for file changes");
    const answer = ["Duration", "Waiting for file changes"];
    return report("vitest --watch", await drive(terminal, file, attempt(source), answer, ""));
  } finally {
    terminal.end();
    rmSync(dir, { recursive: true, force: true });
  }
}

process.stdout.write(`${SAVES} saves: median (first to last decile) from a save to its answer\n`);
const failing = await watchWithKata(wrong, ["Checking…", IDLE]);
const passing = await watchWithKata(paths.reference, ["Checking…", "Timing…"]);
const stock = await watchWithVitest(paths.reference);
process.stdout.write(
  `\nkata / vitest: ${(passing / stock).toFixed(2)}x; a property fails: ${(failing / stock).toFixed(2)}x\n`,
);
