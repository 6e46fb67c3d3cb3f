/** @design The window is a bit set of failures with two counters; a permit compares period objects. */
import type {
  BreakerOptions,
  BreakerState,
  Permit,
} from "../../../../katas/resilience/circuit-breaker/stub.ts";

export class CircuitBreaker {
  readonly #options: BreakerOptions;
  readonly #bits: Uint32Array;
  /** Outcomes of this period so far, and how many of the last windowSize are failures. */
  #outcomes = 0;
  #failures = 0;
  /** Half-open: probes that may still be granted. */
  #free = 0;
  #state: BreakerState = "closed";
  #token = {};
  #openedMs = 0;
  #latestMs = 0;

  constructor(options: BreakerOptions) {
    const { windowSize, minimumCalls, failureThreshold, openMs, halfOpenCalls } = options;
    const isCount = (value: number): boolean => Number.isInteger(value) && value >= 1;
    if (![windowSize, minimumCalls, openMs, halfOpenCalls].every(isCount)) {
      throw new RangeError("windowSize, minimumCalls, openMs and halfOpenCalls are integers >= 1");
    }
    if (minimumCalls > windowSize) throw new RangeError("minimumCalls is above windowSize");
    if (!(failureThreshold > 0 && failureThreshold <= 1)) {
      throw new RangeError("failureThreshold is a share > 0 and <= 1");
    }
    this.#options = { ...options };
    this.#bits = new Uint32Array(Math.ceil(windowSize / 32));
  }

  get state(): BreakerState {
    if (this.#state === "open" && this.#now() - this.#openedMs >= this.#options.openMs) {
      this.#free = this.#options.halfOpenCalls;
      this.#change("half-open");
    }
    return this.#state;
  }

  tryAcquire(): Permit | null {
    const { state } = this;
    if (state === "open" || (state === "half-open" && this.#free === 0)) return null;
    if (state === "half-open") this.#free -= 1;
    let token: object | undefined = this.#token;
    const settle = (isFailure: boolean | undefined) => (): void => {
      const isTimely = token === this.#token;
      token = undefined;
      if (!isTimely) return;
      if (isFailure !== undefined) this.#record(isFailure);
      else this.#free += 1;
    };
    return { success: settle(false), failure: settle(true), ignore: settle(undefined) };
  }

  #record(isFailure: boolean): void {
    const { windowSize, minimumCalls, failureThreshold, halfOpenCalls } = this.#options;
    if (this.#state === "half-open") {
      this.#outcomes += 1;
      if (isFailure) this.#open();
      else if (this.#outcomes === halfOpenCalls) this.#change("closed");
      return;
    }
    const place = this.#outcomes % windowSize;
    const mask = 1 << (place & 31);
    const word = this.#bits[place >>> 5]!;
    if (this.#outcomes >= windowSize && (word & mask) !== 0) this.#failures -= 1;
    if (isFailure) this.#failures += 1;
    this.#bits[place >>> 5] = isFailure ? word | mask : word & ~mask;
    this.#outcomes += 1;
    const held = Math.min(this.#outcomes, windowSize);
    if (held >= minimumCalls && this.#failures / held >= failureThreshold) this.#open();
  }

  #open(): void {
    this.#openedMs = this.#now();
    this.#change("open");
  }

  #change(to: BreakerState): void {
    const from = this.#state;
    this.#state = to;
    this.#token = {};
    this.#outcomes = 0;
    this.#failures = 0;
    this.#options.onStateChange?.(from, to);
  }

  #now(): number {
    this.#latestMs = Math.max(this.#latestMs, this.#options.clock.now());
    return this.#latestMs;
  }
}
