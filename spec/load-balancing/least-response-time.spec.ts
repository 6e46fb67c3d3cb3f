/** Judges `least-response-time`. Rules are those of katas/load-balancing/least-response-time/README.md. */
import fc from "fast-check";
import { defineSpec, equal, holds, literal, names, within } from "kata/harness";
import { VirtualClock } from "kata/kit";
import type * as Stub from "../../katas/load-balancing/least-response-time/stub.ts";
import {
  alphas,
  numbers,
  referee,
  scripts,
  step,
  type Answer,
  type Numbers,
  type Setup,
  type Step,
} from "./least-response-time.model.ts";

const at = (atMs: number, kind: Step["kind"], rest: Partial<Step> = {}): Step =>
  step({ ...rest, atMs, kind });

defineSpec<typeof Stub>("least-response-time", ({ LeastResponseTime }, check) => {
  const build = (numbers: Numbers, clock = new VirtualClock()): Stub.LeastResponseTime => {
    const options = { ...numbers, clock };
    const balancer = new LeastResponseTime(options);
    equal(clock.readings, 0, "readings of the clock in the constructor");
    // What becomes of the caller's object is not the balancer's business.
    Object.assign(options, { alpha: 0.75, initialMs: 77, failurePenaltyMs: 7 });
    return balancer;
  };

  /** Plays steps; every attempt is finished so many times in a row. */
  const play =
    (finishes = 1) =>
    ({ options, ids }: Setup) => {
      const clock = new VirtualClock();
      const balancer = build(options, clock);
      const attempts = new Map<number, Stub.Attempt | undefined>();
      const act = ({ kind, id, attempt, ok }: Step): unknown => {
        if (kind === "add" || kind === "remove") return balancer[kind](id);
        if (kind === "start") {
          attempts.set(attempt, balancer.start());
          return attempts.get(attempt)?.id;
        }
        for (let i = 0; i < finishes; i += 1) attempts.get(attempt)?.finish(i === 0 ? ok : !ok);
        return "done";
      };
      return (made: Step): Answer => {
        clock.set(made.atMs);
        const before = clock.readings;
        const returned = act(made);
        const latencies = ids.map((id) => balancer.latency(id));
        const most = made.kind === "start" || made.kind === "finish" ? 1 : 0;
        within(clock.readings - before, 0, most, `readings of the clock in ${made.text}`);
        return { returned, latencies };
      };
    };

  check.referee(
    "picks-a-minimum",
    {
      rule: [1, 2, 3, 4, 5, 6, 7],
      points: 30,
      runs: 300,
      examples: [
        // a: 100 ms and idle, score 100. b: 40 ms and two under way, score 120.
        {
          setup: { options: { initialMs: 1 }, ids: ["a", "b"] },
          steps: [
            at(0, "add", { id: "a" }),
            at(0, "add", { id: "b" }),
            at(0, "start", { attempt: 1 }),
            at(0, "start", { attempt: 2 }),
            at(40, "finish", { attempt: 2 }),
            at(100, "finish", { attempt: 1 }),
            ...[3, 4, 5].map((attempt) => at(100, "start", { attempt })),
          ],
        },
      ],
    },
    fc.oneof(
      scripts(8, { start: 8, finish: 6, add: 2, remove: 1 }),
      scripts(3, { start: 10, finish: 10, add: 2, remove: 1 }, { ties: true }),
    ),
    { subject: play(), referee },
  );

  check.property(
    "average-is-exact-enough",
    { rule: [2, 6], points: 20 },
    fc.record({
      options: fc.tuple(numbers, alphas).map(([rest, alpha]): Numbers => ({ ...rest, alpha })),
      samples: fc.array(
        fc.record({
          startMs: fc.integer({ min: 0, max: 5_000 }),
          // Before the start as well: the clock steps back.
          tookMs: fc.oneof(fc.integer({ min: 0, max: 500 }), fc.integer({ min: -500, max: 0 })),
          ok: fc.constantFrom(true, true, false),
        }),
        { maxLength: 30, size: "max" },
      ),
    }),
    ({ options, samples }) => {
      const clock = new VirtualClock();
      const balancer = build(options, clock);
      balancer.add("a");
      const { alpha = 0.25, initialMs = 1, failurePenaltyMs = 1_000 } = options;
      let average = initialMs;
      const told: string[] = [];
      const look = (): void => {
        const latency = balancer.latency("a") ?? Number.NaN;
        const fits = Math.abs(latency - average) <= 1e-9 * Math.max(1e-3, average);
        const what = `latency("a") after samples of ${told.join(", ") || "nothing"}`;
        holds(fits, what, String(average), String(latency));
      };
      look();
      for (const [i, { startMs, tookMs, ok }] of samples.entries()) {
        clock.set(startMs);
        const attempt = balancer.start();
        clock.set(startMs + tookMs);
        attempt?.finish(ok);
        const sample = Math.max(0, tookMs + (ok ? 0 : failurePenaltyMs));
        average = i === 0 ? sample : (1 - alpha) * average + alpha * sample;
        told.push(`${sample} ms${ok ? "" : ` (a failure at ${tookMs} ms)`}`);
        look();
      }
    },
  );

  check.property(
    "cold-start-rotates",
    { rule: [1, 4], points: 15 },
    fc.record({
      ids: names(1, 8),
      rounds: fc.integer({ min: 1, max: 5 }),
      options: numbers,
      stepMs: fc.constantFrom(0, 0, 3, -3),
    }),
    ({ ids, rounds, options, stepMs }) => {
      const clock = new VirtualClock(1_000);
      const balancer = build(options, clock);
      for (const id of ids) balancer.add(id);
      const chosen = Array.from({ length: rounds * ids.length }, () => {
        clock.advance(stepMs);
        return balancer.start()?.id;
      });
      const expected = chosen.map((_, i) => ids[i % ids.length]);
      equal(chosen, expected, `the backends of the first ${chosen.length} attempts, none finished`);
    },
  );

  /** One worker sends so many requests, one after the other, and tells where they went. */
  const sendAll = (
    options: Numbers,
    backends: readonly { id: string; tookMs: number; ok: boolean }[],
    requests: number,
  ): (string | undefined)[] => {
    const clock = new VirtualClock();
    const balancer = build(options, clock);
    for (const { id } of backends) balancer.add(id);
    return Array.from({ length: requests }, () => {
      const attempt = balancer.start();
      const backend = backends.find(({ id }) => id === attempt?.id);
      clock.advance(backend?.tookMs ?? 0);
      attempt?.finish(backend?.ok ?? true);
      return attempt?.id;
    });
  };

  check.property(
    "prefers-the-fast",
    { rule: [1, 2, 4], points: 10 },
    fc.record({
      ids: names(2, 6),
      times: fc.uniqueArray(fc.integer({ min: 2, max: 400 }), { minLength: 6, maxLength: 6 }),
      alpha: alphas,
    }),
    ({ ids, times, alpha }) => {
      const backends = ids.map((id, i) => ({ id, tookMs: times[i]!, ok: true }));
      const chosen = sendAll({ alpha }, backends, ids.length + 10);
      const [fastest] = [...backends].sort((a, b) => a.tookMs - b.tookMs);
      const what = `where one worker's requests go, of ${literal(backends.map(({ id, tookMs }) => [id, tookMs]))} (ms)`;
      equal(chosen, [...ids, ...Array<unknown>(10).fill(fastest?.id)], what);
    },
  );

  check.property(
    "failure-costs",
    { rule: 2, points: 10 },
    fc.record({
      healthyMs: fc.integer({ min: 1, max: 99 }),
      failurePenaltyMs: fc.constantFrom(undefined, 1_000, 100),
      alpha: alphas,
    }),
    ({ healthyMs, failurePenaltyMs, alpha }) => {
      const options = failurePenaltyMs === undefined ? {} : { failurePenaltyMs };
      const backends = [
        { id: "fails at once", tookMs: 0, ok: false },
        { id: "healthy", tookMs: healthyMs, ok: true },
      ];
      const chosen = sendAll({ ...options, alpha }, backends, 40);
      const failures = chosen.slice(2).filter((id) => id !== "healthy").length;
      const what = `of the 38 requests after one to each, those to the backend that fails at once, beside one that takes ${healthyMs} ms`;
      within(failures, 0, 18, what);
    },
  );

  check.referee(
    "stale-and-double-finish",
    { rule: [1, 2, 3, 4, 5, 6], points: 10, runs: 150 },
    scripts(2, { start: 6, finish: 6, add: 3, remove: 2 }),
    { subject: play(3), referee },
  );

  const bad = (name: keyof Numbers, value: number) => ({
    call: `new LeastResponseTime({ clock, ${name}: ${value} })`,
    error: "RangeError",
    run: () => build({ [name]: value }),
  });
  let shared: Stub.LeastResponseTime | undefined;
  const pool = (): Stub.LeastResponseTime => {
    if (shared === undefined) (shared = build({})).add("a");
    return shared;
  };
  const notFinite = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  check.throws("bad-input", { rule: 7, points: 5 }, [
    ...[0, -0.25, 1.25, ...notFinite].map((alpha) => bad("alpha", alpha)),
    ...[0, -1, ...notFinite].map((initialMs) => bad("initialMs", initialMs)),
    ...[-1, -0.5, ...notFinite].map((penaltyMs) => bad("failurePenaltyMs", penaltyMs)),
    {
      call: 'add("")',
      error: "TypeError",
      run: () => pool().add(""),
      unchanged: () => [pool().latency(""), pool().latency("a")],
    },
  ]);
});
