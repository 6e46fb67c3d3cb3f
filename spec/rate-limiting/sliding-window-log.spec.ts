/** Judges `sliding-window-log`. Rules are those of katas/rate-limiting/sliding-window-log/README.md. */
import fc from "fast-check";
import { badOptions, defineSpec, equal, limiterLaws, limiterScripts, within } from "kata/harness";
import { VirtualClock } from "kata/kit";
import type * as Stub from "../../katas/rate-limiting/sliding-window-log/stub.ts";
import { type Setup, moves, naive, setups } from "./sliding-window-log.model.ts";

const forward = { stepsBack: false };

defineSpec<typeof Stub>("sliding-window-log", ({ SlidingWindowLog }, check) => {
  const laws = limiterLaws<Setup, Stub.Decision>(
    (setup, clock) => new SlidingWindowLog({ ...setup, clock }),
    ({ allowed, remaining, retryAfterMs }) => ({ allowed, remaining, retryAfterMs }),
  );

  check.model(
    "matches-model",
    {
      rule: [1, 2, 3, 4, 5, 6, 7],
      points: 40,
      runs: 200,
      examples: [
        // The table of the statement, by hand.
        {
          setup: { limit: 3, windowMs: 100 },
          steps: [
            ...[0, 10, 20, 30, 99, 100, 105, 110].map((at) => ({
              at,
              tryAcquire: ["a"] as const,
            })),
            { at: 111, tryAcquire: ["a", 2] },
          ],
        },
      ],
    },
    limiterScripts(moves),
    { subject: laws.play, model: naive },
  );

  check.property(
    "never-over-any-window",
    { rule: [1, 2], points: 15, runs: 200 },
    limiterScripts(moves, forward),
    (script) => {
      const { limit, windowMs } = script.setup;
      const passed = laws.passed(script);
      for (const [index, { key, atMs }] of passed.entries()) {
        const last = passed.slice(0, index + 1).filter((each) => each.key === key);
        const inside = last.filter((each) => atMs - each.atMs < windowMs);
        const spent = inside.reduce((sum, { cost }) => sum + cost, 0);
        const from = Math.max(0, atMs - windowMs + 1);
        const what = `the cost of ${JSON.stringify(key)} that passed from ${from} ms to ${atMs} ms`;
        within(spent, 0, limit, what);
      }
    },
  );

  check.property(
    "retry-after-exact",
    { rule: [4, 5, 6], points: 20, runs: 200 },
    limiterScripts(moves, { longest: 10 }),
    laws.retryAfterExact(({ limit }, cost) => cost > limit),
  );

  check.property(
    "boundary",
    { rule: [1, 7], points: 10 },
    fc.record({
      windowMs: setups.map((setup) => setup.windowMs),
      gaps: fc.array(fc.nat(5), { minLength: 1, maxLength: 6 }),
      callsOfOthers: fc.nat(8),
    }),
    ({ windowMs, gaps, callsOfOthers }) => {
      let endMs = 0;
      const times = gaps.map((gap) => (endMs = Math.min(endMs + gap, windowMs - 1)));
      const ask = laws.play({ limit: times.length, windowMs });
      const others = Array.from({ length: 2 * callsOfOthers }, (_, i) =>
        Math.floor(((i + 1) * windowMs) / callsOfOthers),
      );
      const when = callsOfOthers === 0 ? "" : `, while "b" calls at ${others.join(", ")} ms`;
      const allowed = (at: number, expected: boolean): void => {
        while (others[0] !== undefined && others[0] <= at) {
          ask({ at: others.shift() ?? at, tryAcquire: ["b"] });
        }
        const what = `tryAcquire("a") at ${at} ms, after ${times.length} passed at ${times.join(", ")} ms`;
        equal(ask({ at, tryAcquire: ["a"] }).allowed, expected, what + when);
      };
      for (const at of times) allowed(at, true);
      for (const [index, at] of times.entries()) {
        // Where two passed in one ms, the place of the second is free already.
        if (at !== times[index - 1]) allowed(at + windowMs - 1, false);
        allowed(at + windowMs, true);
      }
    },
  );

  check.property(
    "denied-is-free",
    { rule: 2, points: 5 },
    limiterScripts(moves, forward),
    laws.deniedIsFree,
  );

  check.property(
    "keys-independent",
    {
      rule: [5, 7],
      points: 5,
      examples: [
        // A crowd must not push out a key that has used up its limit.
        {
          setup: { limit: 1, windowMs: 1_000 },
          steps: [0, 500].map((at) => ({ at, tryAcquire: ["a"] as const })),
          crowd: 12_000,
        },
      ],
    },
    fc
      .tuple(limiterScripts(moves, forward), fc.nat(3))
      .map(([script, crowd]) => ({ ...script, crowd })),
    laws.keysAreIndependent,
  );

  const ranges = { limit: [0, 1_000_000], windowMs: [1, 1_000_000_000] } as const;
  check.throws("bad-input", { rule: 8, points: 5 }, [
    ...badOptions("SlidingWindowLog", ranges, (changes) => {
      const clock = new VirtualClock();
      return new SlidingWindowLog({ clock, limit: 3, windowMs: 100, ...changes });
    }),
    ...laws.badCosts({ limit: 3, windowMs: 100 }, 4),
  ]);
});
