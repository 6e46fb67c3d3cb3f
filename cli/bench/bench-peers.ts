import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { rolldown } from "rolldown";
import { BUILT, findKata, PACKAGE_ROOT } from "../../graders/reading.ts";

/*
 * `npm run bench:peers [slug…]`: the reference solutions beside the packages that people would use for
 * the job, in one process, in short alternating rounds. The packages are named and installed in
 * cli/bench/peers, away from kata's own.
 */
const PEERS = join(PACKAGE_ROOT, "cli/bench/peers");
const OUT = join(PEERS, "node_modules/.kata");
const ROUNDS = 41;
const WARM_UP = 10;
/** What the reference's part of a round should last. */
const ROUND_MS = 3;

type Call = () => unknown;

/** A job, and who does it: `setup` gives what is called again and again, by a promise perhaps. */
interface Contest {
  readonly id: string;
  readonly what: string;
  readonly reference: (subject: object) => Call;
  readonly peer: (peer: object) => Call;
}

/** A module of cli/bench/peers: the names of a kata's stub on top of a package, or contests. */
interface Peer {
  readonly note?: string;
  /** The workloads that the package can do; all of them when left out. */
  readonly only?: readonly string[];
  readonly contests?: readonly Contest[];
}

interface Bench {
  readonly workloads: readonly { id: string; what: string; setup: (subject: object) => Call }[];
}

const asked = process.argv.slice(2);
const slugs = readdirSync(PEERS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "node_modules")
  .map(({ name }) => name)
  .filter((slug) => asked.length === 0 || asked.includes(slug));
if (slugs.length === 0) throw new Error(`${PEERS} knows no peers of ${asked.join(", ")}`);

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
process.stdout.write("Above 1x the reference is ahead of the package.\n");
for (const slug of slugs) {
  const { paths } = await findKata({ root: PACKAGE_ROOT }, slug);
  const { bench } = (await load(paths.bench, `${slug}.bench`)) as { bench: Bench };
  const reference = await load(paths.reference, `${slug}.reference`);
  for (const file of readdirSync(join(PEERS, slug))) {
    const name = basename(file, ".ts");
    const peer = (await load(join(PEERS, slug, file), `${slug}.${name}`)) as Peer;
    const about = peer.note === undefined ? "" : `\n  ${peer.note}`;
    process.stdout.write(`\n${slug}: ${name} ${versionOf(name)}${about}\n`);
    for (const { id, what, ...sides } of peer.contests ?? contestsOf(bench, peer)) {
      const ratio = await compare(sides.reference(reference), sides.peer(peer));
      process.stdout.write(`  ${`${ratio.toFixed(2)}x`.padStart(8)}  ${id}: ${what}\n`);
    }
  }
}

/** The kata's own workloads, with the package in the place of an attempt. */
function contestsOf({ workloads }: Bench, { only }: Peer): Contest[] {
  return workloads
    .filter(({ id }) => only === undefined || only.includes(id))
    .map(({ id, what, setup }) => ({ id, what, reference: setup, peer: setup }));
}

/** The median over the rounds of what the package takes to what the reference takes. */
async function compare(reference: Call, peer: Call): Promise<number> {
  let calls = 1;
  while ((await timeOf(reference, calls)) < ROUND_MS) calls *= 2;
  const ratios: number[] = [];
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const isPeerFirst = round % 2 === 0;
    const first = await timeOf(isPeerFirst ? peer : reference, calls);
    const second = await timeOf(isPeerFirst ? reference : peer, calls);
    if (round >= 0) ratios.push(isPeerFirst ? first / second : second / first);
  }
  return ratios.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
}

async function timeOf(call: Call, calls: number): Promise<number> {
  const started = performance.now();
  for (let i = 0; i < calls; i += 1) {
    const answer = call();
    if (answer instanceof Promise) await answer;
  }
  return performance.now() - started;
}

/** Loads a module without its types from beside the packages that it may import. */
async function load(file: string, name: string): Promise<object> {
  const output = join(OUT, `${name}.mjs`);
  const build = await rolldown({
    input: file,
    platform: "node",
    tsconfig: false,
    logLevel: "silent",
    resolve: { alias: { "kata/kit": BUILT.kit, "kata/harness": BUILT.harness } },
    external: (id) => !/^[./]/.test(id) && !id.startsWith("kata/"),
    treeshake: { moduleSideEffects: false },
  });
  await build.write({ file: output, format: "esm", codeSplitting: false });
  await build.close();
  return (await import(pathToFileURL(output).href)) as object;
}

function versionOf(name: string): string {
  const manifest = join(PEERS, "node_modules", name, "package.json");
  return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
}
