import type { Json, NodeId } from "./node.ts";
import type { EventKind, TraceEvent, World } from "./trace-event.ts";
import type { Invariant } from "./trace-event.ts";

interface Watch {
  readonly name: string;
  readonly judge: (event: TraceEvent, world: World) => string | undefined;
}

/** Numbers what happens, keeps or hashes it if asked to, and shows it to the invariants. */
export class Recorder {
  readonly trace: TraceEvent[] = [];
  violation: { readonly name: string; readonly detail: string; readonly event: number } | undefined;
  readonly #keeps: boolean;
  readonly #hashes: boolean;
  readonly #world: World;
  readonly #all: Watch[] = [];
  readonly #byKind: Partial<Record<EventKind, Watch[]>> = {};
  #count = 0;
  #high = 0x811c9dc5 | 0;
  #low = 0x5bd1e995 | 0;

  constructor(mode: "full" | "hash" | "off", invariants: readonly Invariant[], world: World) {
    this.#keeps = mode === "full";
    this.#hashes = mode !== "off";
    this.#world = world;
    for (const { name, on, start } of invariants) {
      const watch = { name, judge: start() };
      if (on === undefined) this.#all.push(watch);
      else for (const kind of on) (this.#byKind[kind] ??= []).push(watch);
    }
  }

  get hash(): string {
    if (!this.#hashes) return "";
    const hex = (part: number): string => (part >>> 0).toString(16).padStart(8, "0");
    return hex(this.#high) + hex(this.#low);
  }

  /** The number that the next event gets. */
  get next(): number {
    return this.#count;
  }

  /** Records one event and returns its number. */
  record(
    at: number,
    kind: EventKind,
    node: NodeId,
    cause: number,
    peer?: NodeId,
    data?: Json,
    note?: string,
  ): number {
    const index = this.#count;
    this.#count = index + 1;
    const watches = this.#byKind[kind];
    if (!this.#hashes && watches === undefined && this.#all.length === 0) return index;
    if (this.#hashes) this.#feed(at, kind, node, peer, data, note);
    const event: TraceEvent = { index, at, kind, node, peer, data, note, cause };
    if (this.#keeps) this.trace.push(event);
    if (this.violation === undefined) {
      if (watches !== undefined) this.#show(watches, event);
      this.#show(this.#all, event);
    }
    return index;
  }

  #show(watches: readonly Watch[], event: TraceEvent): void {
    for (const { name, judge } of watches) {
      const detail = judge(event, this.#world);
      if (detail === undefined) continue;
      this.violation = { name, detail, event: event.index };
      return;
    }
  }

  #feed(
    at: number,
    kind: EventKind,
    node: NodeId,
    peer: NodeId | undefined,
    data: Json | undefined,
    note: string | undefined,
  ): void {
    this.#mixIn(at);
    this.#mixText(kind);
    this.#mixText(node);
    this.#mixText(peer ?? "");
    this.#mixText(note ?? "");
    this.#mixText(data === undefined ? "" : JSON.stringify(data));
  }

  #mixText(text: string): void {
    let high = this.#high;
    let low = this.#low;
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      high = Math.imul(high ^ code, 0x01000193);
      low = Math.imul(low ^ code, 0x5bd1e995) ^ (low >>> 15);
    }
    this.#high = high;
    this.#low = low;
    this.#mixIn(text.length);
  }

  #mixIn(value: number): void {
    this.#high = Math.imul(this.#high ^ value, 0x01000193);
    this.#low = Math.imul(this.#low ^ value, 0x5bd1e995) ^ (this.#low >>> 15);
  }
}
