/** What `fixed-window-counter` is compared with: a naive limiter, and scripts of calls for both. */
import fc from "fast-check";
import { type LimiterCall, type LimiterMoves } from "kata/harness";
import type * as Stub from "../../katas/rate-limiting/fixed-window-counter/stub.ts";

export type Setup = Omit<Stub.FixedWindowOptions, "clock">;

/** The rules word by word: a count for each pair of key and window, none of them ever forgotten. */
export function naive({ limit, windowMs }: Setup): (call: LimiterCall) => Stub.Decision {
  const counts = new Map<string, number>();
  let now = 0n;
  return ({ at, tryAcquire: [key, cost = 1] }) => {
    if (BigInt(at) > now) now = BigInt(at);
    const window = now / BigInt(windowMs);
    const id = `${window} ${key}`;
    const before = counts.get(id) ?? 0;
    const allowed = before + cost <= limit;
    if (allowed) counts.set(id, before + cost);
    const wait = Number((window + 1n) * BigInt(windowMs) - now);
    return {
      allowed,
      remaining: limit - (counts.get(id) ?? 0),
      retryAfterMs: allowed ? 0 : cost > limit ? Infinity : wait,
    };
  };
}

const range = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });

export const setups: fc.Arbitrary<Setup> = fc.oneof(
  { withCrossShrink: true },
  { arbitrary: fc.record({ limit: range(0, 6), windowMs: fc.constantFrom(10, 100) }), weight: 5 },
  { arbitrary: fc.record({ limit: range(0, 6), windowMs: range(1, 30) }), weight: 4 },
  {
    arbitrary: fc.record({
      limit: fc.constantFrom(1_000_000, 999_999),
      windowMs: fc.constantFrom(1_000_000_000, 1_000),
    }),
    weight: 1,
  },
);

/** Around the edges of this window and of the next two, and anywhere in 2.5 windows. */
const jumps: LimiterMoves<Setup>["jumps"] = fc.oneof(
  fc.record({ windows: range(0, 2), off: range(-1, 1) }).map(({ windows, off }) => {
    return ({ windowMs }: Setup, past: readonly number[]) => {
      const now = past.at(-1) ?? 0;
      return Math.max(now, now - (now % windowMs) + windows * windowMs + off);
    };
  }),
  range(1, 250).map((percent) => ({ windowMs }: Setup, past: readonly number[]) => {
    return (past.at(-1) ?? 0) + Math.floor((windowMs * percent) / 100);
  }),
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
