/** Judges `least-bandwidth`. Rules are those of katas/load-balancing/least-bandwidth/README.md. */
import fc from "fast-check";
import { callAt, defineSpec, equal, names, notIntegersIn, perform } from "kata/harness";
import { VirtualClock } from "kata/kit";
import type * as Stub from "../../katas/load-balancing/least-bandwidth/stub.ts";
import {
  referee,
  scripts,
  setups,
  starts,
  type Method,
  type Setup,
  type Step,
} from "./least-bandwidth.model.ts";

const READS: readonly Method[] = ["record", "pick", "load", "mbps"];
const MB = 1_000_000;
const at = (atMs: number, method: Method, ...args: unknown[]): Step =>
  callAt(atMs, method, ...args);

defineSpec<typeof Stub>("least-bandwidth", ({ LeastBandwidth }, check) => {
  const build = (setup: Setup, clock = new VirtualClock()): Stub.LeastBandwidth => {
    const options = { ...setup, clock };
    const balancer = new LeastBandwidth(options);
    equal(clock.readings, 0, "readings of the clock in the constructor");
    // What becomes of the caller's object is not the balancer's business.
    Object.assign(options, { bucketMs: 3, buckets: 2 });
    return balancer;
  };
  const subject = (setup: Setup) => {
    const clock = new VirtualClock();
    const balancer = build(setup, clock);
    return (step: Step): unknown => {
      clock.set(step.atMs);
      const before = clock.readings;
      const answer = perform(balancer, step);
      const readings = READS.includes(step.method) ? 1 : 0;
      equal(clock.readings - before, readings, `readings of the clock in ${step.text}`);
      return answer;
    };
  };

  check.referee(
    "load-matches-log",
    {
      rule: [1, 2, 5, 6],
      points: 35,
      runs: 200,
      // 1.75 MB are 14 megabits: 1 in each of the 14 seconds.
      examples: [
        {
          setup: {},
          steps: [
            at(0, "add", "a"),
            at(500, "record", "a", 1.75 * MB),
            at(600, "mbps", "a"),
            at(13_999, "mbps", "a"),
            at(14_000, "mbps", "a"),
          ],
        },
      ],
    },
    scripts(3, { record: 6, load: 5, mbps: 2, add: 1, remove: 1 }),
    { subject, referee },
  );

  // No look at a load, which would let a lazy balancer forget in time.
  check.referee(
    "picks-least",
    {
      rule: [3, 5, 6],
      points: 25,
      runs: 200,
      // The table of the statement.
      examples: [
        {
          setup: {},
          steps: [
            ...["s1", "s2", "s3"].map((id) => at(0, "add", id)),
            at(0, "record", "s1", 3 * MB),
            at(0, "record", "s2", 5 * MB),
            at(0, "record", "s3", 2 * MB),
            ...["s3", "s1", "s3", "s1", "s3"].flatMap((id) => [
              at(0, "pick"),
              at(0, "record", id, MB),
            ]),
            at(0, "pick"),
          ],
        },
      ],
    },
    scripts(5, { record: 5, pick: 5, add: 1, remove: 1 }),
    { subject, referee },
  );

  check.property(
    "ageing-boundary",
    { rule: [1, 2], points: 15 },
    fc.record({
      setup: setups,
      startMs: starts,
      offset: fc.nat({ max: 999 }),
      looksBetween: fc.boolean(),
      bytes: fc.integer({ min: 1, max: 1e6 }),
    }),
    ({ setup, startMs, offset, looksBetween, bytes }) => {
      const { bucketMs = 1_000, buckets = 14 } = setup;
      const recordedMs = startMs + offset;
      const endMs = (Math.floor(recordedMs / bucketMs) + buckets) * bucketMs;
      const loadAt = (ms: number): number | undefined => {
        const clock = new VirtualClock(recordedMs);
        const balancer = build(setup, clock);
        balancer.add("a");
        balancer.record("a", bytes);
        if (looksBetween) {
          clock.set(Math.floor((recordedMs + ms) / 2));
          balancer.load("a");
        }
        clock.set(ms);
        return balancer.load("a");
      };
      const about = `recorded at ${recordedMs} ms, buckets of ${bucketMs} ms, ${buckets} in the window`;
      equal(loadAt(endMs - 1), bytes, `load at ${endMs - 1} ms of ${bytes} bytes, ${about}`);
      equal(loadAt(endMs), 0, `load at ${endMs} ms of ${bytes} bytes, ${about}`);
    },
  );

  check.property(
    "long-silence",
    { rule: [1, 8], points: 10, runs: 30, limitMs: 2_000 },
    fc.record({
      setup: setups,
      silences: fc.array(fc.integer({ min: 1e8, max: 1e9 }), { minLength: 1, maxLength: 4 }),
      bytes: fc.integer({ min: 1, max: 1e6 }),
    }),
    ({ setup, silences, bytes }) => {
      const clock = new VirtualClock(1);
      const balancer = build(setup, clock);
      const { bucketMs = 1_000 } = setup;
      balancer.add("a");
      balancer.add("b");
      for (const buckets of silences) {
        balancer.record("a", bytes);
        equal(balancer.pick(), "b", `pick() when a has carried ${bytes} bytes and b none`);
        clock.advance(buckets * bucketMs);
        equal(
          balancer.pick(),
          "a",
          `pick() after ${buckets} buckets of silence, b was picked last`,
        );
        balancer.record("b", bytes);
        const loads = [balancer.load("a"), balancer.load("b")];
        equal(loads, [0, bytes], `the loads after ${buckets} buckets of silence and a record of b`);
        clock.advance(buckets * bucketMs);
        equal(balancer.load("b"), 0, `load("b") after ${buckets} more`);
      }
    },
  );

  check.property(
    "interleaving-independent",
    { rule: 7, points: 5 },
    // Where the clock steps back, the latest reading of all counts, and so the others do.
    scripts(4, { record: 5, load: 5 }, { forward: true }),
    ({ setup, steps }) => {
      const together = subject(setup);
      const alone = new Map(steps.map(({ args: [id] }) => [id, subject(setup)]));
      for (const step of steps) {
        const [seen, expected] = [together(step), alone.get(step.args[0])!(step)];
        const what = `${step.text} beside other backends, against the same calls for it alone`;
        equal(seen, expected, what);
      }
    },
  );

  check.property(
    "ties-rotate",
    { rule: 3, points: 5 },
    fc.record({ ids: names(1, 6), stepMs: fc.constantFrom(0, 1, 20_000) }),
    ({ ids, stepMs }) => {
      const clock = new VirtualClock();
      const balancer = build({}, clock);
      for (const id of ids) balancer.add(id);
      const picks = Array.from({ length: 3 * ids.length }, () => {
        clock.advance(stepMs);
        return balancer.pick();
      });
      equal(picks, [...ids, ...ids, ...ids], "picks without any traffic");
    },
  );

  const bad = (call: string, error: string, run: (made: Stub.LeastBandwidth) => unknown) => {
    let made: Stub.LeastBandwidth | undefined;
    const pool = (): Stub.LeastBandwidth => {
      if (made === undefined) {
        made = build({});
        made.add("a");
        made.record("a", 7);
      }
      return made;
    };
    const unchanged = () => [pool().load("a"), pool().load("b"), pool().load("")];
    return { call, error, run: () => run(pool()), unchanged };
  };
  const badOption = (name: keyof Setup, max: number) =>
    notIntegersIn(1, max).map((value) => ({
      call: `new LeastBandwidth({ clock, ${name}: ${value} })`,
      error: "RangeError",
      run: () => build({ [name]: value }),
    }));
  check.throws("bad-input", { rule: [4, 6], points: 5 }, [
    ...badOption("bucketMs", Number.MAX_SAFE_INTEGER),
    ...badOption("buckets", 3_600),
    bad('add("")', "TypeError", (pool) => pool.add("")),
    ...notIntegersIn(0, 2 ** 40).flatMap((bytes) =>
      ["a", "b"].map((id) =>
        bad(`record("${id}", ${bytes})`, "RangeError", (pool) => pool.record(id, bytes)),
      ),
    ),
  ]);
});
