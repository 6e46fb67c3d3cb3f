/** What `distributed-rate-limiter` is judged by, and the scenarios that try it. */
import fc from "fast-check";
import { equal, holds, keysOrEmpty, within } from "kata/harness";
import { picks } from "kata/harness/async";
import {
  type Answered,
  type Asked,
  type Burst,
  type Fate,
  type Scenario,
  type Setup,
  costPassed,
} from "./distributed-rate-limiter.stories.ts";

/** Rule 2: over all nodes, what passed for a key in a window is within the limit. */
export function judgeLimit(all: readonly Answered[], { limit, windowMs }: Setup): void {
  const groups = new Map<string, Answered[]>();
  for (const one of all) {
    const fromMs = one.calledMs - (one.calledMs % windowMs);
    const where = `for ${JSON.stringify(one.key)} from ${fromMs} ms to ${fromMs + windowMs - 1} ms`;
    groups.set(where, [...(groups.get(where) ?? []), one]);
  }
  for (const [where, requests] of groups) {
    within(costPassed(requests), 0, limit, `the cost that passed ${where}, over all nodes`);
  }
}

/**
 * Rules 1, 3 and 5: what one request may be answered, given all others. The answer is exact where
 * nothing else of its key and window was in progress, no store call for them failed, and it came
 * before its window ended.
 */
export function judgeAnswers(all: readonly Answered[], { limit, windowMs }: Setup): void {
  for (const one of all) {
    const { cost, label, calledMs, decision } = one;
    const { allowed, remaining, retryAfterMs, degraded } = decision;
    const endMs = calledMs - (calledMs % windowMs) + windowMs;
    const others = all.filter((other) => other !== one && isSameCounter(other, one, windowMs));
    const isClean = [one, ...others].every(({ storeCalls }) => !storeCalls.some((c) => c.failed));
    if (!isClean) continue;
    equal(degraded, false, `degraded, of ${label}`);
    within(remaining, 0, limit, `remaining, of ${label}`);
    const wait = cost > limit ? Infinity : endMs - calledMs;
    equal(retryAfterMs, allowed ? 0 : wait, `retryAfterMs, of ${label}`);
    if (cost > limit) equal(allowed, false, `allowed, of ${label}`);
    if (cost > limit || one.answeredMs >= endMs) continue;
    const rivals = others.filter(({ began, ended }) => began < one.ended && ended > one.began);
    const passed = costPassed(others.filter(({ ended }) => ended < one.began));
    if (rivals.length === 0) {
      const fits = passed + cost <= limit;
      const expected = { allowed: fits, remaining: limit - passed - (fits ? cost : 0) };
      equal(
        { allowed, remaining },
        expected,
        `${label}, alone, when ${passed} of ${limit} are gone`,
      );
    } else if (!allowed) {
      const most = rivals.reduce((sum, rival) => sum + rival.cost, passed + cost);
      const why = `allowed: with all that is in progress it comes to ${most} of ${limit}`;
      holds(most > limit, label, why, "denied");
    }
  }
}

/** Rule 4: what is answered when the store fails, and only then. */
export function judgeOutages(all: readonly Answered[], { onStoreError }: Setup): void {
  for (const { storeCalls, decision, label } of all) {
    const { allowed, remaining, retryAfterMs, degraded } = decision;
    const failure = storeCalls.find(({ failed, givesBack }) => failed && !givesBack);
    if (failure === undefined) {
      equal(degraded, false, `degraded, of ${label}, as no call failed but to give back`);
      continue;
    }
    const open = onStoreError === "allow";
    const expected = {
      allowed: open,
      remaining: 0,
      retryAfterMs: open ? 0 : 1_000,
      degraded: true,
    };
    const what = `${label}, whose ${failure.text} failed, with onStoreError "${onStoreError}"`;
    equal({ allowed, remaining, retryAfterMs, degraded }, expected, what);
  }
}

/** Rule 7: how often the store is called for a request. */
export function judgeStoreCalls(all: readonly Answered[], { limit, windowMs }: Setup): void {
  for (const one of all) {
    const rivals = all.filter((other) => {
      const overlap = other.began < one.ended && other.ended > one.began;
      return other !== one && overlap && isSameCounter(other, one, windowMs);
    }).length;
    const inTime = one.answeredMs < one.calledMs - (one.calledMs % windowMs) + windowMs;
    const most = one.cost > limit ? 0 : rivals === 0 && inTime ? 2 : 3 + 2 * rivals;
    const told = one.storeCalls.map(({ text }) => text).join(", ");
    const what = `store calls of ${one.label} with ${rivals} rivals (${told})`;
    within(one.storeCalls.length, 0, most, what);
  }
}

