/** Judges quorum-store: histories in bad weather, answers with replicas down, and what replicas hold. */
import fc from "fast-check";
import { arbScenario, defineSpec, equal, holds, type PlannedOp, type Run } from "kata/harness";
import type * as Stub from "../../katas/replication/quorum-store/stub.ts";
import {
  answersInForm,
  holdsFresh,
  holdsFreshAfterRead,
  IDLE_MS,
  isLast,
  optionsOf,
  quietWhenIdle,
  readsFresh,
  REPLICAS,
  replicasAgree,
  replicasOf,
  replicasWithout,
  requestOf,
  TIMEOUT_MS,
  withLocals,
  type Quorum,
  type StoreScenario,
} from "./quorum-store.model.ts";
import { WITNESSES } from "./quorum-store.witnesses.ts";
import {
  awayIn,
  coordinatorDies,
  cutOffStory,
  holderLost,
  outage,
  powerCut,
  replicaAway,
} from "./quorum-store.stories.ts";

const BASE_MS = 5;
/** Nobody has to wait longer than this for an answer: the time-out, there and back. */
const CLIENT_TIMEOUT_MS = TIMEOUT_MS + 2 * BASE_MS + 1;

const ALL_QUORUMS: Quorum[] = [1, 2, 3].flatMap((r) => [1, 2, 3].map((w) => ({ r, w })));
const STRICT_QUORUMS = ALL_QUORUMS.filter(({ r, w }) => r + w > REPLICAS);
const everywhere = (nodes: number): number => nodes;

/** Gets and puts, each put of a value of its own. */
function requests(spec: {
  max: number;
  within: number;
  keys: string[];
  gets: boolean;
  clients?: number;
  min?: number;
}): fc.Arbitrary<PlannedOp<Stub.Request>[]> {
  const op = fc.record({
    // Some come all at once, in the end: puts of one coordinator that overlap, and nothing hides it.
    at: fc.oneof(fc.nat(spec.within), fc.integer({ min: spec.within, max: spec.within + 9 })),
    client: fc.nat((spec.clients ?? 3) - 1),
    node: fc.oneof(fc.nat(4), fc.constant(0)),
    key: fc.constantFrom(...spec.keys),
    isGet: spec.gets ? fc.boolean() : fc.constant(false),
  });
  return fc.array(op, { minLength: spec.min ?? 1, maxLength: spec.max, size: "max" }).map((drawn) =>
    drawn.map(({ key, isGet, ...rest }, i) => {
      const value = `v${i + 1}`;
      return { ...rest, req: isGet ? { op: "get", key } : { op: "put", key, value } };
    }),
  );
}

