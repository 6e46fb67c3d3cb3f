/** Judges `sliding-window-counter`. Rules are those of katas/rate-limiting/sliding-window-counter/README.md. */
import fc from "fast-check";
import { badOptions, defineSpec, equal, limiterLaws, limiterScripts, within } from "kata/harness";
import { VirtualClock } from "kata/kit";
import type * as Stub from "../../katas/rate-limiting/sliding-window-counter/stub.ts";
import { type Setup, moves, naive, range, setups } from "./sliding-window-counter.model.ts";

const forward = { stepsBack: false };
const someLimit = setups.filter(({ limit }) => limit >= 1);

defineSpec<typeof Stub>("sliding-window-counter", ({ SlidingWindowCounter }, check) => {
  const laws = limiterLaws<Setup, Stub.Decision>(
    (setup, clock) => new SlidingWindowCounter({ ...setup, clock }),
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
          setup: { limit: 10, windowMs: 100 },
          steps: [
            { at: 50, tryAcquire: ["a", 10] },
            ...[100, 109, 110].map((at) => ({ at, tryAcquire: ["a"] as const })),
            { at: 150, tryAcquire: ["a", 5] },
            { at: 150, tryAcquire: ["a", 4] },
          ],
        },
      ],
    },
    limiterScripts(moves),
    { subject: laws.play, model: naive },
  );

  check.property(
    "retry-after-exact",
    { rule: [4, 5, 6], points: 20, runs: 200 },
    limiterScripts(moves, { longest: 10 }),
    laws.retryAfterExact(({ limit }, cost) => cost > limit),
  );

  check.property(
    "no-double-burst",
    { rule: [1, 2], points: 15, runs: 150 },
    fc.record({
      setup: someLimit.map(({ limit, windowMs }) => ({ limit: Math.min(limit, 10), windowMs })),
      spentPercent: range(0, 99),
      polledPercents: fc.array(range(0, 99), { minLength: 1, maxLength: 6 }),
    }),
    ({ setup: { limit, windowMs }, spentPercent, polledPercents }) => {
      const ask = laws.play({ limit, windowMs });
      const part = (percent: number): number => Math.floor((windowMs * percent) / 100);
      const spentAt = part(spentPercent);
      equal(ask({ at: spentAt, tryAcquire: ["a", limit] }).allowed, true, "allowed at first");
      const some = polledPercents.map(part).sort((a, b) => a - b);
      let passed = 0;
      for (const intoMs of windowMs <= 30 ? Array(windowMs).keys() : some) {
        const at = windowMs + intoMs;
        while (passed <= limit && ask({ at, tryAcquire: ["a"] }).allowed) passed += 1;
        const polled = windowMs <= 30 ? "in every ms" : "now and then";
        const what = `passed from ${windowMs} to ${at} ms, asked ${polled}, after ${limit} at ${spentAt} ms`;
        equal(passed, Math.floor((limit * intoMs) / windowMs), what);
      }
    },
  );

  check.property(
    "never-over-aligned",
    { rule: [1, 2], points: 10, runs: 200 },
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
    "idle-forgets",
    { rule: 1, points: 5 },
    fc.record({
      setup: someLimit,
      usedWindows: range(1, 3),
      idleWindows: range(1, 3),
      others: fc.boolean(),
    }),
    ({ setup, usedWindows, idleWindows, others }) => {
      const { limit, windowMs } = setup;
      const ask = laws.play(setup);
      let at = 0;
      for (let i = 0; i < usedWindows; i += 1, at += windowMs) {
        ask({ at, tryAcquire: ["a", limit] });
      }
      for (let i = 0; i < idleWindows; i += 1, at += windowMs) {
        if (others) ask({ at, tryAcquire: ["b"] });
      }
      const what = `tryAcquire("a", ${limit}) at ${at} ms, idle from ${at - idleWindows * windowMs} ms on`;
      const expected = { allowed: true, remaining: 0, retryAfterMs: 0 };
      equal(ask({ at, tryAcquire: ["a", limit] }), expected, what);
    },
  );

  check.property(
    "denied-is-free-and-keys-independent",
    {
      rule: [2, 5, 7],
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
    (script) => {
      laws.deniedIsFree(script);
      laws.keysAreIndependent(script);
    },
  );

  const ranges = { limit: [0, 1_000_000], windowMs: [1, 1_000_000_000] } as const;
  check.throws("bad-input", { rule: 8, points: 5 }, [
    ...badOptions("SlidingWindowCounter", ranges, (changes) => {
      const clock = new VirtualClock();
      return new SlidingWindowCounter({ clock, limit: 3, windowMs: 100, ...changes });
    }),
    ...laws.badCosts({ limit: 3, windowMs: 100 }, 4),
  ]);
});
