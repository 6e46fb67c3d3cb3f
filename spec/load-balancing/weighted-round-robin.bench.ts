/** Budgets of `weighted-round-robin`: picks from few and from many, and weights that change often. */
import { defineBench } from "kata/harness";
import { SeededRandom } from "kata/kit";
import type * as Stub from "../../katas/load-balancing/weighted-round-robin/stub.ts";

const random = new SeededRandom(1);
const weights = (count: number, largest: number): [string, number][] =>
  Array.from({ length: count }, (_, i) => [`backend-${i}`, 1 + random.below(largest)]);
const many = weights(500, 100);
const hundred = weights(100, 1_000);

function picks(pool: Stub.WeightedRoundRobin, count: number): () => void {
  return () => {
    for (let i = 0; i < count; i += 1) pool.pick();
  };
}

export const bench = defineBench<typeof Stub>("weighted-round-robin", {
  workloads: [
    {
      id: "pick-10",
      rule: 8,
      what: "5,000 picks from 10 backends of weights 1 to 10",
      maxRatio: 6,
      setup: ({ WeightedRoundRobin }) => {
        const ten = hundred.slice(0, 10).map(([id], i): [string, number] => [id, i + 1]);
        return picks(new WeightedRoundRobin(ten), 5_000);
      },
    },
    {
      id: "pick-500",
      rule: 8,
      what: "200 picks from 500 backends of weights up to 100",
      maxRatio: 6,
      setup: ({ WeightedRoundRobin }) => picks(new WeightedRoundRobin(many), 200),
    },
    {
      id: "reconfigure",
      rule: 8,
      what: "20 changes of a weight among 100 backends, 10 picks after each",
      maxRatio: 10,
      setup: ({ WeightedRoundRobin }) => {
        const pool = new WeightedRoundRobin(hundred);
        let turn = 0;
        return () => {
          for (let i = 0; i < 20; i += 1) {
            turn += 1;
            pool.set(hundred[turn % 100]![0], 1 + ((turn * 7) % 1_000));
            for (let pick = 0; pick < 10; pick += 1) pool.pick();
          }
        };
      },
    },
  ],
});
