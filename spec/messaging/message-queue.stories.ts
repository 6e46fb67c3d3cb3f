/** Scripts of calls for `message-queue`: sends, receives and returns around the deadlines. */
import fc from "fast-check";
import { literal, verbatim, type Script } from "kata/harness";
import type { Numbers, Setup, Step } from "./message-queue.model.ts";

type On = keyof Setup;
/** What a step depends on: the visibility of the first queue, and bodies that are not yet sent. */
interface Context {
  readonly visibilityMs: number;
  readonly nextBody: () => unknown;
}
type Move = (context: Context) => Step[];

/** More than a script sends. */
const LETTERS = Array.from({ length: 100 }, (_, i) => {
  return String.fromCharCode(65 + (i % 26)) + (i < 26 ? "" : String(Math.floor(i / 26)));
});
const ODD_BODIES = [undefined, null, "", 0, false, Number.NaN, ...LETTERS];
const BEHIND = { queue: "dlq", dlq: "dlq2", dlq2: "dlq2" } as const;
const RECEIPTS = ["first", "second", "third"];

/** So many half visibility times and some ms more or less. */
const spans = fc
  .tuple(fc.constantFrom(2, 1, 0, 4), fc.constantFrom(0, -1, 1))
  .map(([halves, off]) => (visibilityMs: number): number => {
    return Math.max(0, Math.ceil((halves * visibilityMs) / 2) + off);
  });
const upTo = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });
const groups = fc.constantFrom("g", "h", "__proto__");

export function send(on: On, body: unknown, options?: object): Step {
  const args: [unknown, object?] = options === undefined ? [body] : [body, options];
  return { ...verbatim(`${on}.send(${args.map(literal).join(", ")})`), method: "send", on, args };
}

export function receive(on: On, max?: number): Step {
  const args: [number?] = max === undefined ? [] : [max];
  return { ...verbatim(`${on}.receive(${args.join("")})`), method: "receive", on, args };
}

export function wait(ms: number): Step {
  const text = ms < 0 ? `the clock steps back ${-ms} ms` : `${ms} ms pass`;
  return { ...verbatim(text), method: "wait", ms };
}

export function counts(on: On): Step {
  return { ...verbatim(`${on}.counts()`), method: "counts", on };
}

/** `which` counts the receipts of the queue as `.at()` does. */
export function settle(
  on: On,
  method: "ack" | "nack" | "extend",
  which: number | string,
  ...args: [] | [number]
): Step {
  const name = typeof which === "string" ? JSON.stringify(which) : `${nameOf(which)} receipt`;
  return { ...verbatim(`${on}.${method}(${[name, ...args].join(", ")})`), method, on, which, args };
}

function nameOf(which: number): string {
  if (which >= 0) return RECEIPTS[which] ?? `${which + 1}th`;
  return which === -1 ? "last" : `last but ${-1 - which}`;
}

const moves = (on: On) => {
  const which = fc.oneof(
    { withCrossShrink: true },
    { arbitrary: fc.constantFrom<number | string>(-1, -2, -3, -4), weight: 8 },
    { arbitrary: fc.constantFrom<number | string>(0, 1, "", "1", "__proto__"), weight: 1 },
  );
  const acks = which.map((which): Move => () => [settle(on, "ack", which)]);
  return {
    send: upTo(3).map(
      (many): Move =>
        ({ nextBody }) =>
          Array.from({ length: many }, () => send(on, nextBody())),
    ),
    delay: spans.map((span): Move => ({ visibilityMs, nextBody }) => [
      send(on, nextBody(), { delayMs: span(visibilityMs) }),
    ]),
    longest: fc.constantFrom<Move>(
      ({ nextBody }) => [send(on, nextBody(), { delayMs: 900_000 }), wait(899_999), receive(on)],
      () => [settle(on, "nack", -1, 900_000), wait(900_000), receive(on, 10)],
    ),
    group: fc.tuple(groups, upTo(3)).map(
      ([group, many]): Move =>
        ({ nextBody }) =>
          Array.from({ length: many }, () => send(on, nextBody(), { group })),
    ),
    "group delay": fc
      .tuple(groups, spans)
      .map(([group, span]): Move => ({ visibilityMs, nextBody }) => [
        send(on, nextBody(), { group, delayMs: span(visibilityMs) }),
      ]),
    receive: fc.constantFrom(undefined, 1, 2, 3, 10).map((max): Move => () => [receive(on, max)]),
    ack: acks,
    nack: fc.tuple(which, fc.option(spans, { nil: undefined })).map(
      ([which, span]): Move =>
        ({ visibilityMs }) =>
          span === undefined
            ? [settle(on, "nack", which)]
            : [settle(on, "nack", which, span(visibilityMs))],
    ),
    extend: fc
      .tuple(which, spans)
      .map(([which, span]): Move => ({ visibilityMs }) => [
        settle(on, "extend", which, Math.max(1, span(visibilityMs))),
      ]),
    wait: spans.map((span): Move => ({ visibilityMs }) => [wait(Math.max(1, span(visibilityMs)))]),
    // Each queue has read the clock before it steps back: whether constructors read it is open.
    back: upTo(20).map((ms): Move => () => [
      counts("queue"),
      counts("dlq"),
      counts("dlq2"),
      wait(-ms),
    ]),
    // All that are in flight expire, one of them at another time; some may be dead by then.
    storm: fc
      .tuple(which, spans, fc.constantFrom(0, 3, 10))
      .map(([which, span, max]): Move => ({ visibilityMs }) => [
        receive(on, 10),
        settle(on, "extend", which, Math.max(1, span(visibilityMs))),
        wait(2 * visibilityMs + 1),
        counts(on),
        ...(max === 0 ? [] : [receive(BEHIND[on], max)]),
      ]),
    // Eight with deadlines of their own; one is gone before, and then time passes bit by bit.
    spread: fc
      .tuple(fc.array(upTo(30), { minLength: 8, maxLength: 8 }), upTo(8))
      .map(([deadlines, gone]): Move => ({ nextBody }) => [
        ...deadlines.map(() => send(on, nextBody())),
        receive(on, 10),
        ...deadlines.map((ms, i) => settle(on, "extend", i - 8, ms)),
        settle(on, "ack", -gone),
        ...[3, 3, 3, 3, 3, 3, 3, 3, 3].flatMap((ms) => [wait(ms), counts(on)]),
      ]),
    counts: fc.constant<Move>(() => [counts(on)]),
  };
};
type MoveName = keyof ReturnType<typeof moves>;
type Weights = Partial<Record<MoveName, number>>;

