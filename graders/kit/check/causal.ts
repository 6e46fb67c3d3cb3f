import { assertHistory, type Op } from "./history.ts";

export type RegisterAccess =
  | { readonly kind: "write"; readonly key: string; readonly value: unknown }
  | { readonly kind: "read"; readonly key: string; readonly value: unknown };

export interface CausalFault {
  readonly pattern:
    "cyclic order" | "thin-air read" | "overwritten read" | "initial value after a write";
  /** The operations of the pattern, each causally before the next; the read comes last. */
  readonly ops: readonly Op[];
  readonly what: string;
}

export interface CausalOptions {
  /** What a key holds before it is written; default null. */
  readonly initial?: unknown;
}

/** Ancestors of an operation in causal order: one bit each. */
type Row = Uint32Array;
interface Access {
  readonly op: Op;
  readonly kind: "read" | "write";
  readonly key: string;
  /** The value as JSON. */
  readonly value: string;
}

/**
 * Causal consistency of registers whose writes are all different: what the order of processes and
 * the reads-from relation force must not contain one of four bad patterns (Bouajjani, Enea,
 * Guerraoui and Hamza 2017, CC). O(n^2) time and n^2 / 8 bytes, for up to 2,000 operations. An
 * `info` write counts once somebody has read it.
 * @throws RangeError for a history that no client could have recorded, or two writes of one value.
 */
export function causalFault<Input, Output>(
  history: readonly Op<Input, Output>[],
  access: (op: Op<Input, Output>) => RegisterAccess,
  { initial = null }: CausalOptions = {},
): CausalFault | undefined {
  assertHistory(history);
  const sorted = history.filter((op) => op.status !== "fail");
  sorted.sort((a, b) => a.call - b.call);
  const all = sorted.map((op): Access => {
    const { kind, key, value } = access(op);
    return { op, kind, key, value: asText(value) };
  });
  const accesses = all.filter(({ op, kind }) => op.status === "ok" || kind === "write");
  const writes = writesByValue(accesses, asText(initial));
  const wroteIt = accesses.map((each) =>
    each.kind === "read" ? writes.get(each.key)?.get(each.value) : undefined,
  );
  for (const [i, { kind, value, op }] of accesses.entries()) {
    if (kind !== "read" || wroteIt[i] !== undefined || value === asText(initial)) continue;
    return fault("thin-air read", [op], `${told(accesses[i]!)}, which nobody wrote`);
  }
  const causes = directCauses(accesses, wroteIt);
  const order = topological(causes);
  if (!Array.isArray(order)) {
    const ops = order.cycle.map((i) => accesses[i]!);
    const chain = ops.map(told).join(" before ");
    return fault(
      "cyclic order",
      ops.map(({ op }) => op),
      `${chain} before the first of them`,
    );
  }
  const before = ancestors(causes, order);
  for (const [i, each] of accesses.entries()) {
    if (each.kind !== "read") continue;
    const source = wroteIt[i];
    for (const other of writes.get(each.key)?.values() ?? []) {
      if (other === source || !has(before[i]!, other)) continue;
      const over = accesses[other]!;
      if (source === undefined) {
        const what = `${told(each)}, though ${told(over)} comes causally before it`;
        return fault("initial value after a write", [over.op, each.op], what);
      }
      if (!has(before[other]!, source)) continue;
      const what = `${told(each)}, though ${told(over)} comes causally between the two`;
      return fault("overwritten read", [accesses[source]!.op, over.op, each.op], what);
    }
  }
  return undefined;
}

/** For each key, where each value was written. */
function writesByValue(
  accesses: readonly Access[],
  initial: string,
): Map<string, Map<string, number>> {
  const writes = new Map<string, Map<string, number>>();
  for (const [i, { kind, key, value }] of accesses.entries()) {
    if (kind !== "write") continue;
    const own = writes.get(key) ?? new Map<string, number>();
    writes.set(key, own);
    if (own.has(value) || value === initial) {
      throw new RangeError(`${value} is written twice to ${key}, or is its initial value`);
    }
    own.set(value, i);
  }
  return writes;
}

/** The operation before each one in its process, and the write it reads from. */
function directCauses(
  accesses: readonly Access[],
  wroteIt: readonly (number | undefined)[],
): number[][] {
  const last = new Map<string, number>();
  return accesses.map(({ op }, i) => {
    const causes = [last.get(op.process), wroteIt[i]].filter((cause) => cause !== undefined);
    if (op.status === "ok") last.set(op.process, i);
    return causes;
  });
}

/** Causes before effects, or a cycle of them. */
function topological(causes: readonly number[][]): number[] | { readonly cycle: number[] } {
  const order: number[] = [];
  const mark = new Uint8Array(causes.length);
  const [OPEN, DONE] = [1, 2];
  for (const root of causes.keys()) {
    const path: { node: number; next: number }[] = [];
    const enter = (node: number): void => {
      mark[node] = OPEN;
      path.push({ node, next: 0 });
    };
    if (mark[root] === 0) enter(root);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const cause = causes[top.node]![top.next++];
      if (cause === undefined) {
        mark[top.node] = DONE;
        order.push(top.node);
        path.pop();
      } else if (mark[cause] === OPEN) {
        const nodes = path.map(({ node }) => node);
        return { cycle: nodes.slice(nodes.indexOf(cause)).toReversed() };
      } else if (mark[cause] !== DONE) {
        enter(cause);
      }
    }
  }
  return order;
}

function ancestors(causes: readonly number[][], order: readonly number[]): Row[] {
  const rows: Row[] = causes.map(() => new Uint32Array(Math.ceil(causes.length / 32)));
  for (const node of order) {
    const row = rows[node]!;
    for (const cause of causes[node]!) {
      rows[cause]!.forEach((word, i) => (row[i]! |= word));
      row[cause >>> 5]! |= 1 << (cause & 31);
    }
  }
  return rows;
}

function has(row: Row, op: number): boolean {
  return (row[op >>> 5]! & (1 << (op & 31))) !== 0;
}

function fault(pattern: CausalFault["pattern"], ops: readonly Op[], what: string): CausalFault {
  return { pattern, ops, what };
}

function told({ op, kind, key, value }: Access): string {
  return `${op.process} ${kind} ${key} = ${value}`;
}

function asText(value: unknown): string {
  return JSON.stringify(value) ?? "undefined";
}
