import { VirtualClock } from "../../kit/virtual-clock.ts";
import type { Clock } from "../../kit/ports.ts";
import { notIntegersIn } from "../arbitraries/bad-numbers.ts";
import type { Player, Script, ThrowCase } from "../check.ts";
import { equal, holds, within } from "../violation.ts";
import type { LimiterCall } from "./limiter-scripts.ts";

/** What every rate limiter answers to a request. */
export interface LimiterAnswer {
  readonly allowed: boolean;
  readonly remaining: number;
  readonly retryAfterMs: number;
}

export interface Limiter<Answer> {
  tryAcquire(key: string, cost?: number): Answer;
}

/** A call that was allowed, at the largest reading so far. */
export interface Passed<Answer> {
  readonly key: string;
  readonly cost: number;
  readonly atMs: number;
  readonly answer: Answer;
}

/** What rate limiters of any kind have in common, as predicates over scripts. */
export interface LimiterLaws<Setup, Answer> {
  /** The subject, as a player for `check.model`. */
  readonly play: (setup: Setup) => (call: LimiterCall) => Answer;
  /** The allowed calls of a script, in order; a call without a cost counts 1. */
  readonly passed: (script: Script<Setup, LimiterCall>) => Passed<Answer>[];
  /**
   * A denied call is denied 1 ms before its `retryAfterMs` is over and allowed when it is over, each
   * in a replay of its own; it is Infinity exactly where `never` says so.
   */
  readonly retryAfterExact: (
    never: (setup: Setup, cost: number) => boolean,
  ) => (script: Script<Setup, LimiterCall>) => void;
  /**
   * Without its denied calls, or one of them, a script has the same answers. For scripts that do not
   * step back.
   */
  readonly deniedIsFree: (script: Script<Setup, LimiterCall>) => void;
  /**
   * Calls for other keys, `crowd` more of them, and other limiters change no answer; an answer stays
   * as it was, and a call reads the clock at most once. For scripts that do not step back.
   */
  readonly keysAreIndependent: (
    script: Script<Setup, LimiterCall> & { readonly crowd: number },
  ) => void;
  /** Costs that are a RangeError; `denied` is a cost that the limiter denies for ever. */
  readonly badCosts: (setup: Setup, denied: number) => ThrowCase[];
}

/** The laws of the limiters that `build` makes; `facts` picks the fields of an answer that count. */
export function limiterLaws<Setup, Answer extends LimiterAnswer>(
  build: (setup: Setup, clock: Clock) => Limiter<Answer>,
  facts: (answer: Answer) => Answer,
): LimiterLaws<Setup, Answer> {
  type Calls = readonly LimiterCall[];
  type Answered = { readonly call: LimiterCall; readonly was: Answer };
  type Watch = (answer: Answer, readings: number) => void;

  const open = (setup: Setup, watch?: Watch): ((call: LimiterCall) => Answer) => {
    const clock = new VirtualClock();
    const limiter = build(setup, clock);
    return ({ at, tryAcquire }) => {
      clock.set(at);
      const before = clock.readings;
      const answer = limiter.tryAcquire(...tryAcquire);
      watch?.(answer, clock.readings - before);
      return facts(answer);
    };
  };

  const answered = (setup: Setup, steps: Calls): Answered[] => {
    const ask = open(setup);
    return steps.map((call) => ({ call, was: ask(call) }));
  };

  const compare = (ask: Player<LimiterCall>, kept: readonly Answered[], when: string): void => {
    for (const { call, was } of kept) equal(ask(call), was, `${tell(call)}, ${when}`);
  };

  return {
    play: (setup) => open(setup),

    passed: ({ setup, steps }) => {
      let nowMs = 0;
      return answered(setup, steps).flatMap(({ call: { at, tryAcquire }, was }) => {
        nowMs = Math.max(nowMs, at);
        const [key, cost = 1] = tryAcquire;
        return was.allowed ? [{ key, cost, atMs: nowMs, answer: was }] : [];
      });
    },

    retryAfterExact:
      (never) =>
      ({ setup, steps }) => {
        let nowMs = 0;
        for (const [index, { call, was }] of answered(setup, steps).entries()) {
          nowMs = Math.max(nowMs, call.at);
          if (was.allowed) continue;
          const wait = was.retryAfterMs;
          const [good, expected] = never(setup, call.tryAcquire[1] ?? 1)
            ? [wait === Infinity, "Infinity"]
            : [Number.isInteger(wait) && wait >= 1, "an integer >= 1"];
          holds(good, `retryAfterMs of ${tell(call)}, denied`, expected, String(wait));
          for (const passes of wait === Infinity ? [] : [false, true]) {
            const again = open(setup);
            for (const each of steps.slice(0, index + 1)) again(each);
            const later = { ...call, at: nowMs + wait - (passes ? 0 : 1) };
            const what = `allowed of ${tell(later)}, denied at ${nowMs} ms with retryAfterMs ${wait}`;
            equal(again(later).allowed, passes, what);
          }
        }
      },

    deniedIsFree: ({ setup, steps }) => {
      const all = answered(setup, steps);
      const [kept, denied] = [true, false].map((yes) =>
        all.filter(({ was }) => was.allowed === yes),
      );
      compare(open(setup), kept ?? [], "once the denied calls are left out");
      for (const one of denied ?? []) {
        const others = all.filter((each) => each !== one);
        compare(open(setup), others, `once the denied ${tell(one.call)} is left out`);
      }
    },

    keysAreIndependent: ({ setup, steps, crowd }) => {
      const held: (Answered & { readonly answer: Answer })[] = [];
      const ask = open(setup, (answer, readings) => {
        const call = steps[held.length] as LimiterCall;
        within(readings, 0, 1, `clock readings of ${tell(call)}`);
        held.push({ call, was: facts(answer), answer });
      });
      for (const call of steps) ask(call);
      for (const { call, was, answer } of held) {
        equal(facts(answer), was, `the answer to ${tell(call)}, read after later calls`);
      }
      for (const mine of new Set(steps.map(({ tryAcquire: [key] }) => key))) {
        const kept = held.filter(({ call }) => call.tryAcquire[0] === mine);
        compare(open(setup), kept, "once the calls for other keys are left out");
      }
      const crowded = open(setup);
      compare(crowded, held.slice(0, -1), "in a second limiter");
      const last = held.slice(-1);
      for (const { call } of last) {
        for (let i = 0; i < crowd; i += 1) crowded({ ...call, tryAcquire: [`crowd-${i}`] });
      }
      compare(crowded, last, `after calls for ${crowd} other keys`);
    },

    badCosts: (setup, denied) => {
      let made: Limiter<Answer> | undefined;
      const limiter = (): Limiter<Answer> => {
        if (made === undefined) (made = build(setup, new VirtualClock())).tryAcquire("a", 1);
        return made;
      };
      return [-1, ...notIntegersIn(1, Number.MAX_SAFE_INTEGER)].map((cost) => ({
        call: `tryAcquire("a", ${cost})`,
        error: "RangeError",
        run: () => limiter().tryAcquire("a", cost),
        // A call that is denied shows the state and leaves it alone.
        unchanged: () => ["a", "b"].map((key) => facts(limiter().tryAcquire(key, denied))),
      }));
    },
  };
}

function tell({ at, tryAcquire }: LimiterCall): string {
  const words = tryAcquire.map((word) => JSON.stringify(word)).join(", ");
  return `tryAcquire(${words}) at ${at} ms`;
}
