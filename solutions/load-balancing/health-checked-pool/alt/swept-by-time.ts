/** @design Each session has a deadline; all are looked through once in each idle time. */
import type {
  BackendState,
  Clock,
  PoolOptions,
} from "../../../../katas/load-balancing/health-checked-pool/stub.ts";

class Backend {
  health: BackendState = "up";
  draining = false;
  streak = 0;
  gone = false;
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }

  get takesNewWork(): boolean {
    return this.health === "up" && !this.draining;
  }
}

interface Session {
  backend: Backend;
  untilMs: number;
}

export class HealthCheckedPool {
  readonly #clock: Clock;
  readonly #limits: { up: number; down: number };
  readonly #idleMs: number;
  readonly #members = new Map<string, Backend>();
  /** Who takes new work, and whose turn it is. */
  #turns: Backend[] = [];
  #first = 0;
  readonly #sessions = new Map<string, Session>();
  #sweepAtMs = 0;
  #now = 0;

  constructor(options: PoolOptions) {
    const { rise = 2, fall = 3, sessionIdleMs = 600_000 } = options;
    for (const value of [rise, fall, sessionIdleMs]) {
      if (!Number.isInteger(value) || value <= 0) throw new RangeError(`not positive: ${value}`);
    }
    this.#clock = options.clock;
    this.#limits = { up: fall, down: rise };
    this.#idleMs = sessionIdleMs;
  }

  add(id: string): boolean {
    if (id.length === 0) throw new TypeError("empty id");
    if (this.#members.has(id)) return false;
    this.#members.set(id, new Backend(id));
    this.#reorder();
    return true;
  }

  remove(id: string): boolean {
    const backend = this.#members.get(id);
    if (backend !== undefined) backend.gone = true;
    const wasThere = this.#members.delete(id);
    if (wasThere) this.#reorder();
    return wasThere;
  }

  drain(id: string, on: boolean): boolean {
    const backend = this.#members.get(id);
    const changes = backend !== undefined && backend.draining !== on;
    if (changes) backend.draining = on;
    if (changes) this.#reorder();
    return changes;
  }

  report(id: string, ok: boolean): BackendState | undefined {
    const backend = this.#members.get(id);
    if (backend === undefined) return undefined;
    const agrees = ok === (backend.health === "up");
    backend.streak = agrees ? 0 : backend.streak + 1;
    if (backend.streak < this.#limits[backend.health]) return backend.health;
    backend.health = ok ? "up" : "down";
    backend.streak = 0;
    this.#reorder();
    return backend.health;
  }

  pick(sessionId?: string): string | undefined {
    if (sessionId === undefined) return this.#turn()?.id;
    if (sessionId.length === 0) throw new TypeError("empty session id");
    this.#now = Math.max(this.#now, this.#clock.now());
    this.#sweep();
    const session = this.#sessions.get(sessionId);
    const isBound = session !== undefined && session.untilMs > this.#now && !session.backend.gone;
    const stays = isBound && session.backend.health === "up";
    const backend = stays ? session.backend : this.#turn();
    if (backend === undefined) {
      this.#sessions.delete(sessionId);
      return undefined;
    }
    this.#sessions.set(sessionId, { backend, untilMs: this.#now + this.#idleMs });
    return backend.id;
  }

  state(id: string): { health: BackendState; draining: boolean } | undefined {
    const backend = this.#members.get(id);
    if (backend === undefined) return undefined;
    const { health, draining } = backend;
    return { health, draining };
  }

  #turn(): Backend | undefined {
    if (this.#first >= this.#turns.length) this.#first = 0;
    const backend = this.#turns[this.#first];
    this.#first += 1;
    return backend;
  }

  #reorder(): void {
    this.#turns = [...this.#members.values()].filter((backend) => backend.takesNewWork);
  }

  #sweep(): void {
    if (this.#now < this.#sweepAtMs) return;
    this.#sweepAtMs = this.#now + this.#idleMs;
    for (const [id, { untilMs }] of this.#sessions) {
      if (untilMs <= this.#now) this.#sessions.delete(id);
    }
  }
}
