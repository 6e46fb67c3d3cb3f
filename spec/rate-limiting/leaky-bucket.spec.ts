/** Judges `leaky-bucket`. Rules are those of katas/rate-limiting/leaky-bucket/README.md. */
import fc from "fast-check";
import { badOptions, defineSpec, equal, limiterLaws, limiterScripts, within } from "kata/harness";
import { VirtualClock } from "kata/kit";
import type * as Stub from "../../katas/rate-limiting/leaky-bucket/stub.ts";
import { type Setup, moves, naive, range } from "./leaky-bucket.model.ts";

const forward = limiterScripts(moves, { stepsBack: false });

defineSpec<typeof Stub>("leaky-bucket", ({ LeakyBucket }, check) => {
  const laws = limiterLaws<Setup, Stub.ShapedDecision>(
    (setup, clock) => new LeakyBucket({ ...setup, clock }),
    ({ allowed, delayMs, remaining, retryAfterMs }) => {
      return { allowed, delayMs, remaining, retryAfterMs };
    },
  );

  check.model(
    "matches-queue-model",
    {
      rule: [1, 2, 3, 4, 5, 6],
      points: 40,
      runs: 200,
      examples: [
        // The table of the statement, by hand.
        {
          setup: { queue: 2, intervalMs: 100 },
          steps: [0, 0, 0, 0, 99, 100, 1_000].map((at) => ({ at, tryAcquire: ["a"] as const })),
        },
      ],
    },
    limiterScripts(moves),
    { subject: laws.play, model: naive },
  );

  check.property("even-departures", { rule: 1, points: 15, runs: 200 }, forward, (script) => {
    const { intervalMs } = script.setup;
    const last = new Map<string, number>();
    for (const { key, atMs, answer } of laws.passed(script)) {
      const before = last.get(key) ?? -Infinity;
      const departsMs = atMs + answer.delayMs;
      const name = JSON.stringify(key);
      const what = `departure of the request of ${name} at ${atMs} ms, where one left at ${before} ms`;
      within(departsMs, Math.max(atMs, before + intervalMs), Infinity, what);
      last.set(key, departsMs);
    }
  });

  check.property("bounded-delay", { rule: [1, 2], points: 10, runs: 200 }, forward, (script) => {
    const { queue, intervalMs } = script.setup;
    const last = new Map<string, number>();
    for (const { key, atMs, answer } of laws.passed(script)) {
      const idle = atMs >= (last.get(key) ?? -Infinity) + intervalMs;
      const what = `delayMs of the request of ${JSON.stringify(key)} at ${atMs} ms`;
      within(answer.delayMs, 0, idle ? 0 : queue * intervalMs, what);
      last.set(key, atMs + answer.delayMs);
    }
  });

  check.property(
    "work-conserving",
    { rule: [1, 2, 3], points: 10 },
    fc.record({
      queue: range(0, 5),
      intervalMs: range(1, 40),
      startMs: range(0, 100),
      perMs: range(1, 3),
      lastMs: range(0, 150),
    }),
    ({ queue, intervalMs, startMs, perMs, lastMs }) => {
      const ask = laws.play({ queue, intervalMs });
      const departures: number[] = [];
      for (let at = startMs; at <= startMs + lastMs; at += 1) {
        for (let i = 0; i < perMs; i += 1) {
          const { allowed, delayMs } = ask({ at, tryAcquire: ["a"] });
          if (allowed) departures.push(at + delayMs);
        }
      }
      const flood = `"a" calls ${perMs} times in each ms from ${startMs} to ${startMs + lastMs}`;
      const inTime = departures.filter((departsMs) => departsMs <= startMs + lastMs);
      const count = Math.floor(lastMs / intervalMs) + 1;
      const expected = Array.from({ length: count }, (_, i) => startMs + i * intervalMs);
      equal(inTime, expected, `departures until then, when ${flood}`);
    },
  );

  check.property(
    "retry-after-exact",
    { rule: [5, 6], points: 15, runs: 200 },
    limiterScripts(moves, { longest: 10 }),
    laws.retryAfterExact(() => false),
  );

  check.property(
    "denied-is-free-and-keys-independent",
    {
      rule: [2, 6, 7],
      points: 5,
      examples: [
        // A crowd must not push out a key whose queue is full.
        {
          setup: { queue: 0, intervalMs: 1_000 },
          steps: [0, 500].map((at) => ({ at, tryAcquire: ["a"] as const })),
          crowd: 12_000,
        },
      ],
    },
    fc.tuple(forward, fc.nat(3)).map(([script, crowd]) => ({ ...script, crowd })),
    (script) => {
      laws.deniedIsFree(script);
      laws.keysAreIndependent(script);
    },
  );

  const ranges = { queue: [0, 1_000_000], intervalMs: [1, 1_000_000_000] } as const;
  check.throws(
    "bad-input",
    { rule: 8, points: 5 },
    badOptions("LeakyBucket", ranges, (changes) => {
      return new LeakyBucket({ clock: new VirtualClock(), queue: 3, intervalMs: 100, ...changes });
    }),
  );
});
