import { RateLimiterMemory } from "rate-limiter-flexible";
import type * as Stub from "../../../../katas/rate-limiting/fixed-window-counter/stub.ts";
import type { Contest } from "../contest.ts";

export const note = "answers by a promise, and reads the real clock";

const CALLS = 1_000;
const keys = Array.from({ length: CALLS }, (_, i) => `user-${i}`);

export const contests: Contest<typeof Stub>[] = [
  {
    id: "many-keys",
    what: `${CALLS} calls for as many keys, each awaited`,
    reference: ({ FixedWindowCounter }) => {
      const clock = { now: () => 0 };
      const limiter = new FixedWindowCounter({ clock, limit: 1_000_000, windowMs: 1_000_000 });
      return async () => {
        for (const key of keys) await limiter.tryAcquire(key);
      };
    },
    peer: () => {
      const limiter = new RateLimiterMemory({ points: 1_000_000, duration: 1_000 });
      return async () => {
        for (const key of keys) await limiter.consume(key);
      };
    },
  },
];
