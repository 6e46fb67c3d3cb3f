import type { Op } from "../history.ts";
import type { Frontier } from "./search.ts";

const END = -1;

/**
 * Operations in the order of real time: one may come next when it was called before every pending
 * return. Calls and returns form one doubly linked list; lifting an operation takes both out of it,
 * and putting it back needs no search (Lowe 2017).
 * @param ops sorted by call
 */
export function realTimeFrontier(ops: readonly Op[]): Frontier {
  const count = ops.length;
  // Entry 0 is the head; operation i has its call at 1 + i and its return at 1 + count + i.
  const entries = ops
    .flatMap((op, i) => [
      [op.call, 1 + i] as const,
      ...(op.status === "ok" ? [[op.ret, 1 + count + i] as const] : []),
    ])
    .sort((a, b) => a[0] - b[0]);
  const after = new Int32Array(1 + 2 * count).fill(END);
  const before = new Int32Array(1 + 2 * count).fill(END);
  let last = 0;
  for (const [, entry] of entries) {
    after[last] = entry;
    before[entry] = last;
    last = entry;
  }
  const unlink = (entry: number): void => {
    after[before[entry]!] = after[entry]!;
    if (after[entry] !== END) before[after[entry]!] = before[entry]!;
  };
  const relink = (entry: number): void => {
    after[before[entry]!] = entry;
    if (after[entry] !== END) before[after[entry]!] = entry;
  };
  /** The greatest lifted `ok` operation after each lift. */
  const highest = [-1];
  return {
    next(op) {
      const entry = after[op + 1]!;
      return entry === END || entry > count ? -1 : entry - 1;
    },
    lift(op) {
      unlink(op + 1);
      if (ops[op]!.status === "ok") unlink(1 + count + op);
      highest.push(ops[op]!.status === "ok" ? Math.max(op, highest.at(-1)!) : highest.at(-1)!);
    },
    unlift(op) {
      if (ops[op]!.status === "ok") relink(1 + count + op);
      relink(op + 1);
      highest.pop();
    },
    key() {
      // Whatever is not lifted below the highest lifted one is still pending, so the list is short.
      const top = highest.at(-1)!;
      let key = `${top}`;
      for (let entry = after[0]!; entry !== END; entry = after[entry]!) {
        if (entry > count) continue;
        if (entry - 1 > top) break;
        if (ops[entry - 1]!.status === "ok") key += `,${entry - 1}`;
      }
      return key;
    },
  };
}
