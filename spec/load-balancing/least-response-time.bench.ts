/** Budgets of `least-response-time`: attempts that finish in another order than they started. */
import { defineBench } from "kata/harness";
import { SeededRandom, VirtualClock } from "kata/kit";
import type * as Stub from "../../katas/load-balancing/least-response-time/stub.ts";

const OPEN = 32;
const random = new SeededRandom(1);
const slots = Array.from({ length: 8_192 }, () => random.below(OPEN));

/** `count` attempts finish and as many start, with 32 under way. */
function pairs({ LeastResponseTime }: typeof Stub, size: number, count: number): () => unknown {
  const clock = new VirtualClock(1_700_000_000_000);
  const balancer = new LeastResponseTime({ clock });
  for (let i = 0; i < size; i += 1) balancer.add(`backend-${i}`);
  const open = Array.from({ length: OPEN }, () => balancer.start());
  let turn = 0;
  return () => {
    for (let i = 0; i < count; i += 1) {
      turn = (turn + 1) % slots.length;
      clock.advance(1);
      open[slots[turn]!]?.finish(turn % 50 > 0);
      open[slots[turn]!] = balancer.start();
    }
    return balancer;
  };
}

export const bench = defineBench<typeof Stub>("least-response-time", {
  workloads: [
    {
      id: "steady-16",
      rule: 8,
      what: "1,000 times a finish and a start, among 16 backends",
      maxRatio: 5,
      setup: (subject) => pairs(subject, 16, 1_000),
    },
    {
      id: "steady-1k",
      rule: 8,
      what: "100 times a finish and a start, among 1,000 backends",
      maxRatio: 8,
      setup: (subject) => pairs(subject, 1_000, 100),
    },
  ],
  memory: [
    {
      id: "memory",
      rule: 8,
      what: "an attempt that has finished, of 50,000",
      elements: 50_000,
      // A number for each would be 8.
      maxBytes: 4,
      fill: (subject) => pairs(subject, 16, 50_000)(),
    },
  ],
});
