/** Judges `weighted-round-robin`. Rules are those of katas/load-balancing/weighted-round-robin/README.md. */
import { defineSpec, equal, literal, perform, throws } from "kata/harness";
import type * as Stub from "../../katas/load-balancing/weighted-round-robin/stub.ts";
import {
  change,
  countsAnew,
  errorOf,
  likeMap,
  pools,
  scripts,
  Tally,
  type Entry,
  type Setup,
  type Step,
} from "./weighted-round-robin.model.ts";

const NGINX: Entry[] = [
  ["a", 5],
  ["b", 1],
  ["c", 1],
];
const THREE_TO_TWO: Entry[] = [
  ["a", 3],
  ["b", 2],
];

defineSpec<typeof Stub>("weighted-round-robin", ({ WeightedRoundRobin }, check) => {
  /** Picks through so many cycles of a pool and judges after each pick. */
  const cycles = (entries: Entry[], count: number, judge: (tally: Tally, id: string) => void) => {
    const pool = new WeightedRoundRobin(entries);
    const tally = new Tally(new Map(entries));
    for (let picks = 0; picks < count * tally.total; picks += 1) {
      const id = pool.pick() as string;
      tally.count(id);
      judge(tally, id);
    }
  };

  check.property("exact-cycle-share", { rule: [1, 4], points: 25 }, pools, (entries) =>
    cycles(entries, 3, (tally) => tally.isExact()),
  );

  check.property(
    "never-ahead-by-one",
    { rule: [2, 4], points: 25, examples: [NGINX, THREE_TO_TWO] },
    pools,
    (entries) => cycles(entries, 2, (tally, id) => tally.isNotAhead(id)),
  );

  check.property("never-far-behind", { rule: 3, points: 10 }, pools, (entries) =>
    cycles(entries, 2, (tally) => tally.isNotBehind()),
  );

  /**
   * Two pools that must give the same picks. The second is built without repeats, and is spared what
   * must leave no trace: picks before the last effective change, calls without effect after it.
   */
  const withSparedTwin = (setup: Setup) => {
    const build = () =>
      setup.length === 0 ? new WeightedRoundRobin() : new WeightedRoundRobin(new Map(setup));
    const pool = new WeightedRoundRobin(setup);
    let spared = build();
    const weights = new Map(setup);
    const changes: Step[] = [];
    return (step: Step) => {
      const error = errorOf(step);
      if (error !== undefined) {
        throws(() => perform(pool, step), error, step.text);
        return { returned: error, size: pool.size };
      }
      const returned = perform(pool, step);
      if (step.method === "pick") {
        const what = `${step.text}, against a pool that is spared what must leave no trace`;
        equal(returned, perform(spared, step), what);
        return { returned, size: pool.size };
      }
      changes.push(step);
      if (change(weights, step)) {
        spared = build();
        for (const past of changes) perform(spared, past);
      }
      return { returned, size: pool.size };
    };
  };

  check.referee("change-restarts-count", { rule: [1, 2, 5], points: 20, runs: 300 }, scripts(2), {
    subject: (setup) => {
      const play = withSparedTwin(setup);
      return (step) => play(step).returned;
    },
    referee: countsAnew,
  });

  check.referee("zero-and-empty", { rule: [5, 7], points: 10 }, scripts(6, { bad: true }), {
    subject: (setup) => {
      for (const [bad, error] of [
        [[...setup, ["", 1]], "TypeError"],
        [[...setup, ["a", 1_001]], "RangeError"],
        // Also where a later pair would replace it.
        [[["a", 1_001], ...setup, ["a", 1]], "RangeError"],
      ] as [Entry[], string][]) {
        const what = `new WeightedRoundRobin(${literal(bad)})`;
        throws(() => new WeightedRoundRobin(bad), error, what);
      }
      return withSparedTwin(setup);
    },
    referee: likeMap,
  });

  // The model is the subject itself, built in another way and beside another pool.
  check.model("deterministic", { rule: 6, points: 10 }, scripts(2), {
    subject: (setup) => {
      const entries = setup.map(([id, weight]): [string, number] => [id, weight]);
      const pool = new WeightedRoundRobin(entries);
      for (const entry of entries) entry[1] = 7;
      entries.length = 0;
      return (step) => perform(pool, step);
    },
    model: (setup) => {
      const pool = new WeightedRoundRobin(setup.values());
      const other = new WeightedRoundRobin(setup);
      return (step) => {
        other.pick();
        other.set("a", 9);
        return perform(pool, step);
      };
    },
  });
});
