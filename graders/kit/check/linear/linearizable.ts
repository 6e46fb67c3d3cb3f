import { assertHistory, type Model, type Op } from "../history.ts";
import { explain, type Stuck } from "./explain.ts";
import { realTimeFrontier } from "./real-time-frontier.ts";
import { programOrderFrontier } from "./program-order-frontier.ts";
import { search, type Frontier } from "./search.ts";

export interface OrderOptions<Input = unknown> {
  /**
   * Operations of different partitions touch different objects: each partition is searched alone,
   * which is sound for linearizability (Herlihy and Wing 1990, locality; Horn and Kroening 2015)
   * and for nothing weaker.
   */
  readonly partition?: (op: Op<Input>) => string;
  /** Calls of the model after which the verdict is `unknown`; default 2,000,000. */
  readonly maxSteps?: number;
}

/** Calls of the model that were made; an order of ids, or why there is none. */
export type OrderResult<Input = unknown, Output = unknown> =
  | { readonly verdict: "ok"; readonly steps: number; readonly witness: readonly number[] }
  | { readonly verdict: "unknown"; readonly steps: number }
  | {
      readonly verdict: "violation";
      readonly steps: number;
      readonly stuck: Stuck<Input, Output>;
    };

const DEFAULT_STEPS = 2_000_000;

/**
 * Whether each operation can be given an instant between its call and its return so that the model
 * answers as the object did. `info` operations may take effect at any time after their call, or
 * never; `fail` ones did not. At most 60 operations a key of 6 clients are quick in any case.
 * @throws RangeError for a history that no client could have recorded.
 */
export function linearizable<State, Input, Output>(
  history: readonly Op<Input, Output>[],
  model: Model<State, Input, Output>,
  { partition, maxSteps = DEFAULT_STEPS }: OrderOptions<Input> = {},
): OrderResult<Input, Output> {
  assertHistory(history);
  const parts = new Map<string, Op<Input, Output>[]>();
  for (const op of history) {
    if (op.status === "fail") continue;
    const key = partition?.(op) ?? "";
    const part = parts.get(key);
    if (part === undefined) parts.set(key, [op]);
    else part.push(op);
  }
  let steps = 0;
  let isUnknown = false;
  const witnesses: Op[][] = [];
  for (const [key, part] of parts) {
    const result = order(part, model, realTimeFrontier, maxSteps - steps);
    steps += result.steps;
    if (result.verdict === "violation") {
      const stuck = partition === undefined ? result.stuck : { ...result.stuck, partition: key };
      return { verdict: "violation", steps, stuck };
    }
    if (result.verdict === "unknown") isUnknown = true;
    else witnesses.push(result.order);
  }
  if (isUnknown) return { verdict: "unknown", steps };
  return { verdict: "ok", steps, witness: merge(witnesses) };
}

/**
 * Whether all operations can be put into one order that keeps the order of each process and that
 * the model can answer, whatever the clock said (Lamport 1979).
 * @throws RangeError for a history that no client could have recorded.
 */
export function sequential<State, Input, Output>(
  history: readonly Op<Input, Output>[],
  model: Model<State, Input, Output>,
  { maxSteps = DEFAULT_STEPS }: Pick<OrderOptions, "maxSteps"> = {},
): OrderResult<Input, Output> {
  assertHistory(history);
  const ops = history.filter((op) => op.status !== "fail");
  const result = order(ops, model, programOrderFrontier, maxSteps);
  if (result.verdict !== "ok") return result;
  const { verdict, steps } = result;
  return { verdict, steps, witness: result.order.map((op) => op.id) };
}

type Ordered<Input, Output> =
  | Exclude<OrderResult<Input, Output>, { verdict: "ok" }>
  | { readonly verdict: "ok"; readonly steps: number; readonly order: Op<Input, Output>[] };

function order<State, Input, Output>(
  part: readonly Op<Input, Output>[],
  model: Model<State, Input, Output>,
  frontierOf: (ops: readonly Op[]) => Frontier,
  maxSteps: number,
): Ordered<Input, Output> {
  const ops = part.toSorted((a, b) => a.call - b.call);
  const found = search(ops, model, frontierOf(ops), maxSteps);
  const { verdict, steps } = found;
  if (verdict === "unknown") return { verdict, steps };
  if (verdict === "ok") return { verdict, steps, order: found.order.map((op) => ops[op]!) };
  return { verdict, steps, stuck: explain(ops, model, frontierOf) };
}

/** One order of all, from one of each partition: an operation happens when it can at the earliest. */
function merge(orders: readonly Op[][]): number[] {
  const timed = orders.flatMap((ops) => {
    let at = -Infinity;
    return ops.map(({ id, call }) => ({ id, at: (at = Math.max(at, call)) }));
  });
  return timed.sort((a, b) => a.at - b.at).map(({ id }) => id);
}
