/** @design Each period is an object of its own that grants and settles; permits are three closures. */
import type {
  BreakerOptions,
  BreakerState,
  Permit,
} from "../../../../katas/resilience/circuit-breaker/stub.ts";

type Outcome = "success" | "failure" | "ignore";

interface Period {
  readonly kind: BreakerState;
  readonly grants: () => boolean;
  readonly settle: (outcome: Outcome) => void;
}

export class CircuitBreaker {
  readonly #options: BreakerOptions;
  #latestMs = 0;
  #period: Period;

  constructor(options: BreakerOptions) {
    const { windowSize, minimumCalls, failureThreshold, openMs, halfOpenCalls } = options;
    for (const [name, value] of Object.entries({
      windowSize,
      minimumCalls,
      openMs,
      halfOpenCalls,
    })) {
      if (!Number.isInteger(value) || value < 1) throw new RangeError(`${name}: ${value}`);
    }
    if (minimumCalls > windowSize) throw new RangeError("minimumCalls is above windowSize");
    if (!(failureThreshold > 0 && failureThreshold <= 1)) {
      throw new RangeError(`failureThreshold: ${failureThreshold}`);
    }
    this.#options = { ...options };
    this.#period = this.#closed();
  }

  get state(): BreakerState {
    return this.#current().kind;
  }

  tryAcquire(): Permit | null {
    const period = this.#current();
    if (!period.grants()) return null;
    let isSettled = false;
    const settle = (outcome: Outcome): void => {
      if (isSettled) return;
      isSettled = true;
      if (period === this.#period) period.settle(outcome);
    };
    return {
      success: () => settle("success"),
      failure: () => settle("failure"),
      ignore: () => settle("ignore"),
    };
  }

  /** Reads the clock on every access, also where it is not needed. */
  #current(): Period {
    this.#readClock();
    // Asking an open period makes it step on when it is due.
    if (this.#period.kind === "open") this.#period.grants();
    return this.#period;
  }

  #closed(): Period {
    const { windowSize, minimumCalls, failureThreshold } = this.#options;
    const window: boolean[] = [];
    let failures = 0;
    const settle = (outcome: Outcome): void => {
      if (outcome === "ignore") return;
      const failed = outcome === "failure";
      window.push(failed);
      if (failed) failures += 1;
      if (window.length > windowSize && window.shift() === true) failures -= 1;
      const enough = window.length >= minimumCalls;
      if (enough && failures / window.length >= failureThreshold) this.#enter(this.#open());
    };
    return { kind: "closed", grants: () => true, settle };
  }

  #open(): Period {
    const dueMs = this.#readClock() + this.#options.openMs;
    const grants = (): boolean => {
      if (this.#latestMs >= dueMs) this.#enter(this.#halfOpen());
      return false;
    };
    return { kind: "open", grants, settle: () => undefined };
  }

  #halfOpen(): Period {
    let free = this.#options.halfOpenCalls;
    let missing = this.#options.halfOpenCalls;
    const grants = (): boolean => {
      if (free === 0) return false;
      free -= 1;
      return true;
    };
    const settle = (outcome: Outcome): void => {
      if (outcome === "failure") return this.#enter(this.#open());
      if (outcome === "ignore") free += 1;
      else missing -= 1;
      return missing === 0 ? this.#enter(this.#closed()) : undefined;
    };
    return { kind: "half-open", grants, settle };
  }

  #enter(period: Period): void {
    const from = this.#period.kind;
    this.#period = period;
    this.#options.onStateChange?.(from, period.kind);
  }

  #readClock(): number {
    this.#latestMs = Math.max(this.#latestMs, this.#options.clock.now());
    return this.#latestMs;
  }
}
