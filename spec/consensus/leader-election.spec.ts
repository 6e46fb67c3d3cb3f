/** Judges `leader-election`. Rules are those of katas/consensus/leader-election/README.md. */
import fc from "fast-check";
import {
  arbScenario,
  calm,
  defineSpec,
  equal,
  type Fault,
  type Run,
  type Scenario,
} from "kata/harness";
import type * as Stub from "../../katas/consensus/leader-election/stub.ts";
import {
  answersAgree,
  isQuiet,
  lastWords,
  neverLower,
  passesNobodyOver,
  options,
  settles,
  staysSilent,
} from "./leader-election.model.ts";
import {
  COLD_STARTS,
  FAIL_OVERS,
  LATE_WORDS,
  LOWER_ONES,
  PEACE,
  QUESTIONS,
  TAKE_OVERS,
} from "./leader-election.witnesses.ts";

const request = { type: "leader" as const };

/** At most `maxDelay` from node to node, by chance, evenly late or at the limit; nothing is lost. */
const delivery = [
  { base: [0, 20], jitter: [0, 20] },
  { base: [0, 40], jitter: 0 },
  { base: 40, jitter: 0 },
] as const;

interface Crashes {
  /** Bit i: the ith listed crash is for ever. */
  readonly forEver: number;
}

/** Up to 8 crashes in the first half; the second is long enough to settle. */
const crashing = (clientOps: number): fc.Arbitrary<Scenario<Stub.Request, Crashes>> =>
  fc
    .oneof(
      ...delivery.map((weather) =>
        arbScenario<Stub.Request, Crashes>({
          nodes: [3, 2, 4, 5, 7],
          profile: {
            ...weather,
            like: "weather",
            drop: 0,
            dup: 0,
            crash: 0,
            length: 4_000,
            settle: 1_000,
          },
          ops:
            clientOps === 0
              ? fc.constant(lastWords(5_000))
              : {
                  request: fc.constant(request),
                  min: clientOps,
                  max: clientOps,
                  clients: 6,
                  within: 4_800,
                },
          faults: ["crashOn", "crash"],
          maxFaults: 8,
          maxDown: (nodes) => nodes - 1,
          setup: fc.record({ forEver: fc.nat(255) }),
        }),
      ),
    )
    .map((scenario) => ({ ...scenario, faults: scenario.faults.map(asCrash(scenario.setup)) }));

const asCrash =
  (setup: Crashes | undefined) =>
  (fault: Fault, i: number): Fault => {
    if (fault.kind !== "crash" && fault.kind !== "crashOn") return fault;
    const isForEver = (((setup?.forEver ?? 0) >> i) & 1) === 1;
    const forMs = isForEver ? -2 : Math.min(fault.for, 500);
    if (fault.kind === "crashOn") return { ...fault, for: forMs };
    return { ...fault, for: forMs, at: fault.at >> 1 };
  };

interface Return {
  readonly at: number;
  readonly forMs: number;
  /** Dies again after so many messages. */
  readonly nth: number;
  readonly againForMs: number;
}

/** The highest node crashes and comes back, and once more in the middle of what it sends. */
const returning: fc.Arbitrary<Scenario<Stub.Request, Return>> = fc
  .oneof(
    ...delivery.map((weather) =>
      arbScenario<Stub.Request, Return>({
        nodes: [3, 2, 4, 7],
        profile: {
          ...weather,
          like: "weather",
          drop: 0,
          dup: 0,
          crash: 0,
          length: 4_000,
          settle: 0,
        },
        ops: fc.constant(lastWords(4_000)),
        maxDown: 1,
        setup: fc.record({
          at: fc.integer({ min: 1, max: 1_500 }),
          forMs: fc.integer({ min: 1, max: 1_000 }),
          nth: fc.nat(60),
          againForMs: fc.integer({ min: 1, max: 400 }),
        }),
      }),
    ),
  )
  .map((scenario) => {
    const { setup, nodes } = scenario;
    if (setup === undefined) return scenario;
    const { at, forMs, nth, againForMs } = setup;
    const node = nodes - 1;
    return {
      ...scenario,
      faults: [
        { kind: "crash", node, at, for: forMs },
        { kind: "crashOn", node, effect: "send", nth, for: againForMs },
      ],
    };
  });

