import type { Op } from "../history.ts";
import type { Frontier } from "./search.ts";

/**
 * Operations in the order of their processes alone: one may come next when the `ok` operation
 * before it in its process was taken. An `info` operation holds up nobody.
 * @param ops sorted by call
 */
export function programOrderFrontier(ops: readonly Op[]): Frontier {
  const lastOk = new Map<string, number>();
  /** The operation that each one waits for, or -1. */
  const waitsFor = ops.map((op, index) => {
    const previous = lastOk.get(op.process) ?? -1;
    if (op.status === "ok") lastOk.set(op.process, index);
    return previous;
  });
  /** Those that are released when an operation is taken; -1 releases the first ones. */
  const released = new Map<number, number[]>();
  waitsFor.forEach((previous, op) => {
    const all = released.get(previous);
    if (all === undefined) released.set(previous, [op]);
    else all.push(op);
  });
  let candidates: readonly number[] = released.get(-1) ?? [];
  const past: (readonly number[])[] = [];
  return {
    next: (op) => candidates[candidates.indexOf(op) + 1] ?? -1,
    lift(op) {
      past.push(candidates);
      const others = candidates.filter((other) => other !== op);
      candidates = [...others, ...(released.get(op) ?? [])].sort((a, b) => a - b);
    },
    unlift() {
      candidates = past.pop()!;
    },
    // What is missing is a candidate or waits for one.
    key: () => candidates.filter((op) => ops[op]!.status === "ok").join(","),
  };
}
