/** Judges `circuit-breaker`. Rules are those of katas/resilience/circuit-breaker/README.md. */
import fc from "fast-check";
import { defineSpec, equal, literal, notIntegersIn } from "kata/harness";
import { VirtualClock } from "kata/kit";
import type * as Stub from "../../katas/resilience/circuit-breaker/stub.ts";
import {
  type Outcome,
  type Numbers,
  type Build,
  NaiveBreaker,
  play,
  type Run,
  playRuns,
  OPEN_MS,
  mostlyFailures,
  numbers,
  scripts,
} from "./circuit-breaker.model.ts";

const vector: Numbers = {
  windowSize: 4,
  minimumCalls: 4,
  failureThreshold: 0.5,
  openMs: 5_000,
  halfOpenCalls: 2,
};
const singles = (...ends: Outcome[]): Run[] => ends.map((outcome) => [outcome, 1]);

defineSpec<typeof Stub>("circuit-breaker", ({ CircuitBreaker }, check) => {
  const build: Build = (options) => new CircuitBreaker(options);
  const naive: Build = (options) => new NaiveBreaker(options);
  const steps = { subject: play(build), model: play(naive) };
  const runs = { subject: playRuns(build), model: playRuns(naive) };

  check.model(
    "model-equivalence",
    { rule: [1, 2, 3, 4, 5, 6, 7, 8, 9, 13], points: 25, runs: 150 },
    scripts(numbers(4, 3), {
      calls: 6,
      hold: 4,
      settle: 6,
      wait: 3,
      outage: 1,
      repair: 1,
      state: 1,
      outside: 1,
    }),
    steps,
  );

  check.model(
    "minimum-volume",
    {
      rule: [2, 3],
      points: 10,
      // The fourth outcome completes the volume, and it is a success.
      examples: [{ setup: vector, steps: singles("failure", "failure", "success", "success") }],
    },
    fc.record({
      setup: numbers(10, 1),
      steps: fc.array(mostlyFailures, { maxLength: 14 }).map((ends) => singles(...ends)),
    }),
    runs,
  );

  check.model(
    "sliding-window",
    {
      rule: [2, 3],
      points: 15,
      examples: [
        { setup: vector, steps: singles("success", "failure", "success", "failure") },
        // 30 of 37 are 81 %, and so is the threshold, but 30 of 37 are less than 13/16.
        {
          setup: { ...vector, windowSize: 37, minimumCalls: 37, failureThreshold: 13 / 16 },
          steps: [
            ["success", 7],
            ["failure", 30],
            ["failure", 1],
          ],
        },
      ],
    },
    fc
      .record({
        setup: numbers(40, 1),
        pairs: fc.array(fc.tuple(fc.nat(40), fc.nat(80)), { maxLength: 6 }),
      })
      .map(({ setup, pairs }) => {
        // At most as many failures in a row as open a full window.
        const most = Math.ceil(setup.windowSize * setup.failureThreshold);
        const all = pairs.flatMap(([failures, successes]): Run[] => [
          ["failure", failures % (most + 1)],
          ["success", successes],
        ]);
        return { setup, steps: all.filter(([, count]) => count > 0) };
      }),
    runs,
  );

  check.property(
    "open-boundary",
    { rule: [3, 4, 6, 12], points: 10 },
    fc.record({
      startMs: fc.constantFrom(1_000, 1_767_225_600_000),
      callMs: fc.nat(50),
      looksAtOnce: fc.boolean(),
      openMs: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 1e9 })),
      lateMs: fc.constantFrom(0, 1, 1_000),
      backMs: fc.constantFrom(0, 1, 1_000),
      // A success closes the breaker, the failure opens it again.
      probes: fc.constantFrom<Outcome[]>(["failure"], ["success", "failure"]),
    }),
    ({ startMs, callMs, looksAtOnce, openMs, lateMs, backMs, probes }) => {
      const clock = new VirtualClock(startMs);
      const numbers = { windowSize: 1, minimumCalls: 1, failureThreshold: 1, halfOpenCalls: 1 };
      const breaker = build({ clock, openMs, ...numbers });
      const tryAt = (ms: number, openedMs: number, how = ""): Stub.Permit | null => {
        clock.set(ms);
        const about = `at ${ms} ms, opened at ${openedMs} ms${how}, openMs ${openMs}`;
        const isOpen = ms < openedMs + openMs;
        const permit = breaker.tryAcquire();
        const result = permit === null ? "refused" : "granted";
        equal(result, isOpen ? "refused" : "granted", `tryAcquire() ${about}`);
        equal(breaker.state, isOpen ? "open" : "half-open", `state ${about}`);
        return permit;
      };
      const slow = breaker.tryAcquire();
      const openedMs = startMs + callMs;
      clock.set(openedMs);
      slow?.failure();
      if (looksAtOnce) tryAt(openedMs, openedMs);
      tryAt(openedMs + openMs - 1, openedMs);
      const againMs = openedMs + openMs + lateMs;
      let permit = tryAt(againMs, openedMs);

      // The clock steps back: for the breaker it stands still, so it opens again at againMs.
      clock.advance(-backMs);
      for (const outcome of probes) {
        permit?.[outcome]();
        permit = breaker.tryAcquire();
      }
      const how = ` (with the clock ${backMs} ms behind that)`;
      tryAt(againMs + openMs - 1, againMs, how);
      tryAt(againMs + openMs, againMs, how);
    },
  );

  check.model(
    "probe-limit",
    { rule: [6, 7], points: 15 },
    scripts(numbers(1, 4), { hold: 5, settle: 6, wait: 2 }, [
      ["tryAcquire", 0],
      ["failure", 0],
      ["wait", OPEN_MS],
    ]),
    steps,
  );

  check.model(
    "late-results",
    { rule: 9, points: 15, runs: 150 },
    scripts(numbers(2, 3), { hold: 3, settle: 4, outage: 3, repair: 3 }, [["tryAcquire", 0]]),
    steps,
  );

  const callbacks = ["only logs", "throws", "takes a permit", "fails a call"] as const;
  check.model(
    "callback-log",
    { rule: [5, 10, 11], points: 5, runs: 200 },
    scripts(
      fc
        .tuple(numbers(2, 2), fc.constantFrom(...callbacks))
        .map(([setup, callback]) => ({ ...setup, callback })),
      { calls: 2, hold: 3, settle: 4, wait: 4, outage: 2, repair: 2, state: 2 },
    ),
    steps,
  );

  check.throws(
    "bad-options",
    { rule: 14, points: 5 },
    Object.entries({
      windowSize: notIntegersIn(1, Number.MAX_SAFE_INTEGER),
      minimumCalls: notIntegersIn(1, vector.windowSize),
      failureThreshold: [0, -0.5, 1.0625, Number.NaN, Number.POSITIVE_INFINITY],
      openMs: notIntegersIn(1, Number.MAX_SAFE_INTEGER),
      halfOpenCalls: notIntegersIn(1, Number.MAX_SAFE_INTEGER),
    }).flatMap(([name, values]) =>
      values.map((value) => ({
        call: `new CircuitBreaker({ clock, ...${literal({ ...vector, [name]: value })} })`,
        error: "RangeError",
        run: () => build({ ...vector, clock: new VirtualClock(), [name]: value }),
      })),
    ),
  );
});
