import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  agreement,
  convergence,
  electionSafety,
  integrity,
  judgeOutputs,
  validity,
} from "./consensus.ts";
import type { Output, OutputRule } from "./history.ts";

type Out = { decide: unknown; slot?: number } | { term: number; leader: string } | "noise";

/** Outputs in order: node, what it said, and its boot. */
const outputs = (...all: [node: string, out: Out, boot?: number][]): Output<Out>[] =>
  all.map(([node, out, boot = 0], index) => ({ node, boot, out, index }));

const decisionOf = (out: Out): { slot?: number; value: unknown } | undefined =>
  typeof out === "object" && "decide" in out
    ? { value: out.decide, ...(out.slot === undefined ? {} : { slot: out.slot }) }
    : undefined;
const decide = (value: unknown, slot?: number): Out =>
  slot === undefined ? { decide: value } : { decide: value, slot };

const say = (rule: OutputRule<Out>, ...all: [string, Out, number?][]): string | undefined =>
  judgeOutputs(outputs(...all), rule);

describe("agreement", () => {
  const rule = agreement(decisionOf);
  test("holds", () => {
    expect(
      say(rule, ["n0", decide({ a: 1, b: 2 })], ["n1", "noise"], ["n1", decide({ b: 2, a: 1 })]),
    ).toBeUndefined();
    expect(say(rule, ["n0", decide(1, 1)], ["n1", decide(2, 2)])).toBeUndefined();
  });
  test("is broken", () => {
    expect(say(rule, ["n0", decide(1, 7)], ["n1", decide(2, 7)])).toBe(
      "n0 (event 0) decided 1 in slot 7, n1 (event 1) decided 2",
    );
  });
  test("a rule starts afresh with each run", () => {
    expect(say(rule, ["n0", decide(1)])).toBeUndefined();
    expect(say(rule, ["n0", decide(2)])).toBeUndefined();
  });
});

test("validity", () => {
  const rule = validity(decisionOf, (value) => value === 1);
  expect(say(rule, ["n0", decide(1)])).toBeUndefined();
  expect(say(rule, ["n0", decide(2)])).toBe("n0 (event 0) decided 2, which nobody proposed");
});

describe("integrity", () => {
  const rule = integrity(decisionOf);
  test.each<[string, string | undefined, [string, Out, number?][]]>([
    [
      "once each",
      undefined,
      [
        ["n0", decide(1)],
        ["n1", decide(1)],
      ],
    ],
    [
      "the same again after a restart",
      undefined,
      [
        ["n0", decide(1), 0],
        ["n0", decide(1), 1],
      ],
    ],
    [
      "the same twice",
      "n0 (event 1) decided 1, after 1 at event 0",
      [
        ["n0", decide(1)],
        ["n0", decide(1)],
      ],
    ],
    [
      "another after a restart",
      "n0 (event 1) decided 2, after 1 at event 0",
      [
        ["n0", decide(1), 0],
        ["n0", decide(2), 1],
      ],
    ],
  ])("%s", (_, expected, all) => {
    expect(say(rule, ...all)).toBe(expected);
  });
});

test("election safety: the words of the design note", () => {
  const rule = electionSafety<Out>(
    (out) => typeof out === "object" && "term" in out && [out.term, out.leader],
  );
  expect(
    say(
      rule,
      ["n0", { term: 1, leader: "n0" }],
      ["n1", { term: 2, leader: "n1" }],
      ["n2", { term: 2, leader: "n1" }],
    ),
  ).toBeUndefined();
  expect(say(rule, ["n0", { term: 2, leader: "n0" }], ["n1", { term: 2, leader: "n1" }])).toBe(
    "two leaders in term 2: n0 (event 0), n1 (event 1)",
  );
});

test("convergence", () => {
  const by = (out: Out): unknown => decisionOf(out)?.value;
  const ends = (nodes?: string[], ...all: [string, Out][]): string | undefined =>
    convergence(outputs(...all), by, nodes);
  expect(ends(undefined)).toBeUndefined();
  expect(
    ends(undefined, ["n0", decide(1)], ["n0", decide(2)], ["n1", decide(2)], ["n1", "noise"]),
  ).toBeUndefined();
  expect(ends(undefined, ["n0", decide(1)], ["n1", decide(2)])).toBe("n0 ended with 1, n1 with 2");
  expect(ends(["n0", "n1"], ["n0", decide(1)])).toBe("n1 told no state");
});

test("agreement and election safety agree with all pairs, on up to 6 outputs", () => {
  const one = fc.record({ node: fc.constantFrom("n0", "n1"), term: fc.nat(2), value: fc.nat(1) });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 6 }), (all) => {
      const isBroken = all.some((a) => all.some((b) => a.term === b.term && a.value !== b.value));
      const decided = outputs(
        ...all.map(({ node, term, value }) => [node, decide(value, term)] as [string, Out]),
      );
      expect(judgeOutputs(decided, agreement(decisionOf)) !== undefined).toBe(isBroken);
      const led = outputs(
        ...all.map(
          ({ node, term, value }) => [node, { term, leader: `n${value}` }] as [string, Out],
        ),
      );
      const safety = electionSafety<Out>(
        (out) => typeof out === "object" && "term" in out && [out.term, out.leader],
      );
      expect(judgeOutputs(led, safety) !== undefined).toBe(isBroken);
    }),
  );
});
