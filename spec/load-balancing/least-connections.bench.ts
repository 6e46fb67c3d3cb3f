/** Budgets of `least-connections`: a lease is released and another is acquired, over and over. */
import { defineBench, inBatches } from "kata/harness";
import { SeededRandom } from "kata/kit";
import type * as Stub from "../../katas/load-balancing/least-connections/stub.ts";

const OPEN = 5;
const PAIRS = 500;
const random = new SeededRandom(1);
const chances = Array.from({ length: 40 * PAIRS }, () => random.next());

function pairs({ LeastConnections }: typeof Stub, size: number): () => void {
  const pool = new LeastConnections();
  for (let i = 0; i < size; i += 1) pool.add(`backend-${i}`, 1 + (i % 4));
  const leases = Array.from({ length: OPEN * size }, () => pool.acquire());
  const indexes = chances.map((chance) => Math.floor(chance * leases.length));
  return inBatches(indexes, PAIRS, (index) => {
    leases[index]?.release();
    leases[index] = pool.acquire();
  });
}

export const bench = defineBench<typeof Stub>("least-connections", {
  workloads: [
    {
      id: "steady-8",
      rule: 7,
      what: "500 times a release and an acquire, among 8 backends",
      maxRatio: 4,
      setup: (subject) => pairs(subject, 8),
    },
    {
      id: "steady-1k",
      rule: 7,
      what: "500 times a release and an acquire, among 1,000 backends",
      maxRatio: 5,
      setup: (subject) => pairs(subject, 1_000),
    },
  ],
  growth: [
    {
      id: "pairs-grow",
      rule: 7,
      what: "a release and an acquire, by the number of backends",
      sizes: [100, 1_000, 10_000],
      maxExcess: 0.35,
      setup: pairs,
    },
  ],
});
