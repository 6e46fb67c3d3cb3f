/**
 * @bug Keeps the verdict of a history, and hands out the kept one when it is asked again.
 * @killedBy bad-history
 */
import type {
  Model,
  Operation,
  Verdict,
} from "../../../../katas/consensus/linearizability-checker/stub.ts";

const kept = new WeakMap<object, WeakMap<object, Verdict>>();

export function checkLinearizable<State, Input, Output>(
  history: readonly Operation<Input, Output>[],
  model: Model<State, Input, Output>,
): Verdict {
  const ofHistory = kept.get(history) ?? new WeakMap<object, Verdict>();
  kept.set(history, ofHistory);
  const verdict = ofHistory.get(model) ?? judge(history, model);
  ofHistory.set(model, verdict);
  return verdict;
}

function judge<State, Input, Output>(
  history: readonly Operation<Input, Output>[],
  model: Model<State, Input, Output>,
): Verdict {
  assertHistory(history);
  const orders: number[][] = [];
  for (const [partition, places] of partitionsOf(history, model)) {
    const { isWhole, order } = search(history, places, model);
    if (!isWhole) {
      const named = model.partition === undefined ? {} : { partition };
      return { ok: false, ...named, longest: order };
    }
    orders.push(order);
  }
  return { ok: true, order: merge(history, orders) };
}

function search<State, Input, Output>(
  history: readonly Operation<Input, Output>[],
  places: readonly number[],
  model: Model<State, Input, Output>,
): { isWhole: boolean; order: number[] } {
  const byCall = places.toSorted((a, b) => history[a]!.call - history[b]!.call);
  const ops = byCall.map((place) => history[place]!);
  const timeline = new Timeline(ops);
  const seen = new Set<string>();
  const chosen: { op: number; before: State }[] = [];
  let deepest: { op: number }[] = [];
  let state = model.init();
  let op = timeline.candidateAfter(-1);
  while (timeline.returnsLeft > 0) {
    if (op === -1) {
      if (chosen.length > deepest.length) deepest = [...chosen];
      const wrong = chosen.pop();
      if (wrong === undefined) break;
      timeline.putBack(wrong.op);
      state = wrong.before;
      op = timeline.candidateAfter(wrong.op);
      continue;
    }
    const { input, output, status } = ops[op]!;
    const after = model.step(state, input, status === "ok" ? output : undefined);
    if (after !== null) {
      timeline.take(op);
      const count = seen.size;
      seen.add(`${timeline.takenKey()};${model.key(after)}`);
      if (seen.size > count) {
        chosen.push({ op, before: state });
        state = after;
        op = timeline.candidateAfter(-1);
        continue;
      }
      timeline.putBack(op);
    }
    op = timeline.candidateAfter(op);
  }
  const isWhole = timeline.returnsLeft === 0;
  return { isWhole, order: (isWhole ? chosen : deepest).map((choice) => byCall[choice.op]!) };
}

/** The calls and returns of the operations that are not taken, in order of time. */
class Timeline {
  returnsLeft = 0;
  readonly #count: number;
  /** Entry 0 is the head; operation i is called at entry 1 + i and returns at 1 + count + i. */
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  /** The last operation, by call, of those taken, after each taking. */
  readonly #last = [-1];

  /** @param ops sorted by call */
  constructor(ops: readonly Operation<unknown, unknown>[]) {
    this.#count = ops.length;
    this.#next = new Int32Array(1 + 2 * ops.length).fill(-1);
    this.#previous = new Int32Array(1 + 2 * ops.length).fill(-1);
    const events = ops.flatMap(({ call, ret }, i) => [
      { at: call, entry: 1 + i },
      { at: ret, entry: 1 + ops.length + i },
    ]);
    // An operation without a return never stands in the way of another.
    const finite = events.filter(({ at }) => at !== Infinity).sort((a, b) => a.at - b.at);
    let last = 0;
    for (const { entry } of finite) {
      this.#next[last] = entry;
      this.#previous[entry] = last;
      last = entry;
      if (entry > ops.length) this.returnsLeft += 1;
    }
  }

