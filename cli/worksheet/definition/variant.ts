import type { Quantity } from "../quantity/dimension.ts";
import { type Overrides, assumptionValues } from "./assumption-values.ts";
import { computeEstimates } from "./compute-estimates.ts";
import type { System } from "./system.ts";

/** A system with the assumptions that are in force, and what follows from them. */
export interface Variant {
  readonly system: System;
  readonly overrides: Overrides;
  readonly values: ReadonlyMap<string, Quantity>;
  /** Estimates in base units. */
  readonly results: ReadonlyMap<string, number>;
}

/** @throws KataError `definition-invalid`, and `bad-option` for an override that cannot be read. */
export function createVariant(system: System, overrides: Overrides = {}): Variant {
  const values = assumptionValues(system, overrides);
  return { system, overrides, values, results: computeEstimates(system, values) };
}
