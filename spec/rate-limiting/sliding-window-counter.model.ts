/** What `sliding-window-counter` is compared with: a naive limiter, and scripts of calls for both. */
import fc from "fast-check";
import { type LimiterCall, type LimiterMoves } from "kata/harness";
import type * as Stub from "../../katas/rate-limiting/sliding-window-counter/stub.ts";

export type Setup = Omit<Stub.SlidingCounterOptions, "clock">;

/**
 * The rules word by word, in bigints: a count for each pair of key and window, none ever forgotten.
 * Waiting never raises the load, so the smallest wait is searched for.
 */
export function naive({ limit, windowMs }: Setup): (call: LimiterCall) => Stub.Decision {
  const width = BigInt(windowMs);
  const most = BigInt(limit) * width;
  const counts = new Map<string, bigint>();
  let now = 0n;
  return ({ at, tryAcquire: [key, cost = 1] }) => {
    if (BigInt(at) > now) now = BigInt(at);
    const count = (window: bigint): bigint => counts.get(`${window} ${key}`) ?? 0n;
    const loadAt = (t: bigint): bigint => {
      const window = t / width;
      return count(window - 1n) * (width - (t % width)) + count(window) * width;
    };
    const price = BigInt(cost) * width;
    const allowed = loadAt(now) + price <= most;
    const here = `${now / width} ${key}`;
    if (allowed) counts.set(here, (counts.get(here) ?? 0n) + BigInt(cost));
    const left = most - loadAt(now);
    const remaining = left > 0n ? Number(left / width) : 0;
    if (allowed) return { allowed, remaining, retryAfterMs: 0 };
    if (cost > limit) return { allowed, remaining, retryAfterMs: Infinity };
    let [denied, passes] = [0n, 2n * width];
    while (passes - denied > 1n) {
      const middle = (denied + passes) / 2n;
      if (loadAt(now + middle) + price <= most) passes = middle;
      else denied = middle;
    }
    return { allowed, remaining, retryAfterMs: Number(passes) };
  };
}

export const range = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });
const setupOf = (limit: fc.Arbitrary<number>, windowMs: fc.Arbitrary<number>) =>
  fc.record({ limit, windowMs });

export const setups: fc.Arbitrary<Setup> = fc.oneof(
  { withCrossShrink: true },
  { arbitrary: setupOf(range(0, 10), fc.constantFrom(10, 100, 3, 7, 1)), weight: 5 },
  { arbitrary: setupOf(range(0, 10), range(1, 1_000)), weight: 3 },
  // Where 1 - e / windowMs times the count, in floating point, misses the integer that it is.
  { arbitrary: setupOf(fc.constantFrom(7, 9, 10), fc.constantFrom(7, 3, 10, 30)), weight: 4 },
  {
    arbitrary: setupOf(
      fc.constantFrom(1_000_000, 999_983),
      fc.constantFrom(1_000_000_000, 999_999_937),
    ),
    weight: 2,
  },
);

/** Around a border, and around the instants at which one more may pass if the last window was full. */
const edges = fc
  .record({ windows: range(0, 3), ones: range(0, 10), off: range(-1, 1) })
  .map(({ windows, ones, off }) => ({ limit, windowMs }: Setup, past: readonly number[]) => {
    const now = past.at(-1) ?? 0;
    const start = now - (now % windowMs) + windows * windowMs;
    return Math.max(now, start + Math.ceil((ones * windowMs) / Math.max(1, limit)) + off);
  });
const jumps: LimiterMoves<Setup>["jumps"] = fc.oneof(
  edges,
  range(1, 250).map((percent) => ({ windowMs }: Setup, past: readonly number[]) => {
    return (past.at(-1) ?? 0) + Math.floor((windowMs * percent) / 100);
  }),
);

const costs: LimiterMoves<Setup>["costs"] = fc.oneof(
  fc.constant(() => undefined),
  range(1, 5).map((cost) => () => cost),
  range(1, 100).map(
    (percent) =>
      ({ limit }: Setup) =>
        Math.ceil((limit * percent) / 100) || 1,
  ),
  fc.constant(({ limit }: Setup) => limit || 1),
  fc.constant(({ limit }: Setup) => limit + 1),
);

export const moves: LimiterMoves<Setup> = { setups, jumps, costs };
