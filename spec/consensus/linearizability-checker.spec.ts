/** Judges `linearizability-checker`. Rules are those of katas/consensus/linearizability-checker/README.md. */
import fc from "fast-check";
import { defineSpec, equal, holds, keysOrEmpty, throws } from "kata/harness";
import type * as Stub from "../../katas/consensus/linearizability-checker/stub.ts";
import {
  bruteForce,
  FAULTS,
  faultOfOrder,
  histories,
  historyOf,
  keyedModelOf,
  KINDS,
  modelOf,
  plant,
  type History,
  type Kind,
  type ObjectModel,
  type Op,
} from "./linearizability-checker.model.ts";
import { KNOWN, KNOWN_INFO, parse } from "./linearizability-checker.stories.ts";

const CALL = "checkLinearizable(history, model)";

const legal = (most: number): fc.Arbitrary<History> =>
  fc.oneof(
    histories("register", { most, processes: 6, info: 6, values: 4 }, false),
    histories("counter", { most, processes: 6, info: 6, values: 2 }, false),
    histories("queue", { most: Math.min(most, 20), processes: 4, info: 3, values: 3 }, false),
    histories("set", { most: Math.min(most, 40), processes: 4, info: 6, values: 5 }, false),
  );
const small = (info: number, most = 6, lost = 1): fc.Arbitrary<History> =>
  fc.oneof(
    ...KINDS.map((kind) => histories(kind, { most, processes: 3, info, values: 2, lost }, true)),
  );

