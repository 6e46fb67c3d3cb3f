import type { Model, Op } from "../history.ts";
import { search, type Found, type Frontier } from "./search.ts";

/** Why there is no order. */
export interface Stuck<Input = unknown, Output = unknown> {
  /** The partition without an order; absent when there are no partitions. */
  readonly partition?: string;
  /** The shortest beginning of the history that has no order, by call; what was open then is `info`. */
  readonly prefix: readonly Op<Input, Output>[];
  /** The operation whose return ends that beginning. */
  readonly last: Op<Input, Output>;
  /**
   * The operations that cannot be ordered, by call, `last` among them. The others could have
   * answered anything, or never have happened, and there would still be no order.
   */
  readonly blocked: readonly Op<Input, Output>[];
  /** Ids of a longest legal order that the search tried on that beginning. */
  readonly longest: readonly number[];
  /** `prefix` in words, one for one: `c1 read -> 0`. */
  readonly told: readonly string[];
}

/** Steps for all attempts to leave operations out: an explanation may be longer, never late. */
const STEPS_IN_ALL = 300_000;
const STEPS_EACH = 20_000;

/**
 * Finds the shortest failing prefix, then the operations in it that are to blame.
 * @param ops sorted by call; they have no order
 */
export function explain<State, Input, Output>(
  ops: readonly Op<Input, Output>[],
  model: Model<State, Input, Output>,
  frontierOf: (ops: readonly Op[]) => Frontier,
): Stuck<Input, Output> {
  let left = STEPS_IN_ALL;
  const run = (some: readonly Op<Input, Output>[]): Found => {
    const found = search(some, model, frontierOf(some), Math.min(left, STEPS_EACH));
    left -= found.steps;
    return found;
  };
  const prefix = shortestPrefix(ops, (some) => {
    return search(some, model, frontierOf(some), STEPS_IN_ALL).verdict === "violation";
  });
  const last = prefix.reduce((a, b) => (returnOf(b) > returnOf(a) ? b : a));
  const blocked = blame(prefix, last, (some) => left > 0 && run(some).verdict === "violation");
  const longest = search(prefix, model, frontierOf(prefix), STEPS_IN_ALL).order;
  const describe = model.describe ?? describeAsJson;
  return {
    prefix,
    last,
    blocked,
    longest: longest.map((op) => prefix[op]!.id),
    told: prefix.map((op) => `${op.process} ${describe(op.input, op.output)}`),
  };
}

/** A prefix of one that has an order has one: halve between one that fails and one that does not. */
function shortestPrefix<Input, Output>(
  ops: readonly Op<Input, Output>[],
  hasNone: (some: readonly Op<Input, Output>[]) => boolean,
): Op<Input, Output>[] {
  const returns = ops.filter((op) => op.status === "ok").map((op) => op.ret);
  returns.sort((a, b) => a - b);
  let [holds, fails] = [-1, returns.length - 1];
  while (fails - holds > 1) {
    const middle = (holds + fails) >> 1;
    if (hasNone(upTo(ops, returns[middle]!))) fails = middle;
    else holds = middle;
  }
  return upTo(ops, returns[fails]!);
}

/** The history as it stood right after an event: what had not returned may have happened or not. */
function upTo<Input, Output>(
  ops: readonly Op<Input, Output>[],
  event: number,
): Op<Input, Output>[] {
  return ops
    .filter((op) => op.call < event)
    .map((op) => (op.status === "ok" && op.ret > event ? lost(op) : op));
}

function lost<Input, Output>({ id, process, input, call }: Op<Input, Output>): Op<Input, Output> {
  return { id, process, input, call, ret: Infinity, status: "info" };
}

/** Loses one half, one quarter … one operation after the other, as long as what is left has no order. */
function blame<Input, Output>(
  prefix: readonly Op<Input, Output>[],
  last: Op<Input, Output>,
  fails: (ops: readonly Op<Input, Output>[]) => boolean,
): Op<Input, Output>[] {
  let blamed = prefix.filter((op) => op.status === "ok" && op !== last);
  let lostIds = new Set<number>();
  for (let size = blamed.length; size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < blamed.length;) {
      const chunk = blamed.slice(from, from + size);
      const ids = new Set([...lostIds, ...chunk.map((op) => op.id)]);
      if (fails(prefix.map((op) => (ids.has(op.id) ? lost(op) : op)))) {
        lostIds = ids;
        blamed = blamed.filter((op) => !ids.has(op.id));
      } else {
        from += size;
      }
    }
  }
  return [...blamed, last].sort((a, b) => a.call - b.call);
}

function returnOf(op: Op): number {
  return op.status === "ok" ? op.ret : -Infinity;
}

function describeAsJson(input: unknown, output: unknown): string {
  return output === undefined ? text(input) : `${text(input)} -> ${text(output)}`;
}

function text(value: unknown): string {
  try {
    return typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  } catch {
    return String(value);
  }
}
