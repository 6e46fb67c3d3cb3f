/**
 * @bug Answers a get of a key that nobody has put without a value.
 * @killedBy fresh-reads
 */
import type { FreeFormat, NodeContext, NodeHandlers, NodeId } from "kata/kit";
import type { QuorumOptions, Request } from "../../../../katas/replication/quorum-store/stub.ts";

interface Entry {
  readonly counter: number;
  /** Node, boot and number of the put: different for different puts. */
  readonly put: string;
  readonly value: string;
}
interface Hint {
  readonly key: string;
  readonly entry: Entry;
  readonly missing: NodeId[];
}
type Message =
  | { type: "read"; op: string; key: string }
  | { type: "found"; op: string; entry: Entry | null }
  | { type: "store"; op: string; key: string; entry: Entry }
  | { type: "stored"; op: string }
  | { type: "repair"; key: string; entry: Entry };

interface Operation {
  readonly ticket: string;
  readonly key: string;
  /** Of a put. */
  readonly value?: string;
  readonly found: Map<NodeId, Entry | null>;
  readonly stored: Set<NodeId>;
  isAnswered: boolean;
}

class QuorumNode implements NodeHandlers<Message, Request> {
  readonly #ctx: NodeContext<Message, never>;
  readonly #options: QuorumOptions;
  readonly #boot: number;
  /** Until its time is over. */
  readonly #operations = new Map<string, Operation>();
  readonly #hints = new Map<string, Hint>();
  #count = 0;

  constructor(ctx: NodeContext<Message, never>, options: QuorumOptions) {
    this.#ctx = ctx;
    this.#options = options;
    this.#boot = (ctx.storage.get<number>("boot") ?? 0) + 1;
    for (const key of ctx.storage.keys()) {
      const hint = key.startsWith("hint ") ? ctx.storage.get<Hint>(key) : undefined;
      if (hint !== undefined) this.#hints.set(key.slice("hint ".length), hint);
    }
  }

  onStart(): void {
    this.#ctx.storage.set("boot", this.#boot);
    this.#ctx.setTimer(this.#options.retryMs, "retry");
  }

