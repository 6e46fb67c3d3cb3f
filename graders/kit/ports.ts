/** Time as a kata sees it. */
export interface Clock {
  /** Now, in integer ms. It may step back: see the rules of the kata. */
  now(): number;
}

/** A clock that can also call back. */
export interface Scheduler extends Clock {
  /**
   * Calls `callback` once, `delayMs` (integer >= 0) from now. Equal due times run in call order.
   * The returned function cancels it; cancelling after it ran has no effect.
   */
  after(delayMs: number, callback: () => void): () => void;
}

/** Chance as a kata sees it. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
}

/** A uniform 32-bit hash of text: an integer in [0, 2^32), the same for the same text and seed. */
export type Hash32 = (text: string, seed: number) => number;
