/**
 * @bug Lowers the count once, and takes a sample at each call of finish.
 * @killedBy stale-and-double-finish
 */
import type {
  Attempt,
  Clock,
  LrtOptions,
} from "../../../../katas/load-balancing/least-response-time/stub.ts";

interface Backend {
  readonly id: string;
  latencyMs: number;
  hasSample: boolean;
  active: number;
  turn: number;
}

export class LeastResponseTime {
  readonly #clock: Clock;
  readonly #alpha: number;
  readonly #initialMs: number;
  readonly #failurePenaltyMs: number;
  #backends: Backend[] = [];
  readonly #byId = new Map<string, Backend>();
  #joins = -(2 ** 52);
  #turns = 0;

  constructor({ clock, alpha = 0.25, initialMs = 1, failurePenaltyMs = 1_000 }: LrtOptions) {
    if (!(alpha > 0 && alpha <= 1)) {
      throw new RangeError(`alpha must be in (0, 1], got ${alpha}`);
    }
    if (!(initialMs > 0 && initialMs < Infinity)) {
      throw new RangeError(`initialMs must be finite and > 0, got ${initialMs}`);
    }
    if (!(failurePenaltyMs >= 0 && failurePenaltyMs < Infinity)) {
      throw new RangeError(`failurePenaltyMs must be finite and >= 0, got ${failurePenaltyMs}`);
    }
    this.#clock = clock;
    this.#alpha = alpha;
    this.#initialMs = initialMs;
    this.#failurePenaltyMs = failurePenaltyMs;
  }

  add(id: string): boolean {
    if (id === "") throw new TypeError("the id of a backend must not be empty");
    if (this.#byId.has(id)) return false;
    this.#joins += 1;
    const latencyMs = this.#initialMs;
    const backend = { id, latencyMs, hasSample: false, active: 0, turn: this.#joins };
    this.#byId.set(id, backend);
    this.#backends.push(backend);
    return true;
  }

  remove(id: string): boolean {
    if (!this.#byId.delete(id)) return false;
    this.#backends = this.#backends.filter((backend) => backend.id !== id);
    return true;
  }

  start(): Attempt | undefined {
    const backend = this.#choose();
    if (backend === undefined) return undefined;
    this.#turns += 1;
    backend.turn = this.#turns;
    backend.active += 1;
    const startMs = this.#clock.now();
    let isOpen = true;
    const finish = (ok: boolean): void => {
      if (isOpen) backend.active -= 1;
      isOpen = false;
      const penaltyMs = ok ? 0 : this.#failurePenaltyMs;
      this.#sample(backend, Math.max(0, this.#clock.now() - startMs + penaltyMs));
    };
    return { id: backend.id, finish };
  }

  latency(id: string): number | undefined {
    return this.#byId.get(id)?.latencyMs;
  }

  #choose(): Backend | undefined {
    let best: Backend | undefined;
    let least = Infinity;
    for (const backend of this.#backends) {
      const score = backend.latencyMs * (backend.active + 1);
      if (score < least || (score === least && best !== undefined && backend.turn < best.turn)) {
        least = score;
        best = backend;
      }
    }
    return best;
  }

  #sample(backend: Backend, ms: number): void {
    backend.latencyMs += backend.hasSample
      ? this.#alpha * (ms - backend.latencyMs)
      : ms - backend.latencyMs;
    backend.hasSample = true;
  }
}
