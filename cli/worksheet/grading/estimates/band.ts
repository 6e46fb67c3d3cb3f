import type { Estimate } from "../../definition/system.ts";

export type Band = "ok" | "near" | "off";

export interface Banded {
  readonly band: Band;
  /** In [0, 1]. */
  readonly credit: number;
  /** How far apart, at least 1. */
  readonly ratio: number;
}

const NEAR = 0.8;
const ORDER = 0.4;

/**
 * Compares an answer with what is expected, both above zero. The default bands: 1.25 takes every
 * rounding of the course and the day of 100 000 s; 2 is what a back of an envelope promises; within
 * 10 the design is still the same.
 */
export function bandOf(
  value: number,
  expected: number,
  { full, near, order }: Estimate["tolerance"],
): Banded {
  const ratio = Math.max(value / expected, expected / value);
  if (ratio <= full || isBinaryPrefix(ratio)) return { band: "ok", credit: 1, ratio };
  if (ratio <= near) return { band: "near", credit: NEAR, ratio };
  if (ratio <= order) return { band: "near", credit: ORDER, ratio };
  return { band: "off", credit: 0, ratio };
}

const PREFIX_STEPS = 6;

/** 1.024, 1.049 … 1.15: KiB to EiB where KB to EB are meant. */
function isBinaryPrefix(ratio: number): boolean {
  return Array.from({ length: PREFIX_STEPS }, (_, step) => 1.024 ** (step + 1)).some(
    (factor) => Math.abs(ratio / factor - 1) < 1e-3,
  );
}
