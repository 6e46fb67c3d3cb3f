import fc from "fast-check";
import { expect, test } from "vitest";
import type { Clock } from "../../kit/ports.ts";
import { Violation } from "../violation.ts";
import { type LimiterAnswer, limiterLaws } from "./limiter.ts";
import { limiterScripts } from "./limiter-scripts.ts";

interface Setup {
  readonly limit: number;
}
const WINDOW_MS = 10;
/** Each key may pass `limit` times in every 10 ms. The flags are faults. */
class Windows {
  static shared = 0;
  readonly #counts = new Map<string, number>();
  readonly #answer = {};
  #nowMs = 0;
  readonly setup: Setup;
  readonly clock: Clock;
  readonly fault: string;

  constructor(setup: Setup, clock: Clock, fault: string) {
    this.setup = setup;
    this.clock = clock;
    this.fault = fault;
  }

  tryAcquire(name: string): LimiterAnswer {
    const nowMs = Math.max(this.#nowMs, this.clock.now());
    if (this.fault === "reads twice") this.clock.now();
    if (Math.floor(nowMs / WINDOW_MS) !== Math.floor(this.#nowMs / WINDOW_MS)) this.#counts.clear();
    this.#nowMs = nowMs;
    const key = this.fault === "one key" ? "" : name;
    const most = this.fault === "bounded" && this.#counts.size > 50;
    if (most) this.#counts.clear();
    const count = this.fault === "module state" ? Windows.shared : (this.#counts.get(key) ?? 0);
    const allowed = count < this.setup.limit;
    if (allowed || this.fault === "denied counts") this.#counts.set(key, count + 1);
    if (allowed && this.fault === "module state") Windows.shared += 1;
    const toNext = WINDOW_MS - (nowMs % WINDOW_MS) + (this.fault === "late" ? 1 : 0);
    const early = this.fault === "early" && toNext > 1 ? 1 : 0;
    const wait = this.setup.limit === 0 && this.fault !== "promises" ? Infinity : toNext - early;
    const after = Math.max(0, this.setup.limit - count - (allowed ? 1 : 0));
    const remaining = this.fault === "denied counts" ? this.setup.limit - count : after;
    const answer = { allowed, remaining, retryAfterMs: allowed ? 0 : wait };
    return this.fault === "one answer" ? Object.assign(this.#answer, answer) : answer;
  }
}

const lawsOf = (fault: string) =>
  limiterLaws<Setup, LimiterAnswer>(
    (setup, clock) => new Windows(setup, clock, fault),
    ({ allowed, remaining, retryAfterMs }) => ({ allowed, remaining, retryAfterMs }),
  );
const moves = {
  setups: fc.record({ limit: fc.nat(3) }),
  jumps: fc.nat(25).map((ms) => (_: Setup, past: readonly number[]) => (past.at(-1) ?? 0) + ms),
};
const scripts = limiterScripts(moves);
const forward = limiterScripts(moves, { stepsBack: false });
const crowded = forward.map((script) => ({ ...script, crowd: 60 }));
const holdFor = (fault: string) => {
  const laws = lawsOf(fault);
  return {
    retry: fc.property(
      scripts,
      laws.retryAfterExact(({ limit }) => limit === 0),
    ),
    denied: fc.property(forward, laws.deniedIsFree),
    keys: fc.property(crowded, laws.keysAreIndependent),
  };
};

test.each(["retry", "denied", "keys"] as const)("%s holds for a sound limiter", (law) => {
  expect(fc.check(holdFor("none")[law], { seed: 1 }).failed).toBe(false);
});

test.each([
  ["retry", "late"],
  ["retry", "early"],
  ["retry", "promises"],
  ["denied", "denied counts"],
  ["keys", "one key"],
  ["keys", "reads twice"],
  ["keys", "one answer"],
  ["keys", "module state"],
  ["keys", "bounded"],
] as const)("%s finds the fault: %s", (law, fault) => {
  const { failed, errorInstance } = fc.check(holdFor(fault)[law], { seed: 1 });
  expect(failed).toBe(true);
  expect(errorInstance).toBeInstanceOf(Violation);
});

function returns(run: () => unknown): boolean {
  return !throwsRangeError(run);
}
function throwsRangeError(run: () => unknown): boolean {
  try {
    run();
  } catch (error) {
    return error instanceof RangeError;
  }
  return false;
}

test.each(["none", "changes", "accepts"])("bad costs are found: %s", (fault) => {
  const limiter = {
    left: 9,
    tryAcquire(_: string, cost = 1): LimiterAnswer {
      const bad = !Number.isInteger(cost) || cost < 1;
      if (bad && fault === "changes") this.left -= 1;
      if (bad && fault !== "accepts") throw new RangeError("cost");
      const allowed = cost <= this.left;
      if (allowed) this.left -= cost;
      return { allowed, remaining: this.left, retryAfterMs: Infinity };
    },
  };
  const laws = limiterLaws<Setup, LimiterAnswer>(
    () => limiter,
    (answer) => answer,
  );
  const kept = laws.badCosts({ limit: 9 }, 10).map(({ run, unchanged }) => {
    const before = unchanged?.();
    expect(run).toSatisfy(fault === "accepts" ? returns : throwsRangeError);
    return JSON.stringify(unchanged?.()) === JSON.stringify(before);
  });
  expect(kept.every(Boolean)).toBe(fault === "none");
});
test("passed tells the allowed calls at the largest reading so far", () => {
  const at = (ms: number) => ({ at: ms, tryAcquire: ["a"] as const });
  const script = { setup: { limit: 2 }, steps: [at(5), at(3), at(6), at(12)] };
  expect(
    lawsOf("none")
      .passed(script)
      .map(({ atMs }) => atMs),
  ).toEqual([5, 5, 12]);
});

test("scripts step back only when they may, and visit every kind of instant", () => {
  const drawn = (arbitrary: typeof scripts) => fc.sample(arbitrary, { seed: 3, numRuns: 300 });
  const gaps = (arbitrary: typeof scripts) =>
    drawn(arbitrary).flatMap(({ steps }) =>
      steps.slice(1).map(({ at }, i) => at - (steps[i]?.at ?? 0)),
    );
  expect(gaps(scripts).some((gap) => gap < 0)).toBe(true);
  expect(gaps(forward).every((gap) => gap >= 0)).toBe(true);
  expect(gaps(forward)).toContain(0);
  const keys = new Set(drawn(scripts).flatMap(({ steps }) => steps.map((s) => s.tryAcquire[0])));
  expect(keys).toContain("__proto__");
});
