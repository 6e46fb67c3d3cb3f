/** What `leaky-bucket` is compared with: an explicit queue, and scripts of calls for both. */
import fc from "fast-check";
import { type LimiterCall, type LimiterMoves } from "kata/harness";
import type * as Stub from "../../katas/rate-limiting/leaky-bucket/stub.ts";

export type Setup = Omit<Stub.LeakyBucketOptions, "clock">;

/** The rules word by word: a list of all departures of a key, from which those that wait are counted. */
export function naive({ queue, intervalMs }: Setup): (call: LimiterCall) => Stub.ShapedDecision {
  const departures = new Map<string, number[]>();
  let nowMs = 0;
  return ({ at, tryAcquire: [key] }) => {
    nowMs = Math.max(nowMs, at);
    const mine = departures.get(key) ?? [];
    const departureAt = (t: number): number => Math.max(t, ...mine.map((d) => d + intervalMs));
    const waitingAt = (t: number): number => mine.filter((d) => d > t).length;
    const isFreeAt = (t: number): boolean => departureAt(t) === t || waitingAt(t) < queue;
    if (!isFreeAt(nowMs)) {
      // Something changes only when a request leaves, or when the next one could.
      const instants = [...mine, departureAt(nowMs)].filter((t) => t > nowMs && isFreeAt(t));
      const retryAfterMs = Math.min(...instants) - nowMs;
      return { allowed: false, delayMs: 0, remaining: 0, retryAfterMs };
    }
    const delayMs = departureAt(nowMs) - nowMs;
    mine.push(nowMs + delayMs);
    departures.set(key, mine);
    return { allowed: true, delayMs, remaining: queue - waitingAt(nowMs), retryAfterMs: 0 };
  };
}

export const range = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });
const setupOf = (queue: fc.Arbitrary<number>, intervalMs: fc.Arbitrary<number>) =>
  fc.record({ queue, intervalMs });

export const setups: fc.Arbitrary<Setup> = fc.oneof(
  { withCrossShrink: true },
  { arbitrary: setupOf(range(0, 4), fc.constantFrom(10, 3, 1, 7)), weight: 5 },
  { arbitrary: setupOf(range(0, 4), range(1, 50)), weight: 4 },
  {
    arbitrary: setupOf(
      fc.constantFrom(2, 1_000_000, 999_983),
      fc.constantFrom(1_000_000_000, 999_999_937),
    ),
    weight: 1,
  },
);

/** Some intervals after an earlier call, and anywhere in two intervals. */
const jumps: LimiterMoves<Setup>["jumps"] = fc.oneof(
  fc
    .record({ which: fc.nat(24), intervals: range(0, 5), off: range(-1, 1) })
    .map(({ which, intervals, off }) => ({ intervalMs }: Setup, past: readonly number[]) => {
      const from = past[past.length - 1 - (which % past.length)] ?? 0;
      return Math.max(past.at(-1) ?? 0, from + intervals * intervalMs + off);
    }),
  range(1, 200).map((percent) => ({ intervalMs }: Setup, past: readonly number[]) => {
    return (past.at(-1) ?? 0) + Math.floor((intervalMs * percent) / 100);
  }),
);

export const moves: LimiterMoves<Setup> = { setups, jumps };
