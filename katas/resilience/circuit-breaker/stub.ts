/** The only source of time. */
export interface Clock {
  /** The current instant in integer ms. It may step back. */
  now(): number;
}

export type BreakerState = "closed" | "open" | "half-open";

/** How a breaker is set up. It is read once, by the constructor. */
export interface BreakerOptions {
  readonly clock: Clock;
  /** How many of the last outcomes count, an integer >= 1. */
  readonly windowSize: number;
  /** Outcomes that must be in the window before it may open, an integer from 1 to windowSize. */
  readonly minimumCalls: number;
  /** Share of failures in the window at which it opens, 0 < share <= 1; the bound itself opens. */
  readonly failureThreshold: number;
  /** How long it refuses after it opened, in ms, an integer >= 1. */
  readonly openMs: number;
  /** Probes that must all succeed before it closes, an integer >= 1. */
  readonly halfOpenCalls: number;
  /** Called after each change of state. */
  readonly onStateChange?: (from: BreakerState, to: BreakerState) => void;
}

/** The right to make one call. Settle it once, by any of the three methods. */
export interface Permit {
  /** The call worked. */
  success(): void;
  /** The call failed in a way that speaks against the service. */
  failure(): void;
  /** The call says nothing about the service: it was cancelled, or it never left. */
  ignore(): void;
}

/** Refuses calls to a service that fails too often, and probes it before it trusts it again. */
export class CircuitBreaker {
  /** @throws RangeError when a number of the options is out of its range. */
  constructor(options: BreakerOptions) {
    throw new Error("unimplemented: CircuitBreaker.constructor");
  }

  /** The state now. Reading it may turn an open breaker half-open. O(1). */
  get state(): BreakerState {
    throw new Error("unimplemented: CircuitBreaker.state");
  }

  /** Asks to make one call. Null: refused. It may turn an open breaker half-open. O(1). */
  tryAcquire(): Permit | null {
    throw new Error("unimplemented: CircuitBreaker.tryAcquire");
  }
}
