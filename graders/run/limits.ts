/** What an attempt may use. */
export const LIMITS = {
  /** Time for the test runner itself to come up, on a busy machine. */
  bootMs: 60_000,
  /** Time for the attempt's module to load. */
  loadMs: 4_000,
  /** On top of a property's own limit, inside which it is cut off between two runs. */
  graceMs: 1_500,
  /** Time for making a counterexample small and telling it. */
  shrinkMs: 4_000,
  /** Time for the test runner to wind up after the last property. */
  windUpMs: 5_000,
  heapMb: 256,
  /** Resident memory, with everything that is not on the heap. */
  rssMb: 512,
  outputBytes: 4 * 1024 * 1024,
} as const;