const optional = (numbers: fc.Arbitrary<number>) => fc.option(numbers, { nil: undefined });
/** Numbers of one queue; what is left out is not in the object. */
export function numbers(limits: {
  readonly [name in keyof Numbers]: fc.Arbitrary<number | undefined>;
}): fc.Arbitrary<Numbers> {
  return fc.record(limits).map((drawn) => {
    return Object.fromEntries(Object.entries(drawn).filter(([, value]) => value !== undefined));
  });
}

const visibilityMs = fc.constantFrom(10, 10, 3, 1, undefined);
export const roomy: fc.Arbitrary<Setup> = fc.record({ queue: numbers({ visibilityMs }) });
export const any: fc.Arbitrary<Setup> = fc.oneof(
  { withCrossShrink: true },
  roomy,
  fc.record({ queue: numbers({ visibilityMs, maxSize: optional(upTo(5)) }) }),
  fc.record({
    queue: numbers({ visibilityMs, maxSize: optional(upTo(6)), maxReceives: upTo(3) }),
    dlq: numbers({ visibilityMs: fc.constantFrom(10, 25), maxSize: optional(upTo(3)) }),
  }),
);
/** Three queues in a row; the first two give up soon. */
export const chain: fc.Arbitrary<Setup> = fc.record({
  queue: numbers({ visibilityMs, maxReceives: upTo(3), maxSize: optional(upTo(6)) }),
  dlq: numbers({
    visibilityMs: fc.constantFrom(10, 4),
    maxReceives: upTo(2),
    maxSize: fc.constantFrom(undefined, undefined, 1, 2, 3),
  }),
  dlq2: numbers({ maxSize: fc.constantFrom(undefined, 1, 2) }),
});

/** Scripts of moves drawn by weight, on the queue and, if there are any, on those behind it. */
export function scripts(
  setups: fc.Arbitrary<Setup>,
  weights: Weights,
  deadWeights: Weights = {},
): fc.Arbitrary<Script<Setup, Step>> {
  const drawn = (on: On, weights: Weights) =>
    Object.entries(weights).map(([name, weight]) => {
      return { arbitrary: moves(on)[name as MoveName], weight };
    });
  const choices = [
    ...drawn("queue", weights),
    ...drawn("dlq", deadWeights),
    ...drawn("dlq2", deadWeights),
  ];
  return fc
    .record({
      setup: setups,
      made: fc.array(fc.oneof(...choices), { maxLength: 30, size: "max" }),
      bodies: fc.constantFrom(LETTERS, ODD_BODIES),
    })
    .map(({ setup, made, bodies }) => {
      let sent = 0;
      const nextBody = (): unknown => bodies[(sent += 1) - 1];
      const context = { visibilityMs: setup.queue.visibilityMs ?? 30_000, nextBody };
      const steps = made.flatMap((move) => move(context));
      return { setup, steps: steps.filter((step) => !("on" in step) || step.on in setup) };
    });
}
