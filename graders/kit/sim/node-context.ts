import { cloneJson, copyJson } from "./copy-json.ts";
import { mix } from "./mix.ts";
import type { Json, NodeContext, NodeId } from "./node.ts";
import { GONE, type NodeRuntime } from "./node-runtime.ts";
import { show, typeName } from "./show.ts";

const RANDOM = 6;
const LONGEST_TIMER_MS = 3_600_000;
const LARGEST_BURST = 1024 * 1024;

/** What a node's context asks of whoever runs the node. */
export interface Host {
  readonly now: number;
  readonly seed: number;
  readonly nodeIds: readonly NodeId[];
  setTimer(node: NodeRuntime, ms: number, tag: string): number;
  cancelTimer(node: NodeRuntime, timer: number): void;
  /** Why `node` may not answer this ticket now, or undefined. */
  refuseReply(node: NodeRuntime, ticket: string): string | undefined;
}

/** The context of this boot. A context of an earlier boot, or one used between handlers, refuses. */
export function createContext(node: NodeRuntime, host: Host): NodeContext {
  const { boot, id, index } = node;
  const refuse = (error: Error): never => {
    // Remembered, so that a node cannot swallow it.
    node.refusal ??= error;
    throw error;
  };
  const alive = (call: string): void => {
    if (node.isRunning && node.boot === boot) return;
    const when = node.boot === boot ? "outside its handlers" : "after the crash that ended it";
    refuse(new Error(`ctx.${call} of ${id} is called ${when}`));
  };
  const data = (value: unknown, call: string, name: string): { value: Json; size: number } => {
    try {
      return copyJson(value, `${call}: ${name}`);
    } catch (error) {
      return refuse(error as Error);
    }
  };
  const text = (value: unknown, call: string, name: string): string => {
    if (typeof value === "string") return value;
    return refuse(new TypeError(`${call}: ${name} must be a string, got ${typeName(value)}`));
  };
  const storage: NodeContext["storage"] = Object.freeze({
    get: (key: string): never | undefined => {
      alive("storage.get");
      text(key, "ctx.storage.get", "key");
      const value = node.overlay.has(key) ? node.overlay.get(key) : node.storage.get(key);
      if (value === undefined || value === GONE) return undefined;
      return cloneJson(value as Json) as never;
    },
    set: (key: string, value: unknown): void => {
      alive("storage.set");
      text(key, "ctx.storage.set", "key");
      const copy = data(value, `ctx.storage.set(${JSON.stringify(key)})`, "value").value;
      node.overlay.set(key, copy);
      node.effects.push({ kind: "write", key, data: copy });
    },
    delete: (key: string): void => {
      alive("storage.delete");
      text(key, "ctx.storage.delete", "key");
      node.overlay.set(key, GONE);
      node.effects.push({ kind: "delete", key });
    },
    keys: (): string[] => {
      alive("storage.keys");
      const keys = new Set(node.storage.keys());
      for (const [key, value] of node.overlay) {
        if (value === GONE) keys.delete(key);
        else keys.add(key);
      }
      return [...keys];
    },
  });
  return Object.freeze({
    id,
    peers: Object.freeze(host.nodeIds.filter((other) => other !== id)),
    storage,
    now: (): number => {
      alive("now");
      return host.now + node.skewMs + Math.floor((host.now * node.ppm) / 1e6);
    },
    random: (): number => {
      alive("random");
      const drawn = mix(host.seed, RANDOM, index * 65_536 + boot, node.draws);
      node.draws += 1;
      return drawn / 2 ** 32;
    },
    send: (to: NodeId, msg: unknown): void => {
      alive("send");
      const target = host.nodeIds.indexOf(to);
      if (target < 0) refuse(new RangeError(`ctx.send: there is no node ${show(to)}`));
      const { value, size } = data(msg, `ctx.send to ${to}`, "message");
      node.burst += size;
      if (node.burst > LARGEST_BURST) {
        refuse(new RangeError("ctx.send: more than 1 MiB of messages from one handler"));
      }
      node.effects.push({ kind: "send", to: target, data: value, size });
    },
    setTimer: (ms: number, tag: string): number => {
      alive("setTimer");
      if (typeof ms !== "number" || !(ms >= 0 && ms <= LONGEST_TIMER_MS)) {
        refuse(new RangeError(`ctx.setTimer: ms must be from 0 to 3,600,000, got ${show(ms)}`));
      }
      return host.setTimer(node, Math.ceil(ms), text(tag, "ctx.setTimer", "tag"));
    },
    cancelTimer: (timer: number): void => {
      alive("cancelTimer");
      host.cancelTimer(node, timer);
    },
    reply: (ticket: string, value: unknown): void => {
      alive("reply");
      const name = text(ticket, "ctx.reply", "ticket");
      const why = host.refuseReply(node, name);
      if (why !== undefined) refuse(new RangeError(`ctx.reply: ${why}`));
      const copy = data(value, `ctx.reply to ${name}`, "value").value;
      node.effects.push({ kind: "reply", ticket: name, data: copy });
    },
    emit: (out: unknown): void => {
      alive("emit");
      node.effects.push({ kind: "emit", data: data(out, "ctx.emit", "output").value });
    },
  });
}
