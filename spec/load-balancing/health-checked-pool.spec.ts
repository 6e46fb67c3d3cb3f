/** Judges `health-checked-pool`. Rules are those of katas/load-balancing/health-checked-pool/README.md. */
import fc from "fast-check";
import { callAt, defineSpec, equal, literal, notIntegersIn, perform } from "kata/harness";
import { VirtualClock } from "kata/kit";
import type * as Stub from "../../katas/load-balancing/health-checked-pool/stub.ts";
import {
  facts,
  fair,
  onlyEligible,
  scripts,
  sticky,
  type Numbers,
  type Step,
} from "./health-checked-pool.model.ts";

const reports = (results: string): Step[] =>
  Array.from(results, (result) => callAt(0, "report", "a", result === "T"));

defineSpec<typeof Stub>("health-checked-pool", ({ HealthCheckedPool }, check) => {
  const build = (numbers: Numbers, clock = new VirtualClock()): Stub.HealthCheckedPool => {
    const options = { ...numbers, clock };
    const pool = new HealthCheckedPool(options);
    equal(clock.readings, 0, "readings of the clock in the constructor");
    // What becomes of the caller's object is not the pool's business.
    Object.assign(options, { rise: 9, fall: 9, sessionIdleMs: 9 });
    return pool;
  };
  const subject = (numbers: Numbers) => {
    const clock = new VirtualClock();
    const pool = build(numbers, clock);
    return (step: Step): unknown => {
      clock.set(step.atMs);
      const before = clock.readings;
      const answer = perform(pool, step);
      const readings = step.method === "pick" && step.args.length > 0 ? 1 : 0;
      equal(clock.readings - before, readings, `readings of the clock in ${step.text}`);
      if (step.method !== "state" || typeof answer !== "object") return answer;
      // What was handed out is the caller's.
      const copy = { ...answer };
      Object.assign(answer as object, { health: "changed", draining: "changed" });
      return copy;
    };
  };

  check.referee(
    "health-model",
    {
      rule: [1, 2, 7],
      points: 25,
      runs: 150,
      // fall 3, rise 2: up up up up up down, then down down down up.
      examples: [{ setup: {}, steps: [callAt(0, "add", "a"), ...reports("FFTFFFTFTT")] }],
    },
    scripts(4, { report: 10, outage: 3, repair: 3, drain: 2, state: 4, add: 1, remove: 1 }),
    { subject, referee: facts },
  );

  const busy = { outage: 4, repair: 2, report: 2, drain: 3, add: 1, remove: 1 };
  check.referee(
    "never-pick-ineligible",
    { rule: [2, 4], points: 20, runs: 150 },
    scripts(4, { ...busy, "plain pick": 5, session: 5 }),
    { subject, referee: onlyEligible },
  );

  check.referee(
    "sticky-while-possible",
    { rule: [2, 4, 5, 6, 7, 8], points: 20, runs: 300 },
    scripts(3, { ...busy, "lost and found": 3, session: 14 }),
    { subject, referee: sticky },
  );

  check.referee(
    "fair-rotation",
    { rule: 3, points: 15, runs: 150 },
    scripts(5, {
      "plain pick": 8,
      bystander: 3,
      "new session": 6,
      session: 1,
      outage: 1,
      repair: 1,
      report: 2,
      drain: 1,
      add: 1,
      remove: 1,
    }),
    { subject, referee: fair },
  );

  check.property(
    "idle-expiry-boundary",
    { rule: [5, 8], points: 10 },
    fc.record({
      sessionIdleMs: fc.oneof(fc.integer({ min: 2, max: 1_000 }), fc.constant(undefined)),
      startMs: fc.constantFrom<number>(1_000, 1_700_000_000_000),
      uses: fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 4 }),
      others: fc.nat({ max: 3 }),
      backMs: fc.constantFrom(0, 0, 1, 50),
    }),
    ({ sessionIdleMs, startMs, uses, others, backMs }) => {
      const idleMs = sessionIdleMs ?? 600_000;
      const clock = new VirtualClock(startMs);
      const pool = build(sessionIdleMs === undefined ? {} : { sessionIdleMs }, clock);
      pool.add("a");
      pool.pick("s");
      pool.add("b");
      pool.drain("a", true);
      let lastMs = startMs;
      const pickAt = (ms: number, expected: string): void => {
        const gapMs = ms - lastMs;
        for (let i = 1; i <= others; i += 1) {
          clock.set(lastMs + Math.floor((gapMs * i) / (others + 1)));
          pool.pick(`other-${i}`);
        }
        clock.set(ms);
        const what = `pick("s") at ${ms} ms, last at ${lastMs} ms, sessionIdleMs ${idleMs}, its backend "a" is draining`;
        equal(pool.pick("s"), expected, what);
        lastMs = ms;
      };
      for (const percent of uses) {
        pickAt(lastMs + Math.floor((percent / 100) * (idleMs - 1)), "a");
        // The clock steps back: for the pool it stands still, and this pick is as late as the last.
        clock.set(lastMs - backMs);
        equal(pool.pick("s"), "a", `pick("s") ${backMs} ms behind the latest reading`);
      }
      pickAt(lastMs + idleMs - 1, "a");
      pickAt(lastMs + idleMs, "b");
    },
  );

  check.referee(
    "forgets-removed",
    { rule: 7, points: 5, runs: 150 },
    scripts(2, { session: 6, replace: 3, remove: 1, add: 1, report: 2, outage: 1, drain: 1 }),
    {
      subject,
      referee: (setup) => {
        const [answers, picks] = [facts(setup), sticky(setup)];
        return (step, answer) => {
          answers(step, answer);
          picks(step, answer);
        };
      },
    },
  );

  let shared: Stub.HealthCheckedPool | undefined;
  const pool = (): Stub.HealthCheckedPool => {
    if (shared === undefined) (shared = build({})).add("a");
    return shared;
  };
  const bad = (call: string, run: () => unknown) => ({
    call,
    error: "TypeError",
    run,
    unchanged: () => [pool().state("a"), pool().state(""), pool().pick(), pool().pick()],
  });
  check.throws("bad-input", { rule: 8, points: 5 }, [
    ...(["rise", "fall", "sessionIdleMs"] as const).flatMap((name) =>
      notIntegersIn(1, Number.MAX_SAFE_INTEGER).map((value) => ({
        call: `new HealthCheckedPool({ clock, ${name}: ${literal(value)} })`,
        error: "RangeError",
        run: () => build({ [name]: value }),
      })),
    ),
    bad('add("")', () => pool().add("")),
    bad('pick("")', () => pool().pick("")),
  ]);
});
