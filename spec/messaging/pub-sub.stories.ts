/** Scripts of calls for `pub-sub`: few clients, few topics, and callbacks that use the broker. */
import fc from "fast-check";
import { call, verbatim, type Script } from "kata/harness";
import { CONDITIONS, type Method, type Reaction, type Setup } from "./pub-sub.model.ts";
import type { Step } from "./pub-sub.model.ts";

const CLIENTS = ["x", "y", "z", "__proto__"];
const TOPICS = ["a", "a/b", "b", "a/b/c", "$x/b"];
const FILTERS = ["a", "a/b", "a/+", "+", "a/#", "+/b", "$x/+"];
/**
 * What callbacks subscribe to. Nothing else does, and each of these at most once for a client: whether
 * a filter that matched, was given up and is back before its turn still counts is left open.
 */
const INNER_FILTERS = ["#", "+/#", "a/b/#", "+/+"];

const step = (method: Method, ...args: unknown[]): Step => call(method, ...args);
const clients = fc.constantFrom(...CLIENTS);
const topics = fc.constantFrom(...TOPICS);
const payloads = fc.oneof(fc.nat(9), fc.constantFrom<unknown>("text", undefined, { n: 1 }, [1]));
const durables = fc.constantFrom(undefined, { durable: true }, { durable: false });
const wheres = fc.constantFrom(...Object.keys(CONDITIONS));
const connect = (client: string, options: object | undefined): Step =>
  options === undefined ? step("connect", client) : step("connect", client, options);

const MOVES = {
  arrive: fc
    .tuple(clients, durables, fc.constantFrom(...FILTERS))
    .map(([client, options, filter]) => [
      connect(client, options),
      step("subscribe", client, filter),
    ]),
  connect: fc.tuple(clients, durables).map(([client, options]) => [connect(client, options)]),
  disconnect: clients.map((client) => [step("disconnect", client)]),
  forget: clients.map((client) => [step("forget", client)]),
  subscribe: fc
    .tuple(clients, fc.constantFrom(...FILTERS))
    .map(([client, filter]) => [step("subscribe", client, filter)]),
  where: fc
    .tuple(clients, fc.constantFrom(...FILTERS), wheres)
    .map(([client, filter, where]) => [step("subscribe", client, filter, { where })]),
  unsubscribe: fc
    .tuple(clients, fc.constantFrom(...FILTERS))
    .map(([client, filter]) => [step("unsubscribe", client, filter)]),
  publish: fc.tuple(topics, payloads).map(([topic, payload]) => [step("publish", topic, payload)]),
  dropped: clients.map((client) => [step("dropped", client)]),
  /** Two filters of a client that match the same topic. */
  twice: fc
    .tuple(clients, wheres, fc.option(wheres, { nil: undefined }), payloads)
    .map(([client, first, second, payload]) => [
      step("connect", client),
      step("subscribe", client, "a/b", { where: first }),
      second === undefined
        ? step("subscribe", client, "a/+")
        : step("subscribe", client, "a/+", { where: second }),
      step("publish", "a/b", payload),
    ]),
  /** Durable, and away while something is published. */
  absence: fc
    .tuple(clients, fc.array(topics, { minLength: 1, maxLength: 4 }), durables)
    .map(([client, missed, options]) => [
      connect(client, { durable: true }),
      step("subscribe", client, "a/#"),
      step("disconnect", client),
      ...missed.map((topic, i) => step("publish", topic, i)),
      connect(client, options ?? { durable: true }),
    ]),
};

/** y answers, and calls back x, for whom two messages are kept, before z has its turn. */
export const calledBack: Script<Setup, Step> = {
  setup: {
    reactions: [
      { client: "y", at: 1, does: step("publish", "a", "answer") },
      { client: "y", at: 1, does: connect("x", { durable: true }) },
      { client: "y", at: 1, does: step("publish", "a", "another") },
    ],
  },
  steps: [
    connect("x", { durable: true }),
    step("subscribe", "x", "a"),
    step("disconnect", "x"),
    connect("y", undefined),
    connect("z", undefined),
    step("subscribe", "z", "a"),
    step("publish", "a", "one"),
    step("subscribe", "y", "a"),
    step("publish", "a", "two"),
  ],
};

/** As many as are kept by default, and one more. */
export const longAbsence: Script<Setup, Step> = {
  setup: { reactions: [] },
  steps: [
    connect("x", { durable: true }),
    step("subscribe", "x", "a"),
    step("disconnect", "x"),
    { ...step("publish", "a", 1, 1_000), ...verbatim('publish("a", 1), 1,000 times') },
    step("dropped", "x"),
    step("publish", "a", 2),
    step("dropped", "x"),
  ],
};

