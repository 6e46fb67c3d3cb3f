/**
 * @bug Holds on to every permit, so one that is dropped unsettled is never collected.
 * @killedBy budget:dropped-permits
 */
import type {
  BreakerOptions,
  BreakerState,
  Clock,
  Permit,
} from "../../../../katas/resilience/circuit-breaker/stub.ts";

type Outcome = "success" | "failure" | "ignore";
type Settle = (period: number, outcome: Outcome) => void;

export class CircuitBreaker {
  readonly #clock: Clock;
  readonly #windowSize: number;
  readonly #minimumCalls: number;
  readonly #failureThreshold: number;
  readonly #openMs: number;
  readonly #halfOpenCalls: number;
  readonly #onStateChange: BreakerOptions["onStateChange"];

  #state: BreakerState = "closed";
  #period = 0;
  #latestMs = -Infinity;
  #openUntilMs = 0;

  /** Closed: 1 is a failure. The place of the next outcome is the oldest one of a full ring. */
  readonly #ring: Uint8Array;
  #next = 0;
  #recorded = 0;
  #failures = 0;

  /** Half-open: probes that hold a slot, and how many of them have succeeded. */
  #probes = 0;
  #successes = 0;

  /** Every permit that was ever granted. */
  readonly #permits: Permit[] = [];

  /** One function for all permits of this breaker. */
  readonly #settle: Settle = (period, outcome) => {
    if (period !== this.#period) return;
    if (this.#state === "half-open") this.#settleProbe(outcome);
    else if (outcome !== "ignore") this.#record(outcome === "failure" ? 1 : 0);
  };

  constructor(options: BreakerOptions) {
    const { clock, windowSize, minimumCalls, failureThreshold, openMs, halfOpenCalls } = options;
    requireInteger("windowSize", windowSize, 1, Number.MAX_SAFE_INTEGER);
    requireInteger("minimumCalls", minimumCalls, 1, windowSize);
    if (!(failureThreshold > 0 && failureThreshold <= 1)) {
      throw new RangeError(`failureThreshold must be in (0, 1], got ${failureThreshold}`);
    }
    requireInteger("openMs", openMs, 1, Number.MAX_SAFE_INTEGER);
    requireInteger("halfOpenCalls", halfOpenCalls, 1, Number.MAX_SAFE_INTEGER);
    this.#clock = clock;
    this.#windowSize = windowSize;
    this.#minimumCalls = minimumCalls;
    this.#failureThreshold = failureThreshold;
    this.#openMs = openMs;
    this.#halfOpenCalls = halfOpenCalls;
    this.#onStateChange = options.onStateChange;
    this.#ring = new Uint8Array(windowSize);
  }

  get state(): BreakerState {
    this.#refresh();
    return this.#state;
  }

  tryAcquire(): Permit | null {
    this.#refresh();
    if (this.#state === "open") return null;
    if (this.#state === "half-open") {
      if (this.#probes === this.#halfOpenCalls) return null;
      this.#probes += 1;
    }
    const permit = new StampedPermit(this.#settle, this.#period);
    this.#permits.push(permit);
    return permit;
  }

  /** The lazy step from open to half-open. Only an open breaker needs the time. */
  #refresh(): void {
    if (this.#state === "open" && this.#nowMs() >= this.#openUntilMs) this.#enter("half-open");
  }

  #record(failed: 0 | 1): void {
    if (this.#recorded === this.#windowSize) this.#failures -= this.#ring[this.#next]!;
    else this.#recorded += 1;
    this.#ring[this.#next] = failed;
    this.#failures += failed;
    this.#next = this.#next + 1 === this.#windowSize ? 0 : this.#next + 1;
    const enough = this.#recorded >= this.#minimumCalls;
    if (enough && this.#failures >= this.#failureThreshold * this.#recorded) this.#open();
  }

  #settleProbe(outcome: Outcome): void {
    if (outcome === "failure") this.#open();
    else if (outcome === "ignore") this.#probes -= 1;
    else {
      this.#successes += 1;
      if (this.#successes === this.#halfOpenCalls) this.#enter("closed");
    }
  }

  #open(): void {
    this.#openUntilMs = this.#nowMs() + this.#openMs;
    this.#enter("open");
  }

  /** Begins a period. The callback comes last: it may throw, and it may use the breaker. */
  #enter(to: BreakerState): void {
    const from = this.#state;
    this.#state = to;
    this.#period += 1;
    this.#recorded = 0;
    this.#failures = 0;
    this.#probes = 0;
    this.#successes = 0;
    this.#onStateChange?.(from, to);
  }

  /** A clock that steps back counts as standing still. */
  #nowMs(): number {
    this.#latestMs = Math.max(this.#latestMs, this.#clock.now());
    return this.#latestMs;
  }
}

class StampedPermit implements Permit {
  #settle: Settle | undefined;
  readonly #period: number;

  constructor(settle: Settle, period: number) {
    this.#settle = settle;
    this.#period = period;
  }

  success(): void {
    this.#once("success");
  }

  failure(): void {
    this.#once("failure");
  }

  ignore(): void {
    this.#once("ignore");
  }

  #once(outcome: Outcome): void {
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.(this.#period, outcome);
  }
}

function requireInteger(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new RangeError(`${name} must be an integer from ${min} to ${max}, got ${value}`);
}
