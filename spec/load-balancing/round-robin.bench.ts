/** Budgets of `round-robin`: picks from a large pool, and membership that changes all the time. */
import { defineBench, inBatches } from "kata/harness";
import { SeededRandom } from "kata/kit";
import type * as Stub from "../../katas/load-balancing/round-robin/stub.ts";

const PICKS = 20_000;
const CHANGES = 20;
const ids = Array.from({ length: 10_000 }, (_, i) => `backend-${i}`);

// Drawn anew each time: in a fixed order the next one would soon stand at the head of the list.
const random = new SeededRandom(1);
const leavers = Array.from({ length: 500 * CHANGES }, () => ids[random.below(ids.length)]!);

function picks(pool: Stub.RoundRobin): () => void {
  return () => {
    for (let i = 0; i < PICKS; i += 1) pool.pick();
  };
}

export const bench = defineBench<typeof Stub>("round-robin", {
  workloads: [
    {
      id: "pick",
      rule: 8,
      what: "20,000 picks from 1,000 backends",
      maxRatio: 30,
      setup: ({ RoundRobin }) => picks(new RoundRobin(ids.slice(0, 1_000))),
    },
    {
      id: "churn",
      rule: 8,
      what: "20 of 10,000 backends leave and come back, with a pick each",
      maxRatio: 12,
      setup: ({ RoundRobin }) => {
        const pool = new RoundRobin(ids);
        return inBatches(leavers, CHANGES, (id) => {
          pool.remove(id);
          pool.add(id);
          pool.pick();
        });
      },
    },
  ],
  growth: [
    {
      id: "pick-grows",
      rule: 8,
      what: "a pick, by the number of backends",
      sizes: [100, 1_000, 10_000],
      maxExcess: 0.3,
      setup: ({ RoundRobin }, size) => picks(new RoundRobin(ids.slice(0, size))),
    },
  ],
});
