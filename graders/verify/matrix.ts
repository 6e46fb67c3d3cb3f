import type { Failure } from "../model/outcome.ts";

/** How one property or budget catches one wrong answer. */
export interface Kill {
  /** A property's id, or `budget:<id>`. */
  readonly killer: string;
  /** The run that broke it at the common seed. Undefined for a budget. */
  readonly run?: number;
  /**
   * At how many of the author's seeds a random property breaks it, of how many. Undefined for tables
   * and budgets, which no seed changes.
   */
  readonly seeds?: { readonly broken: number; readonly of: number };
  readonly failure?: Failure;
}

/** Wrong answer to everything that catches it. */
export type Matrix = Readonly<Record<string, readonly Kill[]>>;
