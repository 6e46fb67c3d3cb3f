import type { Clock } from "../ports.ts";

/** One call of a promise function, as far as it has come. */
export interface Call {
  /** The call as a reader would write it: `c0 acquire()`. */
  readonly label: string;
  readonly startedMs: number;
  /** `pending` until it settles. */
  readonly state: "pending" | "returned" | "threw";
  readonly value?: unknown;
  readonly error?: unknown;
  readonly settledMs?: number;
}

/**
 * Books the calls that a spec makes of promise functions, so that what is still pending when nothing
 * more can happen is known by name. A call that throws at once and one that rejects are the same.
 */
export class Calls {
  readonly #clock: Clock;
  readonly #all: Call[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Every call, in the order of starting. */
  get all(): readonly Call[] {
    return this.#all;
  }

  /** The labels of the calls that have not settled. */
  get pending(): readonly string[] {
    return this.#all.filter((call) => call.state === "pending").map((call) => call.label);
  }

  /** Starts a call. What it gives settles when the call does, and never rejects. */
  async start<T>(label: string, call: () => T | Promise<T>): Promise<Call> {
    const index = this.#all.length;
    this.#all.push({ label, startedMs: this.#clock.now(), state: "pending" });
    try {
      return this.#settle(index, { state: "returned", value: await call() });
    } catch (error) {
      return this.#settle(index, { state: "threw", error });
    }
  }

  #settle(
    index: number,
    outcome: { state: "returned"; value: unknown } | { state: "threw"; error: unknown },
  ): Call {
    const settled = { ...this.#all[index]!, ...outcome, settledMs: this.#clock.now() };
    this.#all[index] = settled;
    return settled;
  }
}
