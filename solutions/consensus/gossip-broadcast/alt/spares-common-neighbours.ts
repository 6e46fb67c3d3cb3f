/** @design Passes news on to those only whom the sender has not told; checksums make losses good. */
import type { FreeFormat, NodeContext, NodeHandlers, NodeId } from "kata/kit";
import type * as Stub from "../../../../katas/consensus/gossip-broadcast/stub.ts";

type Message =
  /** News. The sender tells all its neighbours, but those that whoever told it has told already. */
  | { t: "news"; v: number[] }
  /** What I know, in short: how many values, and 64 bits that depend on the set alone. */
  | { t: "sum"; n: number; a: number; b: number }
  /** The answer to a `sum` that differs from one's own: all that I know. */
  | { t: "all"; v: number[] }
  /** The answer to `all`: what you lack. */
  | { t: "rest"; v: number[] };

/** One exchange in this time, with the neighbours in turn. */
const ROUND_MS = 500;

const PREFIX = "v:";

/** Spreads the bits of a 32-bit integer (the finalizer of MurmurHash3). */
function mix(x: number): number {
  x ^= x >>> 16;
  x = Math.imul(x, 0x85ebca6b);
  x ^= x >>> 13;
  x = Math.imul(x, 0xc2b2ae35);
  return x ^ (x >>> 16);
}

/** One node of the cluster, called at each of its boots. The format of messages is yours. */
export function createNode(
  ctx: NodeContext<FreeFormat, Stub.Output>,
  options: Stub.Options,
): NodeHandlers<FreeFormat, Stub.Request> {
  const { storage } = ctx;
  const neighbours = options.neighbours[ctx.id] ?? [];

  const known = new Set<number>();
  /** The known values ascending, while that is up to date. */
  let sorted: number[] | null = null;
  let sumA = 0;
  let sumB = 0;

  /** To whom news goes on that came from a certain neighbour. */
  const onward = new Map<NodeId, readonly NodeId[]>();

  let turn = Math.floor(ctx.random() * neighbours.length);

  function add(value: number): void {
    known.add(value);
    sorted = null;
    const low = value | 0;
    const high = Math.floor(value / 0x100000000) | 0;
    sumA ^= mix(low ^ mix(high ^ 0x3c6ef372));
    sumB ^= mix(Math.imul(low, 0x9e3779b1) + mix(high ^ 0x5bd1e995));
  }

  /** Records and emits what is new among the values: all of it in one block. Returns it. */
  function learn(values: readonly number[]): number[] {
    const fresh: number[] = [];
    for (const value of values) {
      if (known.has(value)) continue;
      add(value);
      storage.set(PREFIX + value, 1);
      ctx.emit({ type: "deliver", value });
      fresh.push(value);
    }
    return fresh;
  }

  function tell(targets: readonly NodeId[], values: number[]): void {
    const message: Message = { t: "news", v: values };
    for (const target of targets) ctx.send(target, message);
  }

  function onwardFrom(from: NodeId): readonly NodeId[] {
    let targets = onward.get(from);
    if (targets === undefined) {
      const told = new Set(options.neighbours[from] ?? []);
      targets = neighbours.filter((neighbour) => neighbour !== from && !told.has(neighbour));
      onward.set(from, targets);
    }
    return targets;
  }

  /** Learns from an exchange: nobody else has been told by the sender. */
  function catchUp(from: NodeId, values: readonly number[]): void {
    const fresh = learn(values);
    if (fresh.length === 0) return;
    tell(
      neighbours.filter((neighbour) => neighbour !== from),
      fresh,
    );
  }

  function values(): number[] {
    sorted ??= [...known].sort((x, y) => x - y);
    return sorted;
  }

  return {
    onStart() {
      for (const key of storage.keys()) {
        if (key.startsWith(PREFIX)) add(Number(key.slice(PREFIX.length)));
      }
      ctx.setTimer(Math.floor(ctx.random() * ROUND_MS), "round");
    },

    onMessage(from, message: Message) {
      switch (message.t) {
        case "news": {
          const fresh = learn(message.v);
          if (fresh.length > 0) tell(onwardFrom(from), fresh);
          break;
        }
        case "sum":
          if (message.n !== known.size || message.a !== sumA || message.b !== sumB) {
            ctx.send(from, { t: "all", v: values() } satisfies Message);
          }
          break;
        case "all": {
          const theirs = new Set(message.v);
          const rest = values().filter((value) => !theirs.has(value));
          catchUp(from, message.v);
          if (rest.length > 0) ctx.send(from, { t: "rest", v: rest } satisfies Message);
          break;
        }
        case "rest":
          catchUp(from, message.v);
          break;
      }
    },

    onTimer() {
      ctx.setTimer(ROUND_MS, "round");
      if (neighbours.length === 0) return;
      const neighbour = neighbours[turn % neighbours.length]!;
      turn++;
      ctx.send(neighbour, { t: "sum", n: known.size, a: sumA, b: sumB } satisfies Message);
    },

    onRequest(ticket, req) {
      if (req.type === "read") {
        ctx.reply(ticket, { values: values() });
        return;
      }
      const fresh = learn([req.value]);
      ctx.reply(ticket, { ok: true });
      if (fresh.length > 0) tell(neighbours, fresh);
    },
  };
}
