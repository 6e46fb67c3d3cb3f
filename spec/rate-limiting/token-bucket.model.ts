/** What `token-bucket` is compared with: a naive limiter, and scripts of calls for both. */
import fc from "fast-check";
import { keysOrEmpty, type Player, type Script } from "kata/harness";
import type * as Stub from "../../katas/rate-limiting/token-bucket/stub.ts";

export type Rate = Omit<Stub.TokenBucketOptions, "clock">;
/** All other times count from `startMs`, which the clock shows when the bucket is built. */
export type Setup = Rate & { readonly startMs: number };
interface Call {
  readonly at: number;
  /** The same call again in every ms up to this one. */
  readonly everyMsTo?: number;
  readonly tryAcquire: readonly [key: string, cost: number];
}
/** A limiter and its clock as one function. */
export type Limiter = (at: number, key: string, cost?: number) => Stub.Decision;

/** The rules word by word; the fill is a bigint count of refillMs-ths of a token. */
export function naive({ startMs, capacity, refillTokens, refillMs }: Setup): Limiter {
  const [perMs, token] = [BigInt(refillTokens), BigInt(refillMs)];
  const full = BigInt(capacity) * token;
  const fills = new Map<string, { fill: bigint; since: bigint }>();
  let now = 0n;
  return (at, key, cost = 1) => {
    if (BigInt(startMs + at) > now) now = BigInt(startMs + at);
    const { fill, since } = fills.get(key) ?? { fill: full, since: now };
    const grown = fill + (now - since) * perMs;
    const before = grown > full ? full : grown;
    const price = BigInt(cost) * token;
    const allowed = before >= price;
    const after = allowed ? before - price : before;
    fills.set(key, { fill: after, since: now });
    const never = price > full || perMs === 0n;
    const wait = never ? Infinity : Number((price - before + perMs - 1n) / perMs);
    return { allowed, remaining: Number(after / token), retryAfterMs: allowed ? 0 : wait };
  };
}

export const play =
  (limiter: Limiter): Player<Call> =>
  (call) => {
    const { at, everyMsTo, tryAcquire } = call;
    if (everyMsTo === undefined) return limiter(at, ...tryAcquire);
    const ms = Array.from({ length: everyMsTo - at + 1 }, (_, i) => at + i);
    const decisions = ms.map((each) => limiter(each, ...tryAcquire));
    return {
      remaining: decisions.map(({ remaining }) => remaining),
      retryAfterMs: decisions.map(({ retryAfterMs }) => retryAfterMs),
    };
  };
export const keyOf = ({ tryAcquire: [key] }: Call): string => key;
export const tell = ({ at, tryAcquire: [key, cost] }: Call): string =>
  `tryAcquire(${JSON.stringify(key)}, ${cost}) at ${at} ms`;

export const onesAt = (...times: number[]): Call[] =>
  times.map((at) => ({ at, tryAcquire: ["a", 1] }));

export const range = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });
const setups = (capacity: [number, number], tokens: [number, number], refillMs: number[]) =>
  fc.record({
    startMs: fc.constantFrom(0, 1_700_000_000_000),
    capacity: range(...capacity),
    refillTokens: range(...tokens),
    refillMs: fc.constantFrom(...refillMs),
  });
export const dyadic = setups([0, 10], [0, 20], [1, 2, 4, 8, 16, 64, 1_024]);
export const fractional = setups([0, 10], [1, 20], [3, 7, 10, 1_000]);
export const slow = setups([1, 10], [1, 20], [999_999_937]);
export const large = setups([1, 1_000_000], [1, 1_000_000], [1_000, 1_000_000_000]);

/** How far the clock moves before a call: not at all, about to the arrival of a token, anywhere. */
const gaps = (leastMs: number): fc.Arbitrary<(setup: Setup) => number> => {
  const nowhere = fc.constant(() => 0);
  const anywhere = fc.oneof(range(leastMs, 50), range(0, 1e12));
  const arrival = fc.tuple(range(1, 10), range(-1, 1)).map(([tokens, off]) => (setup: Setup) => {
    return Math.ceil((tokens * setup.refillMs) / Math.max(1, setup.refillTokens)) + off;
  });
  return fc.oneof(
    nowhere,
    arrival,
    anywhere.map((ms) => () => ms),
  );
};
const costs: fc.Arbitrary<(setup: Setup) => number> = fc.oneof(
  range(1, 5).map((cost) => () => cost),
  range(1, 5).map((cost) => () => cost),
  range(1, 100).map(
    (percent) =>
      ({ capacity }: Setup) =>
        Math.ceil((capacity * percent) / 100) || 1,
  ),
  fc.constant(({ capacity }: Setup) => capacity + 1),
);

/** Calls for up to three keys. With `polls` some of them ask for a full bucket in every ms for a while. */
export function scripts(
  setup: fc.Arbitrary<Setup>,
  { leastMs = -50, polls = false, longest = 25 } = {},
): fc.Arbitrary<Script<Setup, Call>> {
  const pollMs = polls ? fc.oneof(fc.constant(0), range(1, 30)) : fc.constant(0);
  const move = fc.record({ gap: gaps(leastMs), who: fc.nat(2), cost: costs, pollMs });
  const plain: fc.Arbitrary<string[]> = fc.constantFrom(["a"], ["a", "b"], ["a", "b", "c"]);
  const odd = fc.uniqueArray(keysOrEmpty(), { minLength: 1, maxLength: 3 });
  const names = fc.oneof({ withCrossShrink: true }, plain, odd);
  const moves = fc.array(move, { minLength: 1, maxLength: longest, size: "max" });
  return fc.record({ setup, names, moves }).map(({ setup, names, moves }) => {
    let nowMs = 0;
    const steps = moves.map(({ gap, who, cost, pollMs }): Call => {
      const at = Math.max(0, nowMs + gap(setup));
      nowMs = at + pollMs;
      const key = names[who % names.length]!;
      if (pollMs === 0) return { at, tryAcquire: [key, cost(setup)] };
      return { at, everyMsTo: nowMs, tryAcquire: [key, setup.capacity || 1] };
    });
    return { setup, steps };
  });
}
