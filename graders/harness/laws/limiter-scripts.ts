import fc from "fast-check";
import { keysOrEmpty } from "../arbitraries/keys.ts";
import type { Script } from "../check.ts";

/** One request to a rate limiter. */
export interface LimiterCall {
  /** What the clock shows at the call, in ms; less than before where it stepped back. */
  readonly at: number;
  readonly tryAcquire: readonly [key: string, cost?: number];
}

export interface LimiterMoves<Setup> {
  readonly setups: fc.Arbitrary<Setup>;
  /** Instants worth a call, in ms, given those of the calls so far (the clock's start at first). */
  readonly jumps: fc.Arbitrary<(setup: Setup, past: readonly number[]) => number>;
  /** Costs worth asking, undefined for none; left out where a call has no cost. */
  readonly costs?: fc.Arbitrary<(setup: Setup) => number | undefined>;
}

/**
 * Scripts of calls to a limiter, for one to three keys, from clock 0 or 1.7 * 10^12: at the same
 * instant, a little later, at an instant of `jumps`, or, with `stepsBack`, at a smaller reading.
 */
export function limiterScripts<Setup>(
  { setups, jumps, costs }: LimiterMoves<Setup>,
  { stepsBack = true, longest = 25 } = {},
): fc.Arbitrary<Script<Setup, LimiterCall>> {
  const stay = fc.constant((now: number) => now);
  const later = fc.integer({ min: 1, max: 30 }).map((ms) => (now: number) => now + ms);
  const back = fc.integer({ min: 1, max: 2_000 }).map((ms) => (now: number) => now - ms);
  const jump = jumps.map((at) => (_: number, setup: Setup, past: readonly number[]) => {
    return at(setup, past);
  });
  const next = fc.oneof(
    { withCrossShrink: true },
    { arbitrary: stay, weight: 4 },
    { arbitrary: later, weight: 2 },
    { arbitrary: jump, weight: 4 },
    { arbitrary: back, weight: stepsBack ? 1 : 0 },
  );
  const move = fc.record({ next, who: fc.nat(2), cost: costs ?? fc.constant(() => undefined) });
  const plain: fc.Arbitrary<string[]> = fc.constantFrom(["a"], ["a", "b"], ["a", "b", "c"]);
  const odd = fc.uniqueArray(keysOrEmpty(), { minLength: 1, maxLength: 3 });
  return fc
    .record({
      startMs: fc.constantFrom(0, 1_700_000_000_000),
      setup: setups,
      names: fc.oneof({ withCrossShrink: true }, plain, odd),
      moves: fc.array(move, { minLength: 1, maxLength: longest, size: "max" }),
    })
    .map(({ startMs, setup, names, moves }) => {
      const past: number[] = [startMs];
      const steps = moves.map(({ next, who, cost }): LimiterCall => {
        const key = names[who % names.length] ?? "a";
        const at = Math.max(0, next(past.at(-1) ?? startMs, setup, past));
        past.push(at);
        const price = cost(setup);
        return { at, tryAcquire: price === undefined ? [key] : [key, price] };
      });
      return { setup, steps };
    });
}
