import type { Clock } from "./ports.ts";

/** A clock that stands still until it is told to move. */
export class VirtualClock implements Clock {
  /** How often `now` was read. */
  readings = 0;
  #nowMs: number;

  constructor(startMs = 0) {
    this.#nowMs = startMs;
  }

  now(): number {
    this.readings += 1;
    return this.#nowMs;
  }

  /** Moves to an instant, forward or back. */
  set(nowMs: number): void {
    this.#nowMs = nowMs;
  }

  /** Moves by `ms`; a negative step goes back. */
  advance(ms: number): void {
    this.#nowMs += ms;
  }
}
