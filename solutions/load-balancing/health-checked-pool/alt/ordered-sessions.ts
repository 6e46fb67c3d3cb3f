/** @design One ordered map of sessions, swept from its old end now and then; epochs for incarnations. */
import type {
  BackendState,
  PoolOptions,
} from "../../../../katas/load-balancing/health-checked-pool/stub.ts";

interface Backend {
  readonly epoch: number;
  /** Above 0: good results in a row while down; below 0: bad ones while up. */
  run: number;
  state: { health: BackendState; draining: boolean };
}
interface Session {
  readonly id: string;
  readonly epoch: number;
  readonly lastMs: number;
}

export class HealthCheckedPool {
  readonly #options: Required<PoolOptions>;
  readonly #backends = new Map<string, Backend>();
  /** All members in the order of the rotation. */
  readonly #order: string[] = [];
  #at = 0;
  readonly #sessions = new Map<string, Session>();
  #untilSweep = 256;
  #latest = -Infinity;
  #epochs = 0;

  constructor({ clock, rise = 2, fall = 3, sessionIdleMs = 600_000 }: PoolOptions) {
    const numbers = [rise, fall, sessionIdleMs];
    if (!numbers.every((number) => Number.isInteger(number) && number > 0)) {
      throw new RangeError("rise, fall and sessionIdleMs must be integers >= 1");
    }
    this.#options = { clock, rise, fall, sessionIdleMs };
  }

  add(id: string): boolean {
    if (id === "") throw new TypeError("empty id");
    if (this.#backends.has(id)) return false;
    this.#epochs += 1;
    const state = { health: "up", draining: false } as const;
    this.#backends.set(id, { epoch: this.#epochs, run: 0, state: { ...state } });
    this.#order.push(id);
    return true;
  }

  remove(id: string): boolean {
    if (!this.#backends.delete(id)) return false;
    const place = this.#order.indexOf(id);
    this.#order.splice(place, 1);
    if (place < this.#at) this.#at -= 1;
    return true;
  }

  drain(id: string, on: boolean): boolean {
    const state = this.#backends.get(id)?.state;
    if (state === undefined || state.draining === on) return false;
    state.draining = on;
    return true;
  }

  report(id: string, ok: boolean): BackendState | undefined {
    const backend = this.#backends.get(id);
    if (backend === undefined) return undefined;
    const { rise, fall } = this.#options;
    if (backend.state.health === "up") {
      backend.run = ok ? 0 : backend.run - 1;
      if (backend.run === -fall) backend.state.health = "down";
    } else {
      backend.run = ok ? backend.run + 1 : 0;
      if (backend.run === rise) backend.state.health = "up";
    }
    if (backend.run === -fall || backend.run === rise) backend.run = 0;
    return backend.state.health;
  }

  pick(sessionId?: string): string | undefined {
    if (sessionId === undefined) return this.#rotate();
    if (sessionId === "") throw new TypeError("empty session id");
    this.#latest = Math.max(this.#latest, this.#options.clock.now());
    const bound = this.#sessions.get(sessionId);
    this.#sessions.delete(sessionId);
    const id = this.#usable(bound) ?? this.#rotate();
    if (id !== undefined) {
      const { epoch } = this.#backends.get(id)!;
      this.#sessions.set(sessionId, { id, epoch, lastMs: this.#latest });
    }
    this.#sweep();
    return id;
  }

  state(id: string): { health: BackendState; draining: boolean } | undefined {
    const state = this.#backends.get(id)?.state;
    return state === undefined ? undefined : { ...state };
  }

  #usable(bound: Session | undefined): string | undefined {
    if (bound === undefined || this.#isIdle(bound)) return undefined;
    const backend = this.#backends.get(bound.id);
    const isSame = backend?.epoch === bound.epoch;
    return isSame && backend.state.health === "up" ? bound.id : undefined;
  }

  #rotate(): string | undefined {
    for (let i = 0; i < this.#order.length; i += 1) {
      if (this.#at >= this.#order.length) this.#at = 0;
      const id = this.#order[this.#at]!;
      this.#at += 1;
      const { health, draining } = this.#backends.get(id)!.state;
      if (health === "up" && !draining) return id;
    }
    return undefined;
  }

  #isIdle({ lastMs }: Session): boolean {
    return this.#latest - lastMs >= this.#options.sessionIdleMs;
  }

  /** Seldom enough that the walk over the deleted places in front does not matter. */
  #sweep(): void {
    this.#untilSweep -= 1;
    if (this.#untilSweep > 0) return;
    for (const [id, session] of this.#sessions) {
      if (!this.#isIdle(session)) break;
      this.#sessions.delete(id);
    }
    this.#untilSweep = 256;
  }
}
