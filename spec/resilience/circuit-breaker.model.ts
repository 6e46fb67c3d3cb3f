/** What `circuit-breaker` is compared with: a naive breaker, and scripts of steps for both. */
import fc from "fast-check";
import { type Player, type Script } from "kata/harness";
import { VirtualClock } from "kata/kit";
import type * as Stub from "../../katas/resilience/circuit-breaker/stub.ts";

export type Outcome = "success" | "failure" | "ignore";
type Callback = "only logs" | "throws" | "takes a permit" | "fails a call";
export type Numbers = Omit<Stub.BreakerOptions, "clock" | "onStateChange">;
type Setup = Numbers & { readonly callback?: Callback };
export type Build = (options: Stub.BreakerOptions) => Stub.CircuitBreaker;

/** Each tryAcquire has a number; an outcome names the permit that it gave, if it gave one. */
type Step =
  | readonly ["tryAcquire" | Outcome | "wait", number]
  | readonly ["state" | "alter the options object" | "open another breaker"];

/** The statement word for word: each decision looks through the whole period again. */
export class NaiveBreaker implements Stub.CircuitBreaker {
  readonly #options: Stub.BreakerOptions;
  #period = {
    state: "closed" as Stub.BreakerState,
    fromMs: 0,
    ends: [] as (Outcome | undefined)[],
  };
  #log: Outcome[] = [];

  constructor(options: Stub.BreakerOptions) {
    this.#options = { ...options };
  }

  get state(): Stub.BreakerState {
    const isDue = this.#options.clock.now() >= this.#period.fromMs + this.#options.openMs;
    if (this.#period.state === "open" && isDue) this.#turn("half-open");
    return this.#period.state;
  }

  tryAcquire(): Stub.Permit | null {
    const { state } = this;
    const period = this.#period;
    const probes = period.ends.filter((end) => end !== "ignore").length;
    if (state === "open") return null;
    if (state === "half-open" && probes >= this.#options.halfOpenCalls) return null;
    const place = period.ends.push(undefined) - 1;
    const settle = (outcome: Outcome) => (): void => {
      if (period.ends[place] !== undefined) return;
      period.ends[place] = outcome;
      if (period === this.#period && outcome !== "ignore") this.#record(outcome);
    };
    return { success: settle("success"), failure: settle("failure"), ignore: settle("ignore") };
  }

  #record(outcome: Outcome): void {
    const { windowSize, minimumCalls, failureThreshold, halfOpenCalls } = this.#options;
    this.#log.push(outcome);
    if (this.#period.state === "half-open") {
      if (outcome === "failure") this.#turn("open");
      else if (this.#log.length === halfOpenCalls) this.#turn("closed");
      return;
    }
    const window = this.#log.slice(-windowSize);
    const rate = window.filter((end) => end === "failure").length / window.length;
    if (window.length >= minimumCalls && rate >= failureThreshold) this.#turn("open");
  }

  #turn(to: Stub.BreakerState): void {
    const from = this.#period.state;
    this.#period = { state: to, fromMs: this.#options.clock.now(), ends: [] };
    this.#log = [];
    this.#options.onStateChange?.(from, to);
  }
}

/**
 * Plays steps on one breaker. It tells the result of each step and, without a callback, the state
 * after it; with one, the changes that were reported. No look at the state follows a `wait`.
 */
export const play =
  (build: Build) =>
  ({ callback, ...numbers }: Setup): Player<Step> => {
    const clock = new VirtualClock();
    const changes: string[] = [];
    let depth = 0;
    const onStateChange = (from: Stub.BreakerState, to: Stub.BreakerState): void => {
      // A subject that changes state again and again inside its callback must not end the run.
      if (depth > 3) return;
      depth += 1;
      try {
        changes.push(`${from} -> ${to}, ${breaker.state} inside`);
        if (callback === "throws") throw new Error("from the callback");
        const permit = callback === "only logs" ? null : breaker.tryAcquire();
        if (callback === "fails a call") permit?.failure();
      } finally {
        depth -= 1;
      }
    };
    const options = { ...numbers, clock, ...(callback === undefined ? {} : { onStateChange }) };
    const breaker = build(options);
    const permits = new Map<number, Stub.Permit | null>();
    const act = ([kind, value = 0]: Step): string => {
      if (kind === "state") return breaker.state;
      if (kind === "wait") {
        clock.advance(value);
        return `now ${clock.now()} ms`;
      }
      if (kind === "tryAcquire") {
        const permit = breaker.tryAcquire();
        permits.set(value, permit);
        return permit === null ? "refused" : "granted";
      }
      if (kind === "alter the options object") {
        const others = { windowSize: 1, minimumCalls: 1, openMs: 1, halfOpenCalls: 9 };
        Object.assign(options, { ...others, failureThreshold: 1 / 16 });
        return "done";
      }
      if (kind === "open another breaker") {
        const other = build({ ...numbers, clock });
        for (let i = 0; i < numbers.windowSize; i += 1) other.tryAcquire()?.failure();
        return `that one is ${other.state}`;
      }
      const permit = permits.get(value);
      permit?.[kind]();
      return permit ? "settled" : "no permit";
    };
    return (step) => {
      changes.length = 0;
      if (callback === undefined) {
        const result = act(step);
        return step[0] === "wait" || step[0] === "state" ? result : `${result}, ${breaker.state}`;
      }
      try {
        return [act(step), ...changes];
      } catch (error) {
        return [`throws ${String(error)}`, ...changes];
      }
    };
  };

/** So many whole calls in a row with the same outcome. */
export type Run = readonly [Outcome, number];

/** Plays runs of calls and tells the state after each; a run ends where the breaker opens. */
export const playRuns =
  (build: Build) =>
  (numbers: Numbers): Player<Run> => {
    const breaker = build({ ...numbers, clock: new VirtualClock() });
    return ([outcome, count]) => {
      for (let i = 1; i <= count; i += 1) {
        const permit = breaker.tryAcquire();
        if (permit === null) return "refused";
        permit[outcome]();
        if (breaker.state !== "closed") return `${breaker.state} after ${i} of ${count}`;
      }
      return "closed";
    };
  };

export const OPEN_MS = 10;
const upTo2 = fc.integer({ min: 1, max: 2 });
const outcomes = fc.constantFrom<Outcome>("success", "failure", "ignore");
export const mostlyFailures = fc.oneof(fc.constant<Outcome>("failure"), outcomes);

export function numbers(maxWindow: number, maxProbes: number): fc.Arbitrary<Numbers> {
  return fc
    .record({
      windowSize: fc.integer({ min: 1, max: maxWindow }),
      spare: fc.oneof(fc.constant(0), fc.nat(maxWindow)),
      sixteenths: fc.oneof(fc.constantFrom(8, 16, 4), fc.integer({ min: 1, max: 16 })),
      halfOpenCalls: fc.integer({ min: 1, max: maxProbes }),
    })
    .map(({ windowSize, spare, sixteenths, halfOpenCalls }) => ({
      windowSize,
      minimumCalls: Math.max(1, windowSize - spare),
      failureThreshold: sixteenths / 16,
      openMs: OPEN_MS,
      halfOpenCalls,
    }));
}

function calls(outcome: Outcome, count: number): Step[] {
  const call = (): Step[] => [
    ["tryAcquire", 0],
    [outcome, 0],
  ];
  return Array.from({ length: count }, call).flat();
}

/**
 * Short sequences of steps. Calls are numbered later: here an outcome names the n-th newest of the
 * unsettled ones (0, 1, 2), the n-th oldest (-1, -2), or else the one that was settled last.
 */
const MOVES = {
  hold: fc.constant<Step[]>([["tryAcquire", 0]]),
  calls: fc
    .tuple(mostlyFailures, fc.integer({ min: 1, max: 3 }))
    .map(([outcome, count]) => calls(outcome, count)),
  settle: fc.tuple(outcomes, fc.integer({ min: -2, max: 3 })).map((step): Step[] => [step]),
  wait: fc.constantFrom(OPEN_MS, 1, OPEN_MS - 1, 2 * OPEN_MS).map((ms): Step[] => [["wait", ms]]),
  outage: upTo2.map((count): Step[] => [...calls("failure", count), ["wait", OPEN_MS]]),
  repair: upTo2.map((count) => calls("success", count)),
  state: fc.constant<Step[]>([["state"]]),
  outside: fc.constantFrom<Step[]>([["alter the options object"]], [["open another breaker"]]),
};

/** Scripts of moves drawn by weight, behind a fixed beginning. */
export function scripts(
  setups: fc.Arbitrary<Setup>,
  weights: Partial<Record<keyof typeof MOVES, number>>,
  beginning: readonly Step[] = [],
): fc.Arbitrary<Script<Setup, Step>> {
  const moves = Object.entries(weights).map(([name, weight]) => {
    return { arbitrary: MOVES[name as keyof typeof MOVES], weight };
  });
  return fc
    .record({ setup: setups, moves: fc.array(fc.oneof(...moves), { maxLength: 25, size: "max" }) })
    .map((made) => ({ setup: made.setup, steps: numbered([...beginning, ...made.moves.flat()]) }));
}

function numbered(steps: readonly Step[]): Step[] {
  let calls = 0;
  let settledLast = 0;
  const unsettled: number[] = [];
  return steps.flatMap((step): Step[] => {
    if (step[0] === "tryAcquire") {
      unsettled.push((calls += 1));
      return [[step[0], calls]];
    }
    if (step.length === 1 || step[0] === "wait") return [step];
    const call = unsettled.at(-1 - step[1]) ?? settledLast;
    if (unsettled.includes(call)) unsettled.splice(unsettled.indexOf(call), 1);
    settledLast = call;
    return call === 0 ? [] : [[step[0], call]];
  });
}