/** What most of a crowd subscribes to, and callbacks end. */
const CROWDED = ["a/#", "a", "+"];
/** Everybody is there, and listens to topic a. */
export const crowd: fc.Arbitrary<Step[]> = fc
  .tuple(
    ...CLIENTS.map((client) =>
      fc
        .tuple(durables, fc.subarray(CROWDED, { minLength: 1 }))
        .map(([options, filters]) => [
          connect(client, options),
          ...filters.map((filter) => step("subscribe", client, filter)),
        ]),
    ),
  )
  .map((all) => all.flat());

/** What a callback may do with the broker. */
const inner: fc.Arbitrary<Step> = fc.oneof(
  { withCrossShrink: true },
  { arbitrary: fc.tuple(topics, payloads).map((args) => step("publish", ...args)), weight: 4 },
  {
    arbitrary: fc
      .tuple(clients, fc.constantFrom(...CROWDED, ...CROWDED, ...INNER_FILTERS))
      .map((args) => step("unsubscribe", ...args)),
    weight: 4,
  },
  { arbitrary: clients.map((client) => step("disconnect", client)), weight: 2 },
  { arbitrary: fc.tuple(clients, durables).map((args) => connect(...args)), weight: 2 },
  {
    arbitrary: fc
      .tuple(clients, fc.constantFrom(...INNER_FILTERS))
      .map((args) => step("subscribe", ...args)),
    weight: 2,
  },
  { arbitrary: clients.map((client) => step("forget", client)), weight: 1 },
);
const at = fc.integer({ min: 1, max: 3 });
const onOthers = fc.record({ client: clients, at, does: inner });
const onItself = fc
  .tuple(clients, at, fc.constantFrom("disconnect", "connect", "forget"), durables)
  .map(([client, at, method, options]): { client: string; at: number; does: Step } => {
    const does = method === "connect" ? connect(client, options) : step(method as Method, client);
    return { client, at, does };
  });
const once = {
  maxLength: 5,
  size: "max",
  selector: ({ client, at, does }: { client: string; at: number; does: Step }) =>
    does.method === "subscribe" ? does.text : `${client} ${at} ${does.text}`,
} as const;
export const reactions: fc.Arbitrary<Reaction[]> = fc.uniqueArray(onOthers, once);
/** Many of those who get a message end or change their own connection. */
export const restless: fc.Arbitrary<Reaction[]> = fc.uniqueArray(
  fc.oneof({ withCrossShrink: true }, onItself, onOthers),
  once,
);
export const throwing: fc.Arbitrary<Reaction[]> = fc.array(
  fc.record({
    client: clients,
    at,
    does: fc.constant<"throws">("throws"),
  }),
  { maxLength: 4 },
);

export const quiet = fc.constant<Reaction[]>([]);
export const limits = fc.constantFrom(undefined, 0, 1, 2, 3);

/** Scripts of moves drawn by weight, on brokers that keep so many messages. */
export function scripts(
  reactions: fc.Arbitrary<Reaction[]>,
  maxQueued: fc.Arbitrary<number | undefined>,
  weights: Partial<Record<keyof typeof MOVES, number>>,
  beginning: fc.Arbitrary<Step[]> = fc.constant([]),
): fc.Arbitrary<Script<Setup, Step>> {
  const choices = Object.entries(weights).map(([name, weight]) => {
    return { arbitrary: MOVES[name as keyof typeof MOVES] as fc.Arbitrary<Step[]>, weight };
  });
  return fc
    .record({
      reactions,
      maxQueued,
      beginning,
      moves: fc.array(fc.oneof(...choices), { maxLength: 20, size: "max" }),
    })
    .map(({ reactions, maxQueued, beginning, moves }) => ({
      setup: maxQueued === undefined ? { reactions } : { maxQueued, reactions },
      steps: [...beginning, ...moves.flat()],
    }));
}

const levels = fc.constantFrom("a", "b", "", "$x", "A", "__proto__", ".", "a\n");
export const anyTopic = fc
  .array(levels, { minLength: 1, maxLength: 4 })
  .map((all) => all.join("/"))
  .filter((topic) => topic !== "");
const anyFilter = fc
  .tuple(fc.array(fc.oneof(levels, fc.constant("+")), { maxLength: 4 }), fc.constantFrom([], ["#"]))
  .map(([all, end]) => [...all, ...end].join("/"))
  .filter((filter) => filter !== "");

export interface Wish {
  readonly client: string;
  readonly filter: string;
  readonly keeps: boolean;
}
export const wishes: fc.Arbitrary<Wish[]> = fc.uniqueArray(
  fc.record({
    client: fc.constantFrom("x", "y", "z"),
    filter: anyFilter,
    keeps: fc.boolean(),
  }),
  { maxLength: 8, size: "max", selector: ({ client, filter }) => `${client} ${filter}` },
);
