/** Budgets of `rendezvous-hashing`: questions to 50 and 200 nodes. */
import { defineBench, inBatches } from "kata/harness";
import { SeededRandom, hash32 } from "kata/kit";
import type * as Stub from "../../katas/partitioning/rendezvous-hashing/stub.ts";

const hash = (text: string): number => hash32(text, 0);
const random = new SeededRandom(1);
const keys = Array.from({ length: 2_000 }, () => random.below(1e9).toString(36));

function build({ Rendezvous }: typeof Stub, nodes: number): Stub.Rendezvous {
  const built = new Rendezvous({ hash });
  for (let i = 0; i < nodes; i += 1) built.set(`node-${i}`, 1 + (i % 4) / 2);
  return built;
}

export const bench = defineBench<typeof Stub>("rendezvous-hashing", {
  workloads: [
    {
      id: "pick",
      rule: 11,
      what: "50 picks among 50 nodes",
      // Sorting the whole ranking for its first, and naming pairs by JSON.stringify, takes 4.
      maxRatio: 6,
      setup: (subject) => {
        const built = build(subject, 50);
        return inBatches(keys, 50, (key) => built.pick(key));
      },
    },
    {
      id: "rank-3",
      rule: 11,
      what: "10 rankings of the best 3 of 200 nodes",
      maxRatio: 4,
      setup: (subject) => {
        const built = build(subject, 200);
        return inBatches(keys, 10, (key) => built.rank(key, 3));
      },
    },
  ],
  growth: [
    {
      id: "pick-grows",
      rule: 11,
      what: "a pick, by the number of nodes",
      sizes: [10, 100, 1_000],
      maxExcess: 0.4,
      setup: (subject, size) => {
        const built = build(subject, size);
        // Always the same, so that what remembers picks is left to the memory budget.
        return inBatches(keys.slice(0, 4), 4, (key) => built.pick(key));
      },
    },
  ],
  memory: [
    {
      id: "memory",
      rule: 11,
      what: "a node, in 400 sets of 5 nodes after 100 picks each",
      elements: 2_000,
      maxBytes: 500,
      fill: (subject) =>
        Array.from({ length: 400 }, () => {
          const built = build(subject, 5);
          for (let i = 0; i < 100; i += 1) built.pick(keys[i]!);
          return built;
        }),
    },
  ],
});
