/** Judges `fixed-window-counter`. Rules are those of katas/rate-limiting/fixed-window-counter/README.md. */
import fc from "fast-check";
import { badOptions, defineSpec, equal, limiterLaws, limiterScripts, within } from "kata/harness";
import { VirtualClock } from "kata/kit";
import type * as Stub from "../../katas/rate-limiting/fixed-window-counter/stub.ts";
import { type Setup, moves, naive, setups } from "./fixed-window-counter.model.ts";

const forward = { stepsBack: false };

defineSpec<typeof Stub>("fixed-window-counter", ({ FixedWindowCounter }, check) => {
  const laws = limiterLaws<Setup, Stub.Decision>(
    (setup, clock) => new FixedWindowCounter({ ...setup, clock }),
    ({ allowed, remaining, retryAfterMs }) => ({ allowed, remaining, retryAfterMs }),
  );

  check.model(
    "matches-model",
    {
      rule: [1, 2, 3, 4, 5, 6, 7],
      points: 40,
      runs: 200,
      examples: [
        // The table of the statement: four requests pass within 2 ms.
        {
          setup: { limit: 2, windowMs: 1_000 },
          steps: [999, 999, 999, 1_000, 1_000, 1_001].map((at) => ({
            at,
            tryAcquire: ["a"] as const,
          })),
        },
      ],
    },
    limiterScripts(moves),
    { subject: laws.play, model: naive },
  );

  check.property(
    "limit-per-window",
    { rule: [1, 2], points: 15, runs: 200 },
    limiterScripts(moves, forward),
    (script) => {
      const { limit, windowMs } = script.setup;
      const spent = new Map<string, number>();
      for (const { key, cost, atMs } of laws.passed(script)) {
        const from = atMs - (atMs % windowMs);
        const where = `of ${JSON.stringify(key)} from ${from} ms to ${from + windowMs - 1} ms`;
        spent.set(where, (spent.get(where) ?? 0) + cost);
        within(spent.get(where) ?? 0, 0, limit, `the cost ${where} that passed`);
      }
    },
  );

  check.property(
    "full-limit-each-window",
    { rule: [1, 2], points: 10 },
    fc.record({
      setup: setups.map(({ limit, windowMs }) => ({ limit: Math.min(limit, 6), windowMs })),
      windows: fc.array(fc.nat(2), { minLength: 1, maxLength: 6 }),
    }),
    ({ setup: { limit, windowMs }, windows }) => {
      const ask = laws.play({ limit, windowMs });
      let window = 0;
      for (const skipped of windows) {
        window += skipped;
        for (const [at, expected] of [
          [window * windowMs, limit],
          [(window + 1) * windowMs - 1, 0],
        ] as const) {
          let passed = 0;
          while (passed <= expected && ask({ at, tryAcquire: ["a"] }).allowed) passed += 1;
          const loop = 'while (tryAcquire("a").allowed) passed += 1';
          equal(passed, expected, `passed, after "${loop}" at ${at} ms`);
        }
        window += 1;
      }
    },
  );

  check.property(
    "retry-after-exact",
    { rule: [4, 5, 6], points: 15, runs: 200 },
    limiterScripts(moves, { longest: 10 }),
    laws.retryAfterExact(({ limit }, cost) => cost > limit),
  );

  check.property(
    "keys-independent",
    {
      rule: [5, 7],
      points: 10,
      examples: [
        // A crowd must not push out a key that has used up its limit.
        {
          setup: { limit: 1, windowMs: 1_000 },
          steps: [0, 500].map((at) => ({ at, tryAcquire: ["a"] as const })),
          crowd: 20_000,
        },
      ],
    },
    fc
      .tuple(limiterScripts(moves, forward), fc.nat(3))
      .map(([script, crowd]) => ({ ...script, crowd })),
    laws.keysAreIndependent,
  );

  check.property(
    "denied-is-free",
    { rule: 2, points: 5 },
    limiterScripts(moves, forward),
    laws.deniedIsFree,
  );

  const ranges = { limit: [0, 1_000_000], windowMs: [1, 1_000_000_000] } as const;
  check.throws("bad-input", { rule: 8, points: 5 }, [
    ...badOptions("FixedWindowCounter", ranges, (changes) => {
      const clock = new VirtualClock();
      return new FixedWindowCounter({ clock, limit: 3, windowMs: 100, ...changes });
    }),
    ...laws.badCosts({ limit: 3, windowMs: 100 }, 4),
  ]);
});
