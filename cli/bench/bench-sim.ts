import fc from "fast-check";
import { arbScenario } from "../../graders/harness/sim/arb-scenario.ts";
import { explainFailure } from "../../graders/harness/sim/explain-failure.ts";
import { judgeScenario, type SimulationSpec } from "../../graders/harness/sim/judge-run.ts";
import { calm } from "../../graders/kit/sim/calm.ts";
import type { CreateNode } from "../../graders/kit/sim/node.ts";
import { createRaft, type RaftBug, type RaftOutput } from "../../graders/kit/sim/protocols/raft.ts";
import { simulate } from "../../graders/kit/sim/simulate.ts";
import type { EventKind, Invariant } from "../../graders/kit/sim/trace-event.ts";
import { storySvg } from "../report/story/story-svg.ts";
import { benchCheckers } from "./bench-checkers.ts";
import { killRates } from "./kill-rates.ts";
import { specTimes } from "./spec-times.ts";

/*
 * `npm run bench:sim`: the figures of the simulation kit against their goals. With `--kill-rate` and
 * slugs: how many of 10 seeds kill each wrong answer without the pinned scenarios (minutes).
 */
const EVENTS = 200_000;
const ROUNDS = 7;

/** Five nodes that answer each other: small messages, a timer each. */
const chatter: CreateNode = (ctx) => ({
  onStart() {
    ctx.setTimer(10, "tick");
    for (const peer of ctx.peers) ctx.send(peer, { type: "beat", term: 1, from: ctx.id });
  },
  onTimer: () => void ctx.setTimer(10, "tick"),
  onMessage(from, { term }: { term: number }) {
    ctx.send(from, { type: "beat", term: term + 1, from: ctx.id });
  },
});
const long = { ...calm({ nodes: 5, lengthMs: 3_600_000 }), limits: { events: EVENTS } };

const looking = (kind: EventKind): Invariant => ({
  name: `counts ${kind}`,
  on: [kind],
  start: () => {
    let seen = 0;
    return () => {
      seen += 1;
      return seen < 0 ? "never" : undefined;
    };
  },
});

const oneLeader: Invariant = {
  name: "one leader a term",
  on: ["emit"],
  start: () => {
    const leaders = new Map<number, string>();
    return ({ node, data }) => {
      const { term } = data as RaftOutput;
      const other = leaders.get(term) ?? node;
      leaders.set(term, node);
      return other === node ? undefined : `two leaders in term ${term}`;
    };
  },
};

const scenarios = arbScenario({ nodes: [3, 4, 5], profile: "hostile" });
const raft = (bug?: RaftBug): SimulationSpec<never, null, RaftBug | undefined> => ({
  createNode: createRaft,
  ...(bug === undefined ? {} : { options: bug }),
  invariants: [oneLeader],
});

const slugs = process.argv.slice(2).filter((word) => !word.startsWith("--"));
if (process.argv.includes("--kill-rate")) await killRates(slugs);
else await figures();

async function figures(): Promise<void> {
  const off = eventsPerSecond({});
  const watched = eventsPerSecond({
    invariants: [looking("emit"), looking("reply"), looking("boot")],
  });
  report("events/s, trace off", off, 400_000, "least");
  report("events/s, trace full", eventsPerSecond({ trace: "full" }), 250_000, "least");
  report("slowdown by three invariants, %", 100 * (off / watched - 1), 30, "most");
  report("600 hostile runs of a Raft election, ms", time(runRaft), 1_500, "most");
  report("one failure shrunk, made small and drawn, ms", time(explainOne), 3_000, "most");
  report("a traced run of 20,000 events, MB", tracedMb(), 40, "most");
  for (const { what, medianMs, goalMs } of benchCheckers()) {
    report(`${what}, ms`, medianMs, goalMs, "most");
  }
  for (const { slug, ms } of await specTimes()) {
    report(`spec of ${slug} on its reference, ms`, ms, 8_000, "most");
  }
}

function eventsPerSecond(options: Parameters<typeof simulate>[2]): number {
  const ms = time(() => simulate(long, chatter, options));
  return (EVENTS / ms) * 1_000;
}

function runRaft(): void {
  const property = fc.property(scenarios, (scenario) => judgeScenario(scenario, raft()));
  fc.assert(property, { numRuns: 600, seed: 20_260_101 });
}

function explainOne(): void {
  const property = fc.property(scenarios, (scenario) =>
    judgeScenario(scenario, raft("forgets-vote")),
  );
  const { counterexample } = fc.check(property, { numRuns: 2_000, seed: 20_260_101 });
  if (counterexample === null) throw new Error("the planted bug survived");
  const until = performance.now() + 1_500;
  const told = explainFailure(counterexample[0], raft("forgets-vote"), () => {
    return performance.now() > until;
  });
  if (told === undefined || storySvg(told.story).length === 0) throw new Error("no diagram");
}

function tracedMb(): number {
  const collect = (globalThis as { gc?: () => void }).gc;
  if (collect === undefined) return Number.NaN;
  collect();
  const before = process.memoryUsage().heapUsed;
  const run = simulate({ ...long, limits: { events: 20_000 } }, chatter, { trace: "full" });
  collect();
  const mb = (process.memoryUsage().heapUsed - before) / 2 ** 20;
  return run.trace.length > 0 ? mb : Number.NaN;
}

/** The median of some rounds, in ms of this process's own time: the machine may be busy. */
function time(work: () => unknown): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const started = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1_000;
  });
  return times.toSorted((a, b) => a - b)[ROUNDS >> 1] ?? Number.NaN;
}

function report(what: string, found: number, goal: number, bound: "least" | "most"): void {
  const isMet = bound === "least" ? found >= goal : found <= goal;
  const digits = Math.abs(found) < 100 ? 1 : 0;
  const mark = isMet ? "✓" : "✗";
  const shown = found.toLocaleString("en", { maximumFractionDigits: digits });
  process.stdout.write(
    `${mark} ${what.padEnd(58)} ${shown.padStart(11)}  (at ${bound} ${goal.toLocaleString("en")})\n`,
  );
  if (!isMet) process.exitCode = 1;
}