defineSpec<typeof Stub>("quorum-store", ({ createNode }, check) => {
  const common = { createNode, options: optionsOf, clientTimeoutMs: CLIENT_TIMEOUT_MS };
  const live = ({ history }: Run): void => {
    for (const op of history.filter(isLast)) {
      equal(
        op.status,
        "ok",
        `what became of local(${requestOf(op).key}) at ${op.node}, in the end`,
      );
    }
  };

  check.example(cutOffStory, common);

  const stormy = arbScenario<Stub.Request, Quorum>({
    nodes: [3, 4, 5],
    setup: fc.constantFrom(...STRICT_QUORUMS),
    profile: {
      like: "hostile",
      base: [5, 40],
      jitter: [0, 150],
      drop: [0, 100],
      dup: [0, 150],
      crash: [0, 50],
      length: 2_500,
    },
    ops: requests({ max: 16, within: 1_800, keys: ["x", "y"], gets: true }),
    faults: ["crashOn", "cut", "drop", "delay", "skew"],
    maxDown: everywhere,
  });
  check.simulation(
    "fresh-reads",
    { rule: [2, 3, 4, 5, 11], points: 30, runs: 300, examples: WITNESSES["fresh-reads"] },
    fc.oneof(
      stormy,
      stormy,
      // Many puts on one key, one after the other, and a get now and then.
      arbScenario<Stub.Request, Quorum>({
        nodes: [3, 4],
        setup: fc.constantFrom(...STRICT_QUORUMS),
        profile: { like: "hostile", base: 5, jitter: [0, 30], drop: 0, dup: 0, crash: 0 },
        ops: requests({ min: 24, max: 30, within: 200, keys: ["x"], gets: true, clients: 1 }),
        faults: ["skew", "cut"],
      }),
    ),
    { ...common, clientTimeoutMs: 600, invariants: [readsFresh, answersInForm] },
  );

  check.simulation(
    "durable-acks",
    { rule: [2, 11], points: 15, runs: 250, examples: WITNESSES["durable-acks"] },
    fc
      .record({
        weather: arbScenario<Stub.Request, Quorum>({
          nodes: [3, 4],
          setup: fc.constantFrom(...STRICT_QUORUMS),
          profile: {
            like: "weather",
            jitter: [0, 30],
            dup: [0, 500],
            crash: [0, 200],
            down: [1, 20],
            length: 800,
            settle: 50,
          },
          ops: requests({ max: 3, within: 60, keys: ["x"], gets: false, clients: 1 }),
          faults: ["crashOn"],
          maxFaults: 3,
          maxDown: everywhere,
        }),
        at: fc.integer({ min: 10, max: 150 }),
        dying: fc.nat(2),
        nth: fc.nat(5),
      })
      .map(powerCut),
    {
      ...common,
      check: (run, { setup }) => {
        const needed = setup?.w ?? 1;
        for (const op of run.history) {
          if (requestOf(op).op !== "put" || op.status !== "ok") continue;
          const without = replicasWithout(run, op);
          const name = (op.input as { value: string }).value;
          const rest = REPLICAS - without.length;
          holds(
            rest >= needed,
            `how many replicas hold x = ${name} or newer after a power cut`,
            `${needed} or more: it was acknowledged with w = ${needed}`,
            `${rest}, not ${without.join(", ")}`,
          );
        }
      },
    },
  );

  check.simulation(
    "strict-quorum",
    { rule: [1, 2, 9], points: 15, runs: 250 },
    fc
      .record({
        nodes: fc.constantFrom(3, 4, 5),
        setup: fc.constantFrom(...ALL_QUORUMS),
        away: fc.subarray([0, 1, 2]),
        at: fc.nat(4),
        isCut: fc.boolean(),
        dup: fc.constantFrom(0, 1_000),
        seed: fc.nat(1_000),
      })
      .map(outage),
    {
      ...common,
      isDefinite: () => true,
      check: ({ history }, { nodes, setup, faults, ops }) => {
        const { r, w } = setup ?? { r: 2, w: 2 };
        const away = awayIn(faults);
        const [node = 0] = ops.map((op) => op.node);
        const up = replicasOf("x", nodes).filter((i) => !away.includes(i)).length;
        for (const op of history) {
          const request = requestOf(op);
          const told = op.output ?? op.reason;
          const setting = `${up} of ${REPLICAS} replicas are there, r = ${r}, w = ${w}, and n${node} is asked to ${request.op}`;
          if (request.op === "put" && up >= Math.max(r, w)) equal(told, { ok: true }, setting);
          if (request.op === "put" && up < w) equal(told, "unavailable", setting);
          if (request.op === "get" && up < r) equal(told, "unavailable", setting);
          if (request.op === "get" && up >= r) equal(op.status, "ok", setting);
          if (request.op === "local") equal(op.status, "ok", setting);
          if (request.op === "local" && request.key === "y")
            equal(told, { ok: true, value: null }, setting);
        }
      },
    },
  );

  check.simulation(
    "read-repair",
    { rule: 6, points: 10, runs: 150 },
    fc
      .record({
        seed: fc.nat(1_000),
        jitter: fc.constantFrom(0, 40),
        setup: fc.constantFrom<Quorum[]>(
          { r: 2, w: 2 },
          { r: 1, w: 2 },
          { r: 2, w: 1 },
          { r: 1, w: 1 },
        ),
        behind: fc.nat(2),
        reader: fc.constantFrom(0, 1, 2, 4),
        misses: fc.constantFrom<("one" | "all")[]>("one", "all"),
      })
      .map(holderLost),
    { ...common, invariants: [holdsFreshAfterRead], live },
  );

  check.simulation(
    "hinted-handoff",
    { rule: 7, points: 15, runs: 200, examples: [cutOffStory, ...WITNESSES["hinted-handoff"]] },
    fc
      .record({
        seed: fc.nat(1_000),
        nodes: fc.constantFrom(3, 4, 5),
        away: fc.nat(2),
        isCut: fc.boolean(),
        puts: fc.integer({ min: 1, max: 3 }),
        writers: fc.array(fc.nat(4), { minLength: 3, maxLength: 3 }),
        restartAt: fc.option(fc.integer({ min: 50, max: 1_900 }), { nil: undefined }),
      })
      .map(replicaAway),
    { ...common, invariants: [holdsFresh], live },
  );

  const converging = (quorums: readonly Quorum[], crash: number) =>
    arbScenario<Stub.Request, Quorum>({
      nodes: [3, 4, 5],
      setup: fc.constantFrom(...quorums),
      profile: {
        like: "weather",
        crash: [0, crash],
        down: [1, 300],
        length: 3_000,
        settle: IDLE_MS - 3_000 + 500,
      },
      ops: requests({ max: 8, within: 1_500, keys: ["x", "y"], gets: false, clients: 4 }),
      faults: ["crashOn", "crash", "cut", "drop"],
      maxDown: everywhere,
    });
  const dying = fc
    .record({
      seed: fc.nat(1_000),
      nodes: fc.constantFrom(4, 5),
      setup: fc.constantFrom<Quorum[]>({ r: 1, w: 3 }, { r: 2, w: 2 }, { r: 2, w: 3 }),
      // The fourth message is the first that carries the value, if all replicas were asked before.
      nth: fc.constantFrom(3, 3, 3, 4, 5, 1, 2),
      again: fc.integer({ min: 22, max: 100 }),
    })
    .map(coordinatorDies);
  const atRest = (scenario: StoreScenario): StoreScenario =>
    withLocals(scenario, IDLE_MS, ["x", "y"]);

  check.simulation(
    "converges",
    { rule: [4, 7, 8, 10, 12], points: 10, runs: 200, examples: WITNESSES["converges"] },
    fc
      .oneof(
        { weight: 4, arbitrary: converging(STRICT_QUORUMS, 80) },
        { weight: 1, arbitrary: dying },
      )
      .map(atRest),
    { ...common, invariants: [replicasAgree, holdsFresh, quietWhenIdle], live },
  );

  check.simulation(
    "weak-mode",
    { rule: [5, 8], points: 5, runs: 100 },
    converging([{ r: 1, w: 1 }], 40).map(atRest),
    { ...common, invariants: [replicasAgree], live },
  );
});
