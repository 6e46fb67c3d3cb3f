/**
 * @design Just in time: goes through the events in order, and gives an operation its place only when one returns that has none yet, that one first.
 */
import type {
  Model,
  Operation,
  Verdict,
} from "../../../../katas/consensus/linearizability-checker/stub.ts";

/** Where a try stands: the events before `event` are explained. */
interface Try<State> {
  readonly event: number;
  /** Called, with a place in the order or without, and not returned yet. */
  readonly open: readonly number[];
  /** Those of `open` that have a place already, ascending. */
  readonly placed: readonly number[];
  readonly state: State;
}
/** A try, the order that explains it, and the operations that may have the next place. */
interface Fork<State> {
  readonly from: Try<State>;
  readonly order: Link | undefined;
  /** How many of the open ones were tried; the one that is due comes before them, at -1. */
  tried: number;
}
interface Link {
  readonly place: number;
  readonly before: Link | undefined;
  readonly length: number;
}
interface Event {
  readonly at: number;
  readonly place: number;
  readonly isReturn: boolean;
}

export function checkLinearizable<State, Input, Output>(
  history: readonly Operation<Input, Output>[],
  model: Model<State, Input, Output>,
): Verdict {
  assertHistory(history);
  const parts = new Map<string, Event[]>();
  history.forEach(({ input, call, ret }, place) => {
    const key = model.partition === undefined ? "" : model.partition(input);
    if (!parts.has(key)) parts.set(key, []);
    parts.get(key)!.push({ at: call, place, isReturn: false });
    if (ret !== Infinity) parts.get(key)!.push({ at: ret, place, isReturn: true });
  });
  const times: { place: number; at: number }[] = [];
  for (const [partition, events] of parts) {
    const { isWhole, order } = explain(history, events, model);
    if (!isWhole) {
      return model.partition
        ? { ok: false, partition, longest: order }
        : { ok: false, longest: order };
    }
    let at = -Infinity;
    for (const place of order) {
      at = Math.max(at, history[place]!.call);
      times.push({ place, at });
    }
  }
  return { ok: true, order: times.sort((a, b) => a.at - b.at).map(({ place }) => place) };
}

function explain<State, Input, Output>(
  history: readonly Operation<Input, Output>[],
  events: Event[],
  model: Model<State, Input, Output>,
): { isWhole: boolean; order: number[] } {
  events.sort((a, b) => a.at - b.at);
  const seen = new Set<string>();
  const start = goOn({ event: 0, open: [], placed: [], state: model.init() }, events);
  const stack: Fork<State>[] = [{ from: start, order: undefined, tried: -1 }];
  let longest: Link | undefined;
  for (let fork = stack.at(-1); fork !== undefined; fork = stack.at(-1)) {
    const { from, order } = fork;
    if (from.event === events.length) return { isWhole: true, order: unroll(order) };
    if (fork.tried === from.open.length) {
      if ((order?.length ?? 0) > (longest?.length ?? 0)) longest = order;
      stack.pop();
      continue;
    }
    const due = events[from.event]!.place;
    const place = fork.tried === -1 ? due : from.open[fork.tried]!;
    fork.tried += 1;
    if (fork.tried > 0 && (place === due || from.placed.includes(place))) continue;
    const { input, output, status } = history[place]!;
    const state = model.step(from.state, input, status === "ok" ? output : undefined);
    if (state === null) continue;
    const placed = insert(from.placed, place);
    const key = `${from.event}:${placed.join(",")}:${model.key(state)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const length = (order?.length ?? 0) + 1;
    const after = goOn({ event: from.event, open: from.open, placed, state }, events);
    stack.push({ from: after, order: { place, before: order, length }, tried: -1 });
  }
  return { isWhole: false, order: unroll(longest) };
}

function insert(ascending: readonly number[], place: number): readonly number[] {
  const at = ascending.findIndex((other) => other > place);
  return at === -1 ? [...ascending, place] : ascending.toSpliced(at, 0, place);
}

/** Up to the first return of an operation that has no place. */
function goOn<State>(from: Try<State>, events: readonly Event[]): Try<State> {
  let { event, open, placed } = from;
  for (; event < events.length; event += 1) {
    const { place, isReturn } = events[event]!;
    if (!isReturn) {
      open = [...open, place];
      continue;
    }
    if (!placed.includes(place)) break;
    open = open.filter((other) => other !== place);
    placed = placed.filter((other) => other !== place);
  }
  return { event, open, placed, state: from.state };
}

function unroll(order: Link | undefined): number[] {
  const places: number[] = [];
  for (let link = order; link !== undefined; link = link.before) places.push(link.place);
  return places.reverse();
}

function assertHistory(history: readonly Operation<unknown, unknown>[]): void {
  const isGood = (op: Operation<unknown, unknown>): boolean =>
    Number.isFinite(op.call) &&
    op.call < op.ret &&
    (op.status === "info") === (op.ret === Infinity);
  if (!history.every(isGood)) throw new RangeError("an operation has impossible events");
  const events = history.flatMap(({ call, ret }) => (ret === Infinity ? [call] : [call, ret]));
  if (new Set(events).size < events.length) throw new RangeError("an event is used twice");
  const open = new Map<string, number>();
  for (const { process, call, ret, status } of history.toSorted((a, b) => a.call - b.call)) {
    const until = open.get(process);
    if (until !== undefined && call < until) throw new RangeError(`${process} does two at once`);
    if (status === "ok") open.set(process, ret);
  }
}