/** Asks a node just after it has come back, too. */
function askAfterBoots(
  scenario: Scenario<Stub.Request, Crashes | Return>,
): Scenario<Stub.Request, Crashes | Return> {
  const asked = scenario.faults.flatMap((fault, i) => {
    if (fault.kind !== "crash" || fault.for < 0) return [];
    const { node, at, for: forMs } = fault;
    return [5, 45, 85].map((later, k) => ({
      at: at + forMs + later,
      client: 6 + 3 * i + k,
      node,
      req: request,
    }));
  });
  return { ...scenario, ops: [...scenario.ops, ...asked] };
}

const failOver = calm<Stub.Request>({
  nodes: 3,
  lengthMs: 2_000,
  base: 10,
  faults: [{ kind: "crash", node: 2, at: 1_000, for: -2 }],
  ops: lastWords(2_000, 3),
});
const example = calm<Stub.Request>({
  nodes: 3,
  lengthMs: 760,
  base: 10,
  faults: [{ kind: "crash", node: 2, at: 250, for: -2 }],
  ops: [{ at: 740, client: 0, node: 0, req: request }],
});

defineSpec<typeof Stub>("leader-election", ({ createNode }, check) => {
  check.example(example, { createNode, options });

  check.simulation(
    "highest-wins",
    { rule: [1, 4, 5], points: 20, runs: 60, examples: COLD_STARTS },
    fc.oneof(
      ...delivery.map((weather) =>
        arbScenario<Stub.Request>({
          nodes: [3, 1, 2, 4, 5, 6, 7],
          profile: {
            ...weather,
            like: "weather",
            drop: 0,
            dup: 0,
            crash: 0,
            length: 2_000,
            settle: 0,
          },
          ops: fc.constant(lastWords(2_000)),
        }),
      ),
    ),
    { createNode, options, invariants: [settles] },
  );

  check.simulation(
    "fail-over",
    { rule: [1, 4], points: 25, runs: 350, examples: [...FAIL_OVERS, failOver] },
    crashing(0),
    { createNode, options, invariants: [settles] },
  );

  check.simulation(
    "take-over",
    { rule: [1, 4, 5], points: 15, runs: 100, examples: TAKE_OVERS },
    returning,
    { createNode, options, invariants: [settles] },
  );

  check.simulation(
    "never-lower",
    { rule: 3, points: 10, runs: 200, examples: LOWER_ONES },
    crashing(0),
    {
      createNode,
      options,
      invariants: [neverLower, passesNobodyOver],
    },
  );

  check.simulation(
    "stable",
    { rule: 7, points: 10, runs: 20, examples: LATE_WORDS },
    fc.oneof(
      ...delivery.map((weather) =>
        arbScenario<Stub.Request>({
          nodes: [3, 1, 5, 7],
          profile: {
            ...weather,
            like: "weather",
            drop: 0,
            dup: 0,
            crash: 0,
            length: 20_000,
            settle: 0,
          },
          faults: ["crash"],
          maxFaults: 2,
        }),
      ),
    ),
    { createNode, options, invariants: [staysSilent] },
  );

  check.simulation(
    "answers-agree",
    { rule: [2, 6], points: 10, runs: 150, examples: QUESTIONS },
    fc.oneof(crashing(12).map(askAfterBoots), returning.map(askAfterBoots)),
    { createNode, options, invariants: [answersAgree], live: answersAtOnce },
  );

  check.simulation(
    "quiet",
    { rule: 8, points: 10, runs: 20, examples: PEACE },
    fc.oneof(
      ...delivery.map((weather) =>
        arbScenario<Stub.Request>({
          nodes: [3, 1, 2, 4, 5, 6, 7],
          profile: {
            ...weather,
            like: "weather",
            drop: 0,
            dup: 0,
            crash: 0,
            length: 11_000,
            settle: 0,
          },
        }),
      ),
    ),
    { createNode, options, invariants: [isQuiet] },
  );
});

/** A node that is up answers: only a crash, or the end of the run, may leave a client without. */
function answersAtOnce<Setup>(
  { history }: Run,
  { healAt, settle }: Scenario<Stub.Request, Setup>,
): void {
  const lastMs = healAt + settle - 2 * options.maxDelay;
  for (const { node, status, calledAt, reason } of history) {
    if (calledAt < healAt || calledAt >= lastMs || status === "fail") continue;
    equal(reason ?? status, "ok", `what becomes of the question to ${node} at ${calledAt} ms`);
  }
}
