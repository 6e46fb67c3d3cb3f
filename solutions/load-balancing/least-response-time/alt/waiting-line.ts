/** @design A line in which a backend goes to the end when it is chosen: the first wins a tie. */
import type {
  Attempt,
  LrtOptions,
} from "../../../../katas/load-balancing/least-response-time/stub.ts";

interface State {
  readonly id: string;
  latency: number | undefined;
  active: number;
}

export class LeastResponseTime {
  readonly #options: LrtOptions;
  readonly #initialMs: number;
  /** Those never chosen, in the order of joining; then those chosen, the longest ago first. */
  readonly #line: State[] = [];
  #fresh = 0;

  constructor(options: LrtOptions) {
    const { alpha = 1, initialMs = 1, failurePenaltyMs = 0 } = options;
    if (Number.isNaN(alpha + initialMs + failurePenaltyMs)) throw new RangeError("NaN");
    if (alpha <= 0 || alpha > 1) throw new RangeError("alpha");
    if (initialMs <= 0 || initialMs === Infinity) throw new RangeError("initialMs");
    if (failurePenaltyMs < 0 || failurePenaltyMs === Infinity) throw new RangeError("penalty");
    this.#options = { ...options };
    this.#initialMs = initialMs;
  }

  add(id: string): boolean {
    if (id === "") throw new TypeError("empty id");
    if (this.#place(id) !== -1) return false;
    this.#line.splice(this.#fresh, 0, { id, latency: undefined, active: 0 });
    this.#fresh += 1;
    return true;
  }

  remove(id: string): boolean {
    const place = this.#place(id);
    if (place !== -1) this.#take(place);
    return place !== -1;
  }

  start(): Attempt | undefined {
    let [place, least] = [-1, Infinity];
    for (let i = 0; i < this.#line.length; i += 1) {
      const { latency = this.#initialMs, active } = this.#line[i]!;
      const score = latency + latency * active;
      if (score < least) [place, least] = [i, score];
    }
    if (place === -1) return undefined;
    const chosen = this.#take(place);
    this.#line.push(chosen);
    chosen.active += 1;
    const { clock, alpha = 0.25, failurePenaltyMs = 1_000 } = this.#options;
    const start = clock.now();
    let isOver = false;
    const finish = (ok: boolean): void => {
      if (isOver) return;
      isOver = true;
      chosen.active -= 1;
      const elapsed = clock.now() - start + (ok ? 0 : failurePenaltyMs);
      const sample = elapsed < 0 ? 0 : elapsed;
      const before = chosen.latency ?? sample;
      chosen.latency = before - alpha * (before - sample);
    };
    return { id: chosen.id, finish };
  }

  latency(id: string): number | undefined {
    const state = this.#line[this.#place(id)];
    return state && (state.latency ?? this.#initialMs);
  }

  #place(id: string): number {
    return this.#line.findIndex((state) => state.id === id);
  }

  #take(place: number): State {
    if (place < this.#fresh) this.#fresh -= 1;
    return this.#line.splice(place, 1)[0]!;
  }
}
