import type { PropertyResult } from "../model/grade-report.ts";
import type { DeclaredProperty, PropertyRecord } from "../model/outcome.ts";

/** The property that was running when the attempt was stopped or stopped itself. */
export interface StoppedAt {
  readonly property: string;
  readonly outcome: "timed-out" | "errored";
  readonly why: string;
}

/**
 * One result for every declared property. A property without a record ended the run (`stoppedAt`), or
 * did not run.
 */
export function judgeProperties(
  declared: readonly DeclaredProperty[],
  records: readonly PropertyRecord[],
  rules: ReadonlyMap<number, { readonly text: string }>,
  stoppedAt: StoppedAt | undefined,
): PropertyResult[] {
  return declared.map((property) => {
    const { id, points } = property;
    const rulesText = property.rules.map((rule) => rules.get(rule)?.text ?? "");
    const base = { id, rules: property.rules, rulesText, points };
    const record = records.find((candidate) => candidate.id === id);
    if (record !== undefined) {
      const { outcome, runs, ms, seed, path, failure } = record;
      const optional = { ...(path === undefined ? {} : { path }), ...(failure ? { failure } : {}) };
      return { ...base, outcome, runs, ms, seed, ...optional };
    }
    if (stoppedAt?.property === id) {
      const { outcome, why } = stoppedAt;
      return { ...base, outcome, runs: 0, ms: 0, failure: { what: why } };
    }
    return { ...base, outcome: "not-run", runs: 0, ms: 0 };
  });
}
