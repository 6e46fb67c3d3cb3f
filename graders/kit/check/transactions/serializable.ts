import { dependencies, type Anomaly, type Edge, type EdgeKind } from "./dependencies.ts";
import type { Transaction } from "./history.ts";
import { shortestCycle } from "./shortest-cycle.ts";

export type CycleName = "G0" | "G1c" | "G-single" | "G2";

export type SerializableResult =
  | { readonly verdict: "ok" }
  | {
      readonly verdict: "violation";
      /** Cycles that need the clock end in `-realtime`. */
      readonly anomaly: Anomaly | CycleName | `${CycleName}-realtime`;
      /** Ids; of a cycle each comes before the next, and the last before the first. */
      readonly transactions: readonly number[];
      /** Why, one line for each edge of a cycle. */
      readonly story: readonly string[];
    };

/** What a cycle may be made of, from the worst on, and at most how many `rw` edges it has. */
const CYCLES: readonly [name: CycleName, kinds: readonly EdgeKind[], mostRw: number][] = [
  ["G0", ["ww"], 0],
  ["G1c", ["ww", "wr"], 0],
  ["G-single", ["ww", "wr"], 1],
  ["G2", ["ww", "wr", "rw"], Infinity],
];

/**
 * Whether the committed transactions can be put into one order in which each would have seen and
 * appended what it did; with `strict`, an order that real time allows. If not, the fault is named
 * after Adya (1999) and Kingsbury and Alvaro (2020), with a shortest cycle of the worst kind.
 * O(n + edges), with `strict` O(n^2).
 * @throws RangeError when an element is appended twice to one key, or a return is not after its call.
 */
export function serializable(
  transactions: readonly Transaction[],
  { strict = false }: { readonly strict?: boolean } = {},
): SerializableResult {
  for (const { id, call, ret } of transactions) {
    if (!(call < ret)) throw new RangeError(`transaction ${id}: ${call} is not before ${ret}`);
  }
  const found = dependencies(transactions);
  const idOf = (place: number): number => transactions[place]!.id;
  if ("fault" in found) {
    const { anomaly, transactions: places, what } = found.fault;
    const story = [`T${idOf(places.at(-1)!)} ${what}`];
    return { verdict: "violation", anomaly, transactions: places.map(idOf), story };
  }
  const cycle =
    worstCycle(transactions.length, found.edges, []) ??
    (strict ? worstCycle(transactions.length, found.edges, realTime(transactions)) : undefined);
  if (cycle === undefined) return { verdict: "ok" };
  const { name, edges } = cycle;
  return {
    verdict: "violation",
    anomaly: edges.some(({ kind }) => kind === "realtime") ? `${name}-realtime` : name,
    transactions: edges.map(({ from }) => idOf(from)),
    story: edges.map(({ from, to, why }) => `T${idOf(from)} < T${idOf(to)}: T${idOf(to)} ${why}`),
  };
}

function worstCycle(
  count: number,
  edges: readonly Edge[],
  clock: readonly Edge[],
): { name: CycleName; edges: readonly Edge[] } | undefined {
  for (const [name, kinds, mostRw] of CYCLES) {
    const free = [...edges.filter(({ kind }) => kinds.includes(kind)), ...clock];
    const once = mostRw === 1 ? edges.filter(({ kind }) => kind === "rw") : [];
    const cycle = shortestCycle(count, free, once);
    if (cycle !== undefined) return { name, edges: cycle };
  }
  return undefined;
}

/** Who committed before whom began. */
function realTime(transactions: readonly Transaction[]): Edge[] {
  return transactions.flatMap((before, from) =>
    before.status !== "ok"
      ? []
      : transactions.flatMap((after, to): Edge[] =>
          after.status !== "fail" && before.ret < after.call
            ? [{ kind: "realtime", from, to, why: "began after the other had committed" }]
            : [],
        ),
  );
}