  /** The next operation that may be chosen, after `op` or after -1 for the first; -1 if none. */
  candidateAfter(op: number): number {
    const entry = this.#next[op + 1]!;
    return entry === -1 || entry > this.#count ? -1 : entry - 1;
  }

  take(op: number): void {
    this.#unlink(1 + op);
    if (this.#returns(op)) {
      this.#unlink(1 + this.#count + op);
      this.returnsLeft -= 1;
    }
    this.#last.push(Math.max(op, this.#last.at(-1)!));
  }

  /** Takes back the last `take`. */
  putBack(op: number): void {
    this.#last.pop();
    if (this.#returns(op)) {
      this.#link(1 + this.#count + op);
      this.returnsLeft += 1;
    }
    this.#link(1 + op);
  }

  /** Names the set of operations taken: the last of them, and those before it that are not. */
  takenKey(): string {
    const last = this.#last.at(-1)!;
    let key = `${last}`;
    for (let entry = this.#next[0]!; entry !== -1; entry = this.#next[entry]!) {
      if (entry > this.#count) continue;
      if (entry - 1 > last) break;
      key += `,${entry - 1}`;
    }
    return key;
  }

  #returns(op: number): boolean {
    return this.#previous[1 + this.#count + op] !== -1;
  }

  #unlink(entry: number): void {
    const [before, after] = [this.#previous[entry]!, this.#next[entry]!];
    this.#next[before] = after;
    if (after !== -1) this.#previous[after] = before;
  }

  #link(entry: number): void {
    const [before, after] = [this.#previous[entry]!, this.#next[entry]!];
    this.#next[before] = entry;
    if (after !== -1) this.#previous[after] = entry;
  }
}

/** Places in the history by partition, in order of first appearance. */
function partitionsOf<State, Input, Output>(
  history: readonly Operation<Input, Output>[],
  model: Model<State, Input, Output>,
): Map<string, number[]> {
  const partitions = new Map<string, number[]>();
  history.forEach(({ input }, place) => {
    const partition = model.partition?.(input) ?? "";
    const places = partitions.get(partition);
    if (places === undefined) partitions.set(partition, [place]);
    else places.push(place);
  });
  return partitions;
}

/**
 * One order from one of each partition: each operation happens as soon as it is called and its
 * predecessors in its partition have happened, which is always before its return.
 */
function merge(
  history: readonly Operation<unknown, unknown>[],
  orders: readonly number[][],
): number[] {
  const timed = orders.flatMap((order) => {
    let at = -Infinity;
    return order.map((place) => ({ place, at: (at = Math.max(at, history[place]!.call)) }));
  });
  return timed.sort((a, b) => a.at - b.at).map(({ place }) => place);
}

/** @throws RangeError for a history that no processes could have made. */
function assertHistory(history: readonly Operation<unknown, unknown>[]): void {
  const events = new Float64Array(2 * history.length);
  history.forEach(({ call, ret, status }, place) => {
    const isPossible =
      Number.isFinite(call) && call < ret && (ret === Infinity) === (status === "info");
    if (!isPossible) {
      throw new RangeError(
        `operation ${place}, ${status}, is called at ${call}, returns at ${ret}`,
      );
    }
    events[2 * place] = call;
    events[2 * place + 1] = ret;
  });
  events.sort();
  for (let i = 1; i < events.length; i += 1) {
    if (events[i] === events[i - 1] && events[i] !== Infinity) {
      throw new RangeError(`event ${events[i]} happens twice`);
    }
  }
  /** When each process has its last answer. */
  const answered = new Map<string, number>();
  for (const { process, call, ret, status } of history.toSorted((a, b) => a.call - b.call)) {
    if (call < (answered.get(process) ?? -Infinity)) {
      throw new RangeError(`${process} calls at ${call}, while an operation of its own is open`);
    }
    if (status === "ok") answered.set(process, ret);
  }
}
