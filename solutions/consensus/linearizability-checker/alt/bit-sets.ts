/**
 * @design The textbook form: a linked list of entry objects, and a cache of bit sets by their hash.
 */
import type {
  Model,
  Operation,
  Verdict,
} from "../../../../katas/consensus/linearizability-checker/stub.ts";

interface Entry {
  readonly id: number;
  readonly at: number;
  /** The return of a call; a return has none. */
  match: Entry | undefined;
  previous: Entry | undefined;
  next: Entry | undefined;
}

export function checkLinearizable<State, Input, Output>(
  history: readonly Operation<Input, Output>[],
  model: Model<State, Input, Output>,
): Verdict {
  validate(history);
  const { partition } = model;
  const groups = new Map<string, number[]>();
  for (let i = 0; i < history.length; i += 1) {
    const name = partition === undefined ? "" : partition(history[i]!.input);
    const group = groups.get(name) ?? [];
    groups.set(name, group);
    group.push(i);
  }
  const instant = new Float64Array(history.length).fill(Number.NaN);
  const order: number[] = [];
  for (const [name, group] of groups) {
    const longest: number[] = [];
    const found = checkOne(group, history, model, longest);
    if (found === undefined) {
      return { ok: false, longest, ...(partition === undefined ? {} : { partition: name }) };
    }
    let now = -Infinity;
    for (const i of found) {
      now = Math.max(now, history[i]!.call);
      instant[i] = now;
      order.push(i);
    }
  }
  order.sort((a, b) => instant[a]! - instant[b]!);
  return { ok: true, order };
}

function checkOne<State, Input, Output>(
  group: readonly number[],
  history: readonly Operation<Input, Output>[],
  model: Model<State, Input, Output>,
  longest: number[],
): number[] | undefined {
  const head = listOf(group, history);
  const bits = new Uint32Array(Math.ceil(group.length / 32));
  const cache = new Map<number, { bits: Uint32Array; key: string }[]>();
  const calls: { entry: Entry; state: State }[] = [];
  let hash = 0;
  let needed = group.filter((i) => history[i]!.status === "ok").length;
  let state = model.init();
  const flip = (entry: Entry): void => {
    bits[entry.id >>> 5]! ^= 1 << (entry.id & 31);
    hash ^= Math.imul(entry.id + 1, 0x9e3779b1) ^ ((entry.id + 7) << 13);
    if (entry.match !== undefined) needed += isSet(bits, entry.id) ? -1 : 1;
  };
  const isKnown = (key: string): boolean => {
    const same = cache.get(hash);
    const found = same?.some(
      (one) => one.key === key && one.bits.every((word, i) => word === bits[i]),
    );
    if (found === true) return true;
    const made = { bits: bits.slice(), key };
    if (same === undefined) cache.set(hash, [made]);
    else same.push(made);
    return false;
  };
  let entry = head.next;
  while (needed > 0) {
    if (entry === undefined || isReturn(entry)) {
      if (calls.length > longest.length) {
        longest.length = 0;
        for (const call of calls) longest.push(group[call.entry.id]!);
      }
      const call = calls.pop();
      if (call === undefined) return undefined;
      flip(call.entry);
      state = call.state;
      unlift(call.entry);
      entry = call.entry.next;
      continue;
    }
    const { input, output, status } = history[group[entry.id]!]!;
    const after = model.step(state, input, status === "info" ? undefined : output);
    if (after !== null) {
      flip(entry);
      if (!isKnown(model.key(after))) {
        calls.push({ entry, state });
        state = after;
        lift(entry);
        entry = head.next;
        continue;
      }
      flip(entry);
    }
    entry = entry.next;
  }
  return calls.map((call) => group[call.entry.id]!);
}

function listOf(group: readonly number[], history: readonly Operation<unknown, unknown>[]): Entry {
  const fresh = (id: number, at: number): Entry => {
    return { id, at, match: undefined, previous: undefined, next: undefined };
  };
  const entries: Entry[] = [];
  group.forEach((place, id) => {
    const call = fresh(id, history[place]!.call);
    entries.push(call);
    if (history[place]!.status === "info") return;
    call.match = fresh(-1, history[place]!.ret);
    entries.push(call.match);
  });
  entries.sort((a, b) => a.at - b.at);
  const head = fresh(-1, -Infinity);
  let last = head;
  for (const entry of entries) {
    last.next = entry;
    entry.previous = last;
    last = entry;
  }
  return head;
}

function isReturn(entry: Entry): boolean {
  return entry.id === -1;
}

function isSet(bits: Uint32Array, id: number): boolean {
  return (bits[id >>> 5]! & (1 << (id & 31))) !== 0;
}

function lift(entry: Entry): void {
  for (const one of [entry, entry.match]) {
    if (one === undefined) continue;
    one.previous!.next = one.next;
    if (one.next !== undefined) one.next.previous = one.previous;
  }
}

function unlift(entry: Entry): void {
  for (const one of [entry.match, entry]) {
    if (one === undefined) continue;
    one.previous!.next = one;
    if (one.next !== undefined) one.next.previous = one;
  }
}

function validate(history: readonly Operation<unknown, unknown>[]): void {
  const taken = new Set<number>();
  const take = (event: number): void => {
    if (!Number.isFinite(event) || taken.has(event)) throw new RangeError(`bad event ${event}`);
    taken.add(event);
  };
  const byProcess = new Map<string, Operation<unknown, unknown>[]>();
  for (const op of history) {
    take(op.call);
    if (op.status === "ok") take(op.ret);
    else if (op.ret !== Infinity) throw new RangeError("an info operation cannot return");
    if (op.ret <= op.call) throw new RangeError("an operation returns before it is called");
    const own = byProcess.get(op.process);
    if (own === undefined) byProcess.set(op.process, [op]);
    else own.push(op);
  }
  for (const own of byProcess.values()) {
    own.sort((a, b) => a.call - b.call);
    let busy = -Infinity;
    for (const op of own) {
      if (op.call < busy) throw new RangeError(`process ${op.process} is busy at ${op.call}`);
      if (op.status === "ok") busy = op.ret;
    }
  }
}
