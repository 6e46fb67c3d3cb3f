import { cloneJson, copyJson } from "./copy-json.ts";
import { mix } from "./mix.ts";
import type { Json, NodeContext, NodeHandlers, NodeId } from "./node.ts";
import type { CrashPoint } from "./scenario.ts";

const RANDOM = 6;
const LONGEST_TIMER_MS = 3_600_000;
const LARGEST_BURST = 1024 * 1024;
const GONE = Symbol("deleted");

/** What a handler has done, in order; it happens when the handler has returned. */
export type Effect =
  | { readonly kind: "send"; readonly to: number; readonly data: Json; readonly size: number }
  | { readonly kind: "write"; readonly key: string; readonly data: Json }
  | { readonly kind: "delete"; readonly key: string }
  | { readonly kind: "emit"; readonly data: Json }
  | { readonly kind: "reply"; readonly ticket: string; readonly data: Json };

/** What a node's context asks of the cluster. */
export interface Host {
  readonly now: number;
  readonly seed: number;
  readonly nodeIds: readonly NodeId[];
  setTimer(node: NodeRuntime, ms: number, tag: string): number;
  cancelTimer(node: NodeRuntime, timer: number): void;
  /** Why `node` may not answer this ticket now, or undefined. */
  refuseReply(node: NodeRuntime, ticket: string): string | undefined;
  /** Remembers what a context has refused, so that a node cannot swallow it. */
  refused(error: Error): void;
}

/** One node over all its boots. */
export class NodeRuntime {
  readonly index: number;
  readonly id: NodeId;
  readonly storage = new Map<string, Json>();
  /** Effects since the start of the run, by kind: where `crashOn` strikes. */
  readonly count: Record<CrashPoint, number> = { send: 0, commit: 0, reply: 0, recv: 0 };
  blocks = 0;
  boot = 0;
  isUp = false;
  isPaused = false;
  skewMs = 0;
  ppm = 0;
  handlers: NodeHandlers = {};
  effects: Effect[] = [];
  isRunning = false;
  readonly #overlay = new Map<string, Json | typeof GONE>();
  #draws = 0;
  #burst = 0;

  constructor(index: number) {
    this.index = index;
    this.id = `n${index}`;
  }

  /** Forgets what a handler did and what dies with a boot. */
  clear(): void {
    this.effects = [];
    this.#overlay.clear();
    this.#burst = 0;
  }

  beginBoot(): void {
    this.boot += 1;
    this.isUp = true;
    this.isPaused = false;
    this.#draws = 0;
    this.clear();
  }

  /** The context of this boot. A context of an earlier boot, or one used between handlers, refuses. */
  createContext(host: Host): NodeContext {
    const boot = this.boot;
    const refuse = (error: Error): never => {
      host.refused(error);
      throw error;
    };
    const alive = (call: string): void => {
      if (this.isRunning && this.boot === boot) return;
      const when = this.boot === boot ? "outside its handlers" : "after the crash that ended it";
      refuse(new Error(`ctx.${call} of ${this.id} is called ${when}`));
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
        const value = this.#overlay.has(key) ? this.#overlay.get(key) : this.storage.get(key);
        if (value === undefined || value === GONE) return undefined;
        return cloneJson(value as Json) as never;
      },
      set: (key: string, value: unknown): void => {
        alive("storage.set");
        text(key, "ctx.storage.set", "key");
        const copy = data(value, `ctx.storage.set(${JSON.stringify(key)})`, "value").value;
        this.#overlay.set(key, copy);
        this.effects.push({ kind: "write", key, data: copy });
      },
      delete: (key: string): void => {
        alive("storage.delete");
        text(key, "ctx.storage.delete", "key");
        this.#overlay.set(key, GONE);
        this.effects.push({ kind: "delete", key });
      },
      keys: (): string[] => {
        alive("storage.keys");
        const keys = new Set(this.storage.keys());
        for (const [key, value] of this.#overlay) {
          if (value === GONE) keys.delete(key);
          else keys.add(key);
        }
        return [...keys];
      },
    });
    return Object.freeze({
      id: this.id,
      peers: Object.freeze(host.nodeIds.filter((id) => id !== this.id)),
      storage,
      now: (): number => {
        alive("now");
        return host.now + this.skewMs + Math.floor((host.now * this.ppm) / 1e6);
      },
      random: (): number => {
        alive("random");
        const drawn = mix(host.seed, RANDOM, this.index * 65_536 + boot, this.#draws);
        this.#draws += 1;
        return drawn / 2 ** 32;
      },
      send: (to: NodeId, msg: unknown): void => {
        alive("send");
        const target = host.nodeIds.indexOf(to);
        if (target < 0) refuse(new RangeError(`ctx.send: there is no node ${show(to)}`));
        const { value, size } = data(msg, `ctx.send to ${to}`, "message");
        this.#burst += size;
        if (this.#burst > LARGEST_BURST) {
          refuse(new RangeError("ctx.send: more than 1 MiB of messages from one handler"));
        }
        this.effects.push({ kind: "send", to: target, data: value, size });
      },
      setTimer: (ms: number, tag: string): number => {
        alive("setTimer");
        if (typeof ms !== "number" || !(ms >= 0 && ms <= LONGEST_TIMER_MS)) {
          refuse(new RangeError(`ctx.setTimer: ms must be from 0 to 3,600,000, got ${show(ms)}`));
        }
        return host.setTimer(this, Math.ceil(ms), text(tag, "ctx.setTimer", "tag"));
      },
      cancelTimer: (timer: number): void => {
        alive("cancelTimer");
        host.cancelTimer(this, timer);
      },
      reply: (ticket: string, value: unknown): void => {
        alive("reply");
        const name = text(ticket, "ctx.reply", "ticket");
        const why = host.refuseReply(this, name);
        if (why !== undefined) refuse(new RangeError(`ctx.reply: ${why}`));
        const copy = data(value, `ctx.reply to ${name}`, "value").value;
        this.effects.push({ kind: "reply", ticket: name, data: copy });
      },
      emit: (out: unknown): void => {
        alive("emit");
        this.effects.push({ kind: "emit", data: data(out, "ctx.emit", "output").value });
      },
    });
  }
}

/** A value in an error message, short. */
export function show(value: unknown): string {
  if (typeof value === "string") {
    return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  }
  return typeof value === "number" ? String(value) : typeName(value);
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "undefined";
  return Array.isArray(value) ? "an array" : `a value of type ${typeof value}`;
}
