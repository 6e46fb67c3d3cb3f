/** What `sliding-window-log` is compared with: a naive limiter, and scripts of calls for both. */
import fc from "fast-check";
import { type LimiterCall, type LimiterMoves } from "kata/harness";
import type * as Stub from "../../katas/rate-limiting/sliding-window-log/stub.ts";

export type Setup = Omit<Stub.SlidingLogOptions, "clock">;

/** The rules word by word: filters all that ever passed, and tries the waits one after the other. */
export function naive({ limit, windowMs }: Setup): (call: LimiterCall) => Stub.Decision {
  const passed: { key: string; cost: number; atMs: number }[] = [];
  let nowMs = 0;
  return ({ at, tryAcquire: [key, cost = 1] }) => {
    nowMs = Math.max(nowMs, at);
    const mine = passed.filter((each) => each.key === key);
    const spentAt = (t: number): number =>
      mine.filter(({ atMs }) => t - atMs < windowMs).reduce((sum, each) => sum + each.cost, 0);
    const spent = spentAt(nowMs);
    if (spent + cost <= limit) {
      passed.push({ key, cost, atMs: nowMs });
      return { allowed: true, remaining: limit - spent - cost, retryAfterMs: 0 };
    }
    const waits = mine.map(({ atMs }) => atMs + windowMs - nowMs).filter((wait) => wait > 0);
    const enough = waits.filter((wait) => spentAt(nowMs + wait) + cost <= limit);
    return { allowed: false, remaining: limit - spent, retryAfterMs: Math.min(...enough) };
  };
}

const range = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });
const setupOf = (limit: fc.Arbitrary<number>, windowMs: fc.Arbitrary<number>) =>
  fc.record({ limit, windowMs });

export const setups: fc.Arbitrary<Setup> = fc.oneof(
  { withCrossShrink: true },
  { arbitrary: setupOf(range(0, 8), fc.constantFrom(10, 100)), weight: 5 },
  { arbitrary: setupOf(range(0, 8), range(1, 30)), weight: 4 },
  {
    arbitrary: setupOf(fc.constantFrom(1e6, 999_999), fc.constantFrom(1e9, 1_000)),
    weight: 1,
  },
);

const byPercent = (from: number, to: number): LimiterMoves<Setup>["jumps"] =>
  range(from, to).map((percent) => ({ windowMs }: Setup, past: readonly number[]) => {
    return (past.at(-1) ?? 0) + Math.floor((windowMs * percent) / 100);
  });

/** Around the instant at which an earlier call leaves the window, and anywhere in 1.5 windows. */
const jumps: LimiterMoves<Setup>["jumps"] = fc.oneof(
  fc.record({ which: fc.nat(24), off: range(-1, 1) }).map(({ which, off }) => {
    return ({ windowMs }: Setup, past: readonly number[]) => {
      const from = past[past.length - 1 - (which % past.length)] ?? 0;
      return Math.max(past.at(-1) ?? 0, from + windowMs + off);
    };
  }),
  byPercent(1, 60),
  byPercent(60, 150),
);

const costs: LimiterMoves<Setup>["costs"] = fc.oneof(
  fc.constant(() => undefined),
  range(1, 4).map((cost) => () => cost),
  range(1, 100).map(
    (percent) =>
      ({ limit }: Setup) =>
        Math.ceil((limit * percent) / 100) || 1,
  ),
  fc.constant(({ limit }: Setup) => limit + 1),
);

export const moves: LimiterMoves<Setup> = { setups, jumps, costs };
