import { say } from "../../model/say.ts";
import type { Baseline, MutantFate, MutationRecord } from "../../model/mutation.ts";
import type { DeclaredProperty, SpecRecord } from "../../model/outcome.ts";
import { LIMITS } from "../../run/limits.ts";

/** What workers told of the mutants, in order, and so what is running at each moment. */
export class MutantLog {
  declared: readonly DeclaredProperty[] = [];
  baseline: Baseline | undefined;
  /** By the mutant's number. */
  readonly fates = new Map<string, MutantFate>();
  /** Why nothing can be tried. */
  broken: string | undefined;
  isDone = false;
  trying: { readonly mutant?: string | undefined; readonly by: string } | undefined;
  /** How long the worker may stay silent now. */
  patienceMs: number = LIMITS.loadMs;

  add(record: MutationRecord | SpecRecord): void {
    this.patienceMs = LIMITS.loadMs;
    switch (record.t) {
      case "declared":
        this.declared = record.properties;
        break;
      case "baseline":
        this.baseline = record.baseline;
        this.trying = undefined;
        break;
      case "trying":
        this.trying = record;
        this.patienceMs = record.limitMs + LIMITS.graceMs;
        break;
      case "mutant":
        this.fates.set(record.mutant, record);
        this.trying = undefined;
        break;
      case "mutants-end":
        this.isDone = true;
        break;
      case "spec-broken":
        this.broken = say`its spec fails: ${record.message}`;
        break;
      case "load-failed":
        if (this.trying === undefined)
          this.broken = say`its reference does not load: ${record.message}`;
        break;
      default:
        break;
    }
  }

  /** The worker died, or was stopped, while it tried this mutant. */
  blame(mutant: string, by: string): void {
    this.fates.set(mutant, { t: "mutant", mutant, fate: "timed-out", by });
    this.trying = undefined;
  }
}