defineSpec<typeof Stub>("linearizability-checker", ({ checkLinearizable }, check) => {
  const verdictOf = <State>({ ops }: History, model: ObjectModel<State>): Stub.Verdict => {
    const verdict: unknown = checkLinearizable(ops, model);
    const isVerdict =
      typeof verdict === "object" &&
      verdict !== null &&
      typeof (verdict as Stub.Verdict).ok === "boolean";
    holds(isVerdict, CALL, "a verdict, with ok true or false", String(verdict));
    const { partition } = verdict as { partition?: string };
    if (model.partition === undefined) equal(partition, undefined, `${CALL}.partition`);
    return verdict as Stub.Verdict;
  };
  const judge = <State>(
    history: History,
    model: ObjectModel<State>,
    isLinearizable: boolean,
  ): void => equal(verdictOf(history, model).ok, isLinearizable, `${CALL}.ok`);
  const agrees = (history: History): void => {
    const expected = bruteForce(history.ops, modelOf(history.kind));
    const known = [...KNOWN, ...KNOWN_INFO].find(([one]) => one === history);
    if (known !== undefined && known[1] !== expected)
      throw new Error(`wrong oracle: ${history.text}`);
    judge(history, modelOf(history.kind), expected);
  };

  check.property("accepts-legal", { rule: [1, 2], points: 20 }, legal(60), (history) =>
    judge(history, modelOf(history.kind), true),
  );

  check.property(
    "agrees-with-brute-force",
    { rule: [1, 2], points: 30, runs: 600, examples: KNOWN.map(([history]) => history) },
    small(1),
    agrees,
  );

  check.property(
    "order-is-valid",
    { rule: [3, 4, 6], points: 20, runs: 300 },
    fc.record({
      isPartitioned: fc.boolean(),
      history: fc.oneof(
        legal(20),
        small(2, 8),
        ...[true, false].map((isLying) =>
          histories(
            "register",
            { most: 16, processes: 4, info: 2, values: 2, keys: ["x", "y"] },
            isLying,
          ),
        ),
      ),
    }),
    ({ isPartitioned, history }) => {
      const model = keyedModelOf(history.kind, isPartitioned);
      const verdict = verdictOf(history, model);
      const [name, places] = [verdict.ok ? "order" : "longest", placesOf(verdict)];
      const isAmong = (op: Op): boolean =>
        verdict.ok || !isPartitioned || op.input.key === verdict.partition;
      const fault = faultOfOrder(places, history.ops, model, verdict.ok, isAmong);
      const expected = verdict.ok
        ? "an order of the history"
        : "a beginning that ends in a dead end";
      const shown = `${name} ${JSON.stringify(places)}${fault === undefined ? "" : `: ${fault}`}`;
      holds(fault === undefined, CALL, `${name} is ${expected}`, shown);
    },
  );

  check.property(
    "info-semantics",
    { rule: 5, points: 10, runs: 400, examples: KNOWN_INFO.map(([history]) => history) },
    small(4, 5, 3),
    agrees,
  );

  check.property(
    "partition",
    { rule: 6, points: 10, runs: 200 },
    fc
      .tuple(
        fc.constantFrom<Kind>("register", "queue"),
        fc.uniqueArray(keysOrEmpty(), { maxLength: 2 }),
        fc.boolean(),
      )
      .chain(([kind, more, isLying]) => {
        const keys = ["10", "2", "__proto__", ...more];
        return histories(
          kind,
          { most: isLying ? 7 : 24, processes: 3, info: 1, values: 2, keys },
          isLying,
        );
      }),
    (history) => {
      const { ops, kind } = history;
      const keys = [...new Set(ops.map(({ input }) => input.key))];
      const ofKey = (key: string): Op[] => ops.filter(({ input }) => input.key === key);
      const isSmall = ops.length <= 7;
      const wrong = isSmall
        ? keys.find((key) => !bruteForce(ofKey(key), modelOf(kind)))
        : undefined;
      judge(history, keyedModelOf(kind, false), wrong === undefined);
      judge(history, keyedModelOf(kind, true), wrong === undefined);
      const verdict = verdictOf(history, keyedModelOf(kind, true));
      if (verdict.ok || wrong === undefined) return;
      equal(verdict.partition, wrong, `${CALL}.partition, the first without an order`);
      for (const key of keys) {
        const alone = historyOf(kind, ofKey(key));
        judge(alone, keyedModelOf(kind, true), bruteForce(alone.ops, modelOf(kind)));
      }
    },
  );

  check.property(
    "bad-history",
    { rule: [7, 8], points: 5, runs: 200 },
    fc.record({ history: small(2), place: fc.nat(5), fault: fc.constantFrom(...FAULTS) }),
    ({ history, place, fault }) => {
      const [before, model] = [JSON.stringify(history.ops), modelOf(history.kind)];
      for (const op of history.ops) Object.freeze(Object.freeze(op).input);
      const verdict = checkLinearizable(Object.freeze(history.ops), model);
      equal(JSON.stringify(history.ops), before, "the history, after it was checked");
      const shown = JSON.stringify(verdict);
      placesOf(verdict).push(-1);
      const again = checkLinearizable(history.ops, model);
      equal(JSON.stringify(again), shown, `${CALL} again, after the caller changed its verdict`);
      const ops = [...history.ops];
      if (!plant(fault, ops, place)) return;
      const asked = ops.map((op) => ({ ...op }));
      const what = `checkLinearizable with ${fault}: ${historyOf(history.kind, ops).text}`;
      throws(() => checkLinearizable(ops, model), "RangeError", what);
      equal(ops, asked, `the history, after ${what} threw`);
    },
  );

  check.vector(
    "deep-history",
    { rule: [1, 9], points: 5 },
    ["one after the other", "six at a time"] as const,
    (shape) => {
      const isDeep = shape === "one after the other";
      const ops = isDeep ? alternating(20_000) : rounds(4);
      const verdict = checkLinearizable(ops, modelOf("register"));
      const what = `${ops.length} operations, ${shape}: ok`;
      equal(verdict.ok, isDeep, what);
      if (verdict.ok) equal(verdict.order.length, ops.length, `${what}, length of order`);
      equal(checkLinearizable([], modelOf("register")), { ok: true, order: [] }, "no operations");
    },
  );
});

function placesOf(verdict: Stub.Verdict): number[] {
  return verdict.ok ? verdict.order : verdict.longest;
}

/** Writes and reads of one process, all right. */
function alternating(count: number): Op[] {
  return Array.from({ length: count }, (_, i): Op => {
    const value = i - (i % 2);
    const [call, output] = i % 2 === 0 ? (["write", null] as const) : (["read", value] as const);
    const input = { call, key: "", value };
    return { process: "p", input, output, call: 2 * i, ret: 2 * i + 1, status: "ok" };
  });
}

/** Rounds of six writes at a time, and a read of what nobody wrote: 720 orders a round. */
function rounds(count: number): Op[] {
  const writes = Array.from({ length: 6 * count }, (_, i) => {
    const from = 12 * Math.floor(i / 6) + (i % 6);
    return `p${i % 6} w${(i % 6) + 1} ${from} ${from + 6}`;
  });
  return [...parse("register", `${writes.join(", ")}, p0 r9 ${12 * count} ${12 * count + 1}`).ops];
}
