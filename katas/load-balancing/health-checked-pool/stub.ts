/** The only source of time. */
export interface Clock {
  /** The current instant in integer ms. It may step back. */
  now(): number;
}

export type BackendState = "up" | "down";

export interface PoolOptions {
  readonly clock: Clock;
  /** Good results in a row after which a backend that is down comes up, an integer >= 1; default 2. */
  readonly rise?: number;
  /** Bad results in a row after which a backend that is up goes down, an integer >= 1; default 3. */
  readonly fall?: number;
  /** How long a session may be idle and keep its backend, in ms, an integer >= 1; default 600,000. */
  readonly sessionIdleMs?: number;
}

/** Knows whom not to ask: backends that are down, and for new work those that are draining. */
export class HealthCheckedPool {
  /** @throws RangeError when a number of the options is out of its range. */
  constructor(options: PoolOptions) {
    throw new Error("unimplemented: HealthCheckedPool.constructor");
  }

  /**
   * Lets a backend join, up and not draining. False: it is there already; then nothing changes.
   * @throws TypeError when the id is the empty string.
   */
  add(id: string): boolean {
    throw new Error("unimplemented: HealthCheckedPool.add");
  }

  /** Takes a backend out, with all that is known of it. False: it is not there. */
  remove(id: string): boolean {
    throw new Error("unimplemented: HealthCheckedPool.remove");
  }

  /** Begins or ends draining. False: the backend is not there, or nothing changes. */
  drain(id: string, on: boolean): boolean {
    throw new Error("unimplemented: HealthCheckedPool.drain");
  }

  /** Takes the result of one health check. The state after it; undefined: it is not there. */
  report(id: string, ok: boolean): BackendState | undefined {
    throw new Error("unimplemented: HealthCheckedPool.report");
  }

  /**
   * The backend for a request; undefined when there is none. Amortised O(1).
   * @param sessionId any string that is not empty; absent: the request belongs to no session
   * @throws TypeError when the session id is the empty string.
   */
  pick(sessionId?: string): string | undefined {
    throw new Error("unimplemented: HealthCheckedPool.pick");
  }

  /** What is known of a backend; undefined when it is not there. */
  state(id: string): { health: BackendState; draining: boolean } | undefined {
    throw new Error("unimplemented: HealthCheckedPool.state");
  }
}
