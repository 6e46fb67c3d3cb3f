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
  runsOf: (property: DeclaredProperty) => number = ({ runs }) => runs,
): PropertyResult[] {
  return declared.map((property) => {
    const { id, points } = property;
    const rulesText = property.rules.map((rule) => rules.get(rule)?.text ?? "");
    const base = { id, rules: property.rules, rulesText, points };
    if (stoppedAt?.property === id) {
      const { outcome, why } = stoppedAt;
      return { ...base, outcome, runs: 0, ms: 0, failure: { what: why } };
    }
    const own = records.filter((candidate) => candidate.id === id);
    // The first look and, at another seed, the second: what broke it in either counts.
    const record = own.find(({ outcome }) => outcome !== "held") ?? own[0];
    if (record !== undefined && isComplete(record, runsOf(property))) {
      const { outcome, runs, ms, seed, path, failure } = record;
      const optional = { ...(path === undefined ? {} : { path }), ...(failure ? { failure } : {}) };
      return { ...base, outcome, runs, ms, seed, ...optional };
    }
    return { ...base, outcome: "not-run", runs: 0, ms: 0 };
  });
}

/** A property that holds has had all its runs; one that was cut short says nothing. */
function isComplete({ outcome, runs }: PropertyRecord, expected: number): boolean {
  return outcome !== "held" || runs >= expected;
}
