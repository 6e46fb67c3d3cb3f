/** Judges `token-bucket`. Rules are those of katas/rate-limiting/token-bucket/README.md. */
import fc from "fast-check";
import { defineSpec, equal, holds, notIntegersIn, within } from "kata/harness";
import { VirtualClock } from "kata/kit";
import type * as Stub from "../../katas/rate-limiting/token-bucket/stub.ts";
import {
  type Rate,
  type Setup,
  type Limiter,
  naive,
  play,
  keyOf,
  tell,
  onesAt,
  range,
  dyadic,
  fractional,
  slow,
  large,
  scripts,
} from "./token-bucket.model.ts";

defineSpec<typeof Stub>("token-bucket", ({ TokenBucket }, check) => {
  const open = (
    setup: Setup,
    watch?: (decision: Stub.Decision, readings: number) => void,
  ): Limiter => {
    const { startMs, ...rate } = setup;
    const clock = new VirtualClock(startMs);
    const bucket = new TokenBucket({ clock, ...rate });
    return (at, key, cost) => {
      clock.set(startMs + at);
      const before = clock.readings;
      const decision = bucket.tryAcquire(key, cost);
      watch?.(decision, clock.readings - before);
      return facts(decision);
    };
  };
  const systems = {
    subject: (setup: Setup) => play(open(setup)),
    model: (setup: Setup) => play(naive(setup)),
  };

  check.model(
    "matches-model-dyadic",
    { rule: [1, 2, 3, 4, 6, 7, 8], points: 35, runs: 200 },
    scripts(dyadic),
    systems,
  );

  check.model(
    "exact-fractions",
    {
      rule: 5,
      points: 15,
      runs: 150,
      examples: [
        // The table of the statement.
        {
          setup: { startMs: 0, capacity: 3, refillTokens: 1, refillMs: 100 },
          steps: onesAt(0, 0, 0, 0, 50, 100, 250, 300, 10_000),
        },
      ],
    },
    scripts(fc.oneof(fractional, slow, large), { polls: true }),
    systems,
  );

  check.property(
    "burst-plus-rate",
    {
      rule: [1, 2],
      points: 15,
      runs: 200,
      examples: [
        // The double burst at the edge of a fixed window.
        {
          setup: { startMs: 0, capacity: 2, refillTokens: 2, refillMs: 200 },
          steps: onesAt(0, 199, 199, 200, 200),
        },
      ],
    },
    scripts(fc.oneof(dyadic, fractional), { leastMs: 0 }),
    ({ setup, steps }) => {
      const limiter = open(setup);
      const passed = steps.filter(({ at, tryAcquire }) => limiter(at, ...tryAcquire).allowed);
      for (const [first, from] of passed.entries()) {
        const key = keyOf(from);
        let taken = 0;
        for (const to of passed.slice(first).filter((call) => keyOf(call) === key)) {
          taken += to.tryAcquire[1];
          const refilled = Math.floor(((to.at - from.at) * setup.refillTokens) / setup.refillMs);
          const what = `tokens that ${JSON.stringify(key)} took from ${from.at} to ${to.at} ms`;
          within(taken, 0, setup.capacity + refilled, what);
        }
      }
    },
  );

  check.property(
    "no-waste",
    { rule: [1, 5], points: 10 },
    fc.record({ rate: fc.oneof(dyadic, fractional), lastMs: range(0, 200) }).map((input) => {
      // What arrives in a ms must fit on top of the largest fraction that can be left.
      const { refillTokens, refillMs, capacity } = input.rate;
      const least = Math.ceil((refillMs - 1 + refillTokens) / refillMs);
      return { ...input, rate: { ...input.rate, capacity: Math.max(capacity, least) } };
    }),
    ({ rate, lastMs }) => {
      const limiter = open(rate);
      let passed = 0;
      for (let at = 0; at <= lastMs; at += 1) {
        const expected = rate.capacity + Math.floor((at * rate.refillTokens) / rate.refillMs);
        while (passed <= expected && limiter(at, "a").allowed) passed += 1;
        const loop = 'while (tryAcquire("a").allowed) passed += 1';
        equal(passed, expected, `passed, after "${loop}" in every ms from 0 to ${at}`);
      }
    },
  );

  check.property(
    "retry-after-exact",
    { rule: [4, 6], points: 15, runs: 200 },
    scripts(fc.oneof(dyadic, fractional), { longest: 10 }),
    ({ setup, steps }) => {
      const limiter = open(setup);
      let nowMs = 0;
      for (const [index, call] of steps.entries()) {
        const [key, cost] = call.tryAcquire;
        const { allowed, retryAfterMs } = limiter(call.at, key, cost);
        nowMs = Math.max(nowMs, call.at);
        if (allowed) continue;
        const never = cost > setup.capacity || setup.refillTokens === 0;
        const [good, expected] = never
          ? [retryAfterMs === Infinity, "Infinity"]
          : [Number.isInteger(retryAfterMs) && retryAfterMs >= 1, "an integer >= 1"];
        holds(good, `retryAfterMs of ${tell(call)}, denied`, expected, String(retryAfterMs));
        for (const passes of never ? [] : [false, true]) {
          const replay = open(setup);
          for (const { at, tryAcquire } of steps.slice(0, index + 1)) replay(at, ...tryAcquire);
          const at = nowMs + retryAfterMs - (passes ? 0 : 1);
          const what = `allowed of ${tell({ ...call, at })}, once denied at ${nowMs} ms`;
          equal(replay(at, key, cost).allowed, passes, `${what} with retryAfterMs ${retryAfterMs}`);
        }
      }
    },
  );

  check.property(
    "denied-is-free-and-keys-independent",
    {
      rule: [2, 6, 8],
      points: 5,
      examples: [
        // A crowd must not push out a bucket that is not full.
        {
          setup: { startMs: 0, capacity: 1, refillTokens: 1, refillMs: 1_000 },
          steps: onesAt(0, 500),
          crowd: 12_000,
        },
      ],
    },
    fc
      .tuple(scripts(fc.oneof(dyadic, fractional), { leastMs: 0 }), fc.nat(3))
      .map(([script, crowd]) => ({ ...script, crowd })),
    ({ setup, steps, crowd }) => {
      const held: { decision: Stub.Decision; readings: number }[] = [];
      const limiter = open(setup, (decision, readings) => held.push({ decision, readings }));
      const calls = steps.map((step) => ({ ...step, was: play(limiter)(step) }));
      for (const [index, call] of calls.entries()) {
        const { decision, readings } = held[index]!;
        within(readings, 0, 1, `clock readings of ${tell(call)}`);
        equal(facts(decision), call.was, `the decision of ${tell(call)}, read after later calls`);
      }
      const replay = (kept: typeof calls, when: string, again = open(setup)): void => {
        for (const call of kept) equal(play(again)(call), call.was, `${tell(call)}, ${when}`);
      };
      const allowed = calls.filter((_, index) => held[index]!.decision.allowed);
      replay(allowed, "once the denied calls are left out");
      for (const mine of new Set(steps.map(keyOf))) {
        const kept = calls.filter((call) => keyOf(call) === mine);
        replay(kept, "once the calls for other keys are left out");
      }
      const crowded = open(setup);
      replay(calls.slice(0, -1), "in a second limiter", crowded);
      for (let i = 0; i < crowd; i += 1) crowded(steps.at(-1)!.at, `crowd-${i}`);
      replay(calls.slice(-1), `after calls for other keys, ${crowd} in all`, crowded);
    },
  );

  const build = (changes: Partial<Rate>): Stub.TokenBucket => {
    const rate = { capacity: 3, refillTokens: 1, refillMs: 100, ...changes };
    return new TokenBucket({ clock: new VirtualClock(), ...rate });
  };
  const badOption = (name: keyof Rate, min: number, max: number) =>
    notIntegersIn(min, max).map((value) => ({
      call: `new TokenBucket({ ..., ${name}: ${value} })`,
      error: "RangeError",
      run: () => build({ [name]: value }),
    }));
  let shared: Stub.TokenBucket | undefined;
  /** A bucket with 1 token left of 3. */
  const bucket = (): Stub.TokenBucket => {
    if (shared === undefined) (shared = build({})).tryAcquire("a", 2);
    return shared;
  };
  check.throws("bad-input", { rule: 9, points: 5 }, [
    ...badOption("capacity", 0, 1_000_000),
    ...badOption("refillTokens", 0, 1_000_000),
    ...badOption("refillMs", 1, 1_000_000_000),
    ...[-1, ...notIntegersIn(1, Number.MAX_SAFE_INTEGER)].map((cost) => ({
      call: `tryAcquire("a", ${cost})`,
      error: "RangeError",
      run: () => bucket().tryAcquire("a", cost),
      // A call that is denied shows the fill and leaves it alone.
      unchanged: () => ["a", "b"].map((key) => facts(bucket().tryAcquire(key, 4))),
    })),
  ]);
});

/** What a decision says, whatever else the object carries. */
function facts({ allowed, remaining, retryAfterMs }: Stub.Decision): Stub.Decision {
  return { allowed, remaining, retryAfterMs };
}