  onRequest(ticket: string, request: Request): void {
    const { key } = request;
    if (request.op === "local") {
      this.#ctx.reply(ticket, { ok: true, value: this.#held(key)?.value ?? null });
      return;
    }
    this.#count += 1;
    const op = `${this.#ctx.id}.${this.#boot}.${this.#count}`;
    const value = request.op === "put" ? { value: request.value } : {};
    const asked = { ticket, key, ...value, found: new Map(), stored: new Set<NodeId>() };
    this.#operations.set(op, { ...asked, isAnswered: false });
    this.#ctx.setTimer(this.#options.timeoutMs, op);
    for (const replica of this.#others(key)) this.#ctx.send(replica, { type: "read", op, key });
    if (this.#isReplica(key)) this.#onFound(op, this.#ctx.id, this.#held(key) ?? null);
  }

  onMessage(from: NodeId, message: Message): void {
    switch (message.type) {
      case "read": {
        const entry = this.#held(message.key) ?? null;
        this.#ctx.send(from, { type: "found", op: message.op, entry });
        return;
      }
      case "found":
        this.#onFound(message.op, from, message.entry);
        return;
      case "store":
        this.#keep(message.key, message.entry);
        this.#ctx.send(from, { type: "stored", op: message.op });
        return;
      case "stored":
        this.#onStored(message.op, from);
        return;
      case "repair":
        this.#keep(message.key, message.entry);
    }
  }

  onTimer(tag: string): void {
    if (tag === "retry") {
      for (const [op, { key, entry, missing }] of this.#hints) {
        // A put that still runs has sent its value not long ago.
        if (this.#operations.has(op)) continue;
        for (const replica of missing) this.#ctx.send(replica, { type: "store", op, key, entry });
      }
      this.#ctx.setTimer(this.#options.retryMs, "retry");
      return;
    }
    const operation = this.#operations.get(tag);
    this.#operations.delete(tag);
    if (operation?.isAnswered === false) {
      this.#ctx.reply(operation.ticket, { error: "unavailable" });
    }
  }

  /** A replica has told what it holds. */
  #onFound(op: string, from: NodeId, entry: Entry | null): void {
    const operation = this.#operations.get(op);
    if (operation === undefined) return;
    const { found, key, value } = operation;
    const before = found.size;
    found.set(from, entry);
    if (found.size < this.#options.r) return;
    if (value === undefined) {
      const newest = newestOf(found.values());
      this.#answer(operation, { ok: true, ...(newest === null ? {} : { value: newest.value }) });
      if (newest !== null) this.#repair(key, found, newest);
    } else if (before < this.#options.r) {
      const counter = (newestOf(found.values())?.counter ?? 0) + 1;
      this.#store(op, operation, { counter, put: op, value });
    }
  }

  #store(op: string, { key }: Operation, entry: Entry): void {
    const missing = [...this.#others(key)];
    if (missing.length > 0) {
      this.#hints.set(op, { key, entry, missing });
      this.#ctx.storage.set(`hint ${op}`, { key, entry, missing });
    }
    if (this.#isReplica(key)) this.#keep(key, entry);
    for (const replica of missing) this.#ctx.send(replica, { type: "store", op, key, entry });
    if (this.#isReplica(key)) this.#onStored(op, this.#ctx.id);
  }

  /** A replica has stored the value of a put. */
  #onStored(op: string, from: NodeId): void {
    const hint = this.#hints.get(op);
    const place = hint?.missing.indexOf(from) ?? -1;
    if (hint !== undefined && place >= 0) {
      hint.missing.splice(place, 1);
      // Written no earlier: after a crash some replicas get the value once more, which harms nobody.
      if (hint.missing.length === 0) {
        this.#hints.delete(op);
        this.#ctx.storage.delete(`hint ${op}`);
      }
    }
    const operation = this.#operations.get(op);
    if (operation === undefined) return;
    operation.stored.add(from);
    if (operation.stored.size >= this.#options.w) this.#answer(operation, { ok: true });
  }

  #answer(operation: Operation, reply: { ok: true; value?: string | null }): void {
    if (operation.isAnswered) return;
    operation.isAnswered = true;
    this.#ctx.reply(operation.ticket, reply);
  }

  /** Sends the newest entry to all who have shown an older one. */
  #repair(key: string, found: Map<NodeId, Entry | null>, newest: Entry): void {
    for (const [replica, entry] of found) {
      if (entry !== null && !isNewer(newest, entry)) continue;
      found.set(replica, newest);
      if (replica === this.#ctx.id) this.#keep(key, newest);
      else this.#ctx.send(replica, { type: "repair", key, entry: newest });
    }
  }

  /** Holds the newer one of two entries. */
  #keep(key: string, entry: Entry): void {
    const held = this.#held(key);
    if (held === undefined || isNewer(entry, held)) this.#ctx.storage.set(`data ${key}`, entry);
  }

  #held(key: string): Entry | undefined {
    return this.#ctx.storage.get<Entry>(`data ${key}`);
  }

  #replicas(key: string): readonly NodeId[] {
    return this.#options.preference(key).slice(0, this.#options.n);
  }

  #others(key: string): readonly NodeId[] {
    return this.#replicas(key).filter((replica) => replica !== this.#ctx.id);
  }

  #isReplica(key: string): boolean {
    return this.#replicas(key).includes(this.#ctx.id);
  }
}

function newestOf(entries: Iterable<Entry | null>): Entry | null {
  let newest: Entry | null = null;
  for (const entry of entries) {
    if (entry !== null && (newest === null || isNewer(entry, newest))) newest = entry;
  }
  return newest;
}

function isNewer(a: Entry, b: Entry): boolean {
  return a.counter === b.counter ? a.put > b.put : a.counter > b.counter;
}

export function createNode(
  ctx: NodeContext<FreeFormat, never>,
  options: QuorumOptions,
): NodeHandlers<FreeFormat, Request> {
  return new QuorumNode(ctx, options);
}
