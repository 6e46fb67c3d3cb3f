/** A number, or the least and the most that may be drawn; it shrinks towards the least. */
export type Range = number | readonly [number, number];

export interface ProfileRanges {
  readonly base: Range;
  readonly jitter: Range;
  /** More for each KiB of a message, in ms; default 0. */
  readonly perKb?: number;
  readonly drop: Range;
  readonly dup: Range;
  readonly crash: Range;
  readonly down: Range;
  readonly fifo: boolean;
  readonly shuffleTies: boolean;
  /** Until all heals, in ms. */
  readonly length: number;
  /** Quiet time after that, in ms. */
  readonly settle: number;
}

const QUIET = { jitter: 0, drop: 0, dup: 0, crash: 0, down: 1, fifo: false };

/**
 * `calm`: nothing goes wrong; examples and budgets. `weather`: everything does, then heals; for
 * liveness and histories. `hostile`: latencies near the protocol's own timeouts and crashes tied to
 * effects, short, never heals; for safety, to be tuned to each protocol.
 */
export const PROFILES = {
  calm: { ...QUIET, base: 5, shuffleTies: false, length: 0, settle: 2_000 },
  weather: {
    base: 5,
    jitter: [0, 80],
    drop: [0, 150],
    dup: [0, 150],
    crash: [0, 20],
    down: [1, 500],
    fifo: false,
    shuffleTies: true,
    length: 3_000,
    settle: 3_000,
  },
  hostile: {
    base: [60, 120],
    jitter: [0, 300],
    drop: [0, 300],
    dup: [0, 300],
    crash: [0, 200],
    down: [1, 50],
    fifo: false,
    shuffleTies: true,
    length: 2_500,
    settle: 0,
  },
} as const satisfies Record<string, ProfileRanges>;