function isSameCounter(a: Answered, b: Answered, windowMs: number): boolean {
  const windowOf = ({ calledMs }: Answered): number => Math.floor(calledMs / windowMs);
  return a.key === b.key && windowOf(a) === windowOf(b);
}

const setups: fc.Arbitrary<Setup> = fc.record({
  limit: fc.oneof(
    { weight: 20, arbitrary: fc.integer({ min: 1, max: 6 }) },
    { weight: 1, arbitrary: fc.constantFrom(0, 1_000_000) },
  ),
  windowMs: fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(10, 100) },
    { weight: 1, arbitrary: fc.constantFrom(1, 1_000_000_000) },
  ),
  onStoreError: fc.constantFrom("deny", "allow"),
});

/** How a call fares: mostly well; `slow` within a quarter of a window, `stalls` for up to three. */
export function fates(weights: {
  slow?: number;
  stalls?: number;
  fails?: number;
}): fc.Arbitrary<Fate[]> {
  const { slow = 0, stalls = 0, fails = 0 } = weights;
  const quarters = fc.constantFrom(0, 0.1, 0.25);
  const halves = fc.constantFrom(0, 0, 0, 0.5, 1, 1, 1.5, 2, 3);
  const fate: fc.Arbitrary<Fate> = fc.oneof(
    { weight: 10, arbitrary: fc.constant({}) },
    { weight: slow, arbitrary: fc.record({ there: quarters, back: quarters }) },
    { weight: stalls, arbitrary: fc.record({ there: halves, back: halves }) },
    {
      weight: fails,
      arbitrary: fc.record({
        fails: fc.constantFrom("before its effect" as const, "after its effect" as const),
      }),
    },
  );
  return fc.array(fate, { maxLength: 30, size: "max" });
}

interface Crowd {
  readonly bursts?: number;
  readonly nodes?: number;
  /** Most requests in a burst. */
  readonly size?: number;
  readonly keys?: fc.Arbitrary<string[]>;
  readonly dearest?: number;
  /** When a request of a burst may come, in windows. */
  readonly after?: readonly number[];
  readonly windowsLater?: readonly number[];
  /** Begins or ends each burst with a request for all that is left. */
  readonly takesRest?: "first" | "last";
  readonly fates?: fc.Arbitrary<Fate[]>;
}

/** Bursts of requests; those of a burst go round the nodes, of which there may be enough for all. */
export function scenarios({
  bursts = 3,
  nodes = 9,
  size = 5,
  keys = fc.constantFrom(["a"], ["a", "b"]),
  dearest = 3,
  after = [0, 0, 0, 0.25],
  windowsLater = [0, 0, 1, 2],
  takesRest,
  fates = fc.constant([]),
}: Crowd): fc.Arbitrary<Scenario> {
  const request = fc.record({
    who: fc.nat(3),
    cost: fc.oneof(
      { weight: 3, arbitrary: fc.constant(1) },
      { weight: 3, arbitrary: fc.integer({ min: 1, max: dearest }) },
      { weight: 1, arbitrary: fc.integer({ min: 4, max: 8 }) },
    ),
    after: fc.constantFrom(...after),
  });
  const burst = fc.record({
    windowsLater: fc.constantFrom(...windowsLater),
    first: fc.nat(3),
    asked: fc.array(request, { minLength: 1, maxLength: size, size: "max" }),
  });
  return fc
    .record({
      setup: setups,
      names: keys,
      crowds: fc.array(burst, { minLength: 1, maxLength: bursts, size: "max" }),
      fates,
      picks: picks(),
    })
    .map(({ setup, names, crowds, fates, picks }) => ({
      setup,
      bursts: crowds.flatMap(({ windowsLater, first, asked }): Burst[] => {
        const requests = asked.map(({ who, ...rest }, i): Asked => {
          return { ...rest, node: (first + i + 1) % nodes, key: names[who % names.length] ?? "a" };
        });
        const rest: Asked = { node: first % nodes, key: names[0] ?? "a", cost: "rest" };
        if (takesRest === "first") return [{ windowsLater, requests: [rest, ...requests] }];
        return [
          { windowsLater, requests },
          ...(takesRest === "last" ? [{ requests: [rest] }] : []),
        ];
      }),
      fates,
      picks,
    }));
}

/** Two keys that a careless name for a counter would take for one. */
export const alike: fc.Arbitrary<string[]> = fc
  .record({
    key: fc.oneof(fc.constantFrom("a", "b:1", "C"), keysOrEmpty()),
    change: fc.constantFrom<(key: string) => string>(
      (key) => key.toUpperCase(),
      (key) => key.toLowerCase(),
      (key) => `${key} `,
      (key) => ` ${key}`,
      (key) => `${key}:1`,
      (key) => `1:${key}`,
      (key) => `${key}\ud800`,
      (key) => `${key}\u0000`,
    ),
  })
  .map(({ key, change }) => [key, change(key)]);
