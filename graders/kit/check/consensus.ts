import type { Output, OutputRule } from "./history.ts";

/** What an output decides; undefined when it decides nothing. */
export type DecisionOf<Out> = (
  out: Out,
) => { readonly slot?: string | number; readonly value: unknown } | undefined;

/** No two nodes decide differently. Values are compared as JSON; there is one slot unless told. */
export function agreement<Out>(decisionOf: DecisionOf<Out>): OutputRule<Out> {
  return {
    name: "agreement",
    start() {
      const decided = new Map<unknown, { by: Output<Out>; text: string }>();
      return (output) => {
        const decision = decisionOf(output.out);
        if (decision === undefined) return undefined;
        const text = asText(decision.value);
        const first = decided.get(decision.slot);
        if (first === undefined) decided.set(decision.slot, { by: output, text });
        if (first === undefined || first.text === text) return undefined;
        return `${told(first.by)} decided ${first.text}${inSlot(decision.slot)}, ${told(output)} decided ${text}`;
      };
    },
  };
}

/** Only what was proposed is decided. */
export function validity<Out>(
  decisionOf: DecisionOf<Out>,
  isProposed: (value: unknown, slot: string | number | undefined) => boolean,
): OutputRule<Out> {
  return {
    name: "validity",
    start: () => (output) => {
      const decision = decisionOf(output.out);
      if (decision === undefined || isProposed(decision.value, decision.slot)) return undefined;
      const text = asText(decision.value);
      return `${told(output)} decided ${text}${inSlot(decision.slot)}, which nobody proposed`;
    },
  };
}

/**
 * A node decides once. After a restart it may say the same again, as it cannot know whether it was
 * heard; within one boot it may not.
 */
export function integrity<Out>(decisionOf: DecisionOf<Out>): OutputRule<Out> {
  return {
    name: "integrity",
    start() {
      const decided = new Map<string, Map<unknown, { by: Output<Out>; text: string }>>();
      return (output) => {
        const decision = decisionOf(output.out);
        if (decision === undefined) return undefined;
        const own = decided.get(output.node) ?? new Map<unknown, never>();
        decided.set(output.node, own);
        const text = asText(decision.value);
        const before = own.get(decision.slot);
        own.set(decision.slot, { by: output, text });
        if (before === undefined) return undefined;
        if (before.by.boot !== output.boot && before.text === text) return undefined;
        const slot = inSlot(decision.slot);
        return `${told(output)} decided ${text}${slot}, after ${before.text} at event ${before.by.index}`;
      };
    },
  };
}

/** At most one leader a term: `leaderOf` reads `[term, leader]` from an output that announces one. */
export function electionSafety<Out>(
  leaderOf: (out: Out) => readonly [term: number, leader: string] | false | undefined,
): OutputRule<Out> {
  return {
    name: "election safety",
    start() {
      const leaders = new Map<number, { by: Output<Out>; leader: string }>();
      return (output) => {
        const claim = leaderOf(output.out);
        if (claim === undefined || claim === false) return undefined;
        const [term, leader] = claim;
        const first = leaders.get(term);
        if (first === undefined) leaders.set(term, { by: output, leader });
        if (first === undefined || first.leader === leader) return undefined;
        const [one, other] = [first.by.index, output.index];
        return `two leaders in term ${term}: ${first.leader} (event ${one}), ${leader} (event ${other})`;
      };
    },
  };
}

/**
 * All nodes end in the same state: what `by` reads from the last output of each, or, when it gives
 * undefined, from the one before. A string names two nodes that differ.
 * @param nodes those that must have spoken; by default those that did
 */
export function convergence<Out>(
  outputs: readonly Output<Out>[],
  by: (out: Out) => unknown,
  nodes?: readonly string[],
): string | undefined {
  const last = new Map<string, string>();
  for (const { node, out } of outputs) {
    const state = by(out);
    if (state !== undefined) last.set(node, asText(state));
  }
  const silent = nodes?.find((node) => !last.has(node));
  if (silent !== undefined) return `${silent} told no state`;
  const [first, ...others] = last;
  if (first === undefined) return undefined;
  const other = others.find(([, state]) => state !== first[1]);
  if (other === undefined) return undefined;
  return `${first[0]} ended with ${first[1]}, ${other[0]} with ${other[1]}`;
}

/** `any rule on outputs` on a finished list, for histories that are not simulated. */
export function judgeOutputs<Out>(
  outputs: readonly Output<Out>[],
  rule: OutputRule<Out>,
): string | undefined {
  const judge = rule.start();
  for (const output of outputs) {
    const broken = judge(output);
    if (broken !== undefined) return broken;
  }
  return undefined;
}

function told({ node, index }: Output): string {
  return `${node} (event ${index})`;
}

function inSlot(slot: string | number | undefined): string {
  return slot === undefined ? "" : ` in slot ${slot}`;
}

/** JSON with keys in order: equal values have equal text. */
function asText(value: unknown): string {
  const sorted = (_: string, each: unknown): unknown =>
    typeof each === "object" && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each;
  return JSON.stringify(value, sorted) ?? String(value);
}
