/**
 * @bug Reads the clock in the constructor.
 * @killedBy health-model
 */
import type {
  BackendState,
  Clock,
  PoolOptions,
} from "../../../../katas/load-balancing/health-checked-pool/stub.ts";

interface Backend {
  readonly id: string;
  health: BackendState;
  draining: boolean;
  against: number;
  isMember: boolean;
}

interface Binding {
  backend: Backend;
  lastPickMs: number;
}

export class HealthCheckedPool {
  readonly #clock: Clock;
  readonly #rise: number;
  readonly #fall: number;
  readonly #sessionIdleMs: number;
  readonly #backends = new Map<string, Backend>();
  #eligible: readonly Backend[] = [];
  #next = 0;
  #recent = new Map<string, Binding>();
  #older = new Map<string, Binding>();
  #nowMs = 0;
  #turnedAtMs = 0;

  constructor({ clock, rise = 2, fall = 3, sessionIdleMs = 600_000 }: PoolOptions) {
    for (const [name, value] of Object.entries({ rise, fall, sessionIdleMs })) {
      if (Number.isInteger(value) && value >= 1) continue;
      throw new RangeError(`${name} must be an integer >= 1, got ${value}`);
    }
    this.#clock = clock;
    this.#turnedAtMs = clock.now();
    this.#rise = rise;
    this.#fall = fall;
    this.#sessionIdleMs = sessionIdleMs;
  }

  add(id: string): boolean {
    if (id === "") throw new TypeError("the id of a backend must not be empty");
    if (this.#backends.has(id)) return false;
    this.#backends.set(id, { id, health: "up", draining: false, against: 0, isMember: true });
    this.#listEligible();
    return true;
  }

  remove(id: string): boolean {
    const backend = this.#backends.get(id);
    if (backend === undefined) return false;
    this.#backends.delete(id);
    backend.isMember = false;
    this.#listEligible();
    return true;
  }

  drain(id: string, on: boolean): boolean {
    const backend = this.#backends.get(id);
    if (backend === undefined || backend.draining === on) return false;
    backend.draining = on;
    this.#listEligible();
    return true;
  }

  report(id: string, ok: boolean): BackendState | undefined {
    const backend = this.#backends.get(id);
    if (backend === undefined) return undefined;
    const isUp = backend.health === "up";
    backend.against = ok === isUp ? 0 : backend.against + 1;
    if (backend.against === (isUp ? this.#fall : this.#rise)) {
      backend.health = isUp ? "down" : "up";
      backend.against = 0;
      this.#listEligible();
    }
    return backend.health;
  }

  pick(sessionId?: string): string | undefined {
    if (sessionId === undefined) return this.#rotate()?.id;
    if (sessionId === "") throw new TypeError("the id of a session must not be empty");
    const nowMs = this.#readClock();
    const binding = this.#find(sessionId);
    const backend = this.#boundTo(binding, nowMs) ?? this.#rotate();
    if (backend === undefined) {
      this.#recent.delete(sessionId);
      this.#older.delete(sessionId);
    } else if (binding === undefined) {
      this.#recent.set(sessionId, { backend, lastPickMs: nowMs });
    } else {
      binding.backend = backend;
      binding.lastPickMs = nowMs;
    }
    return backend?.id;
  }

  state(id: string): { health: BackendState; draining: boolean } | undefined {
    const backend = this.#backends.get(id);
    return backend && { health: backend.health, draining: backend.draining };
  }

  #listEligible(): void {
    const all = [...this.#backends.values()];
    this.#eligible = all.filter(({ health, draining }) => health === "up" && !draining);
  }

  #rotate(): Backend | undefined {
    if (this.#next >= this.#eligible.length) this.#next = 0;
    this.#next += 1;
    return this.#eligible[this.#next - 1];
  }

  #boundTo(binding: Binding | undefined, nowMs: number): Backend | undefined {
    if (binding === undefined) return undefined;
    const { backend, lastPickMs } = binding;
    const isUsable = backend.isMember && backend.health === "up";
    return isUsable && nowMs - lastPickMs < this.#sessionIdleMs ? backend : undefined;
  }

  #find(sessionId: string): Binding | undefined {
    const recent = this.#recent.get(sessionId);
    if (recent !== undefined) return recent;
    const older = this.#older.get(sessionId);
    if (older !== undefined) this.#recent.set(sessionId, older);
    return older;
  }

  #readClock(): number {
    this.#nowMs = Math.max(this.#nowMs, this.#clock.now());
    if (this.#nowMs - this.#turnedAtMs >= this.#sessionIdleMs) {
      this.#older = this.#recent;
      this.#recent = new Map();
      this.#turnedAtMs = this.#nowMs;
    }
    return this.#nowMs;
  }
}
