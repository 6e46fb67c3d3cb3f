import { say } from "../../../../graders/reading.ts";
import { computeEstimates, orderFormulas } from "../../definition/compute-estimates.ts";
import type { Estimate, System } from "../../definition/system.ts";
import type { Worksheet } from "../../document/parse-worksheet.ts";
import type { Formula } from "../../formula/parse-formula.ts";
import { DIMENSIONS, type Kind, type Quantity } from "../../quantity/dimension.ts";
import { formatQuantity } from "../../quantity/format-quantity.ts";
import { type Band, bandOf } from "./band.ts";
import { type Slip, diagnoseSlip } from "./diagnose-slip.ts";
import { type Answer, AnswerReader } from "./read-answer.ts";

export interface EstimateGrade {
  readonly id: string;
  readonly label: string;
  readonly kind: Kind;
  readonly points: number;
  /** In [0, 1]. */
  readonly credit: number;
  readonly status: Band | "blank" | "refused" | "missing";
  /** Whether the credit is for what follows from an earlier answer of the candidate. */
  readonly carried: boolean;
  /** Missing when the row is. */
  readonly line?: number;
  readonly answer: string;
  /** In base units. */
  readonly value?: number;
  /** From the candidate's assumptions; in base units. */
  readonly expected: number;
  /** From the candidate's own earlier answers, where that differs. */
  readonly expectedFromOwn?: number;
  readonly ratio?: number;
  readonly slip?: Slip;
  readonly notes: readonly string[];
}

/** An answer further from the truth than this is not carried on: it would make later rows trivial. */
const ABSURD = 1e4;
/** For a right formula with a wrong number. */
const METHOD = 0.6;
const ROOT = 0.4;

/**
 * Grades every estimate that is asked for, in the order of the definition. Each answer is compared
 * with what follows from the candidate's assumptions, and with what follows from the candidate's own
 * earlier answers; the better counts, so that one slip costs one row.
 */
export function gradeEstimates(
  system: System,
  rows: Worksheet["rows"],
  assumptions: ReadonlyMap<string, Quantity>,
): EstimateGrade[] {
  const reader = new AnswerReader(system.estimates, rows, assumptions);
  const expected = computeEstimates(system, assumptions);
  const carried = new Map<string, number>();
  for (const [id, right] of expected) {
    const value = reader.read(id)?.value;
    if (value === undefined) continue;
    if (Math.max(value / right, right / value) <= ABSURD) carried.set(id, value);
  }
  const chain: Chain = {
    system,
    assumptions,
    carried,
    formulas: orderFormulas(system),
    expected,
    fromOwn: computeEstimates(system, assumptions, carried),
  };
  const asked = Object.entries(system.estimates).filter(([, estimate]) => estimate.asked);
  const grades = asked.map(([id, estimate]) => gradeOne(chain, id, estimate, reader.read(id)));
  const hasRoot = grades.some((grade) => !grade.carried && grade.credit >= ROOT);
  return hasRoot ? grades : grades.map(halveCarried);
}

interface Chain {
  readonly system: System;
  readonly assumptions: ReadonlyMap<string, Quantity>;
  readonly carried: ReadonlyMap<string, number>;
  readonly formulas: ReadonlyMap<string, Formula>;
  readonly expected: ReadonlyMap<string, number>;
  readonly fromOwn: ReadonlyMap<string, number>;
}

function gradeOne(
  chain: Chain,
  id: string,
  { label, kind, points, tolerance }: Estimate,
  answer: Answer | undefined,
): EstimateGrade {
  const expected = chain.expected.get(id) ?? Number.NaN;
  const fromOwn = chain.fromOwn.get(id) ?? expected;
  const base = { id, label, kind, points, expected, carried: false, credit: 0, notes: [] };
  if (answer === undefined) return { ...base, status: "missing", answer: "" };
  const { value, method, isDerived, refusal, row } = answer;
  const asked = { ...base, line: row.line, answer: row.answer, notes: answer.notes };
  const isRight = (it: number): boolean =>
    [expected, fromOwn].some((right) => bandOf(it, right, tolerance).band === "ok");
  const forMethod = method !== undefined && isDerived && isRight(method) ? METHOD : 0;
  if (value === undefined) {
    if (refusal === undefined) return { ...asked, status: "blank" };
    return { ...asked, status: "refused", credit: forMethod, notes: [refusal, ...answer.notes] };
  }
  const direct = bandOf(value, expected, tolerance);
  const follows = mayFollow(chain, id, value) ? bandOf(value, fromOwn, tolerance) : direct;
  const isCarried = follows.credit > direct.credit;
  const best = isCarried ? follows : direct;
  const right = isCarried ? fromOwn : expected;
  const slip = best.band === "ok" ? undefined : slipOf(chain, id, value, [fromOwn, expected]);
  return {
    ...asked,
    ...(row.answer === "" ? { answer: formatQuantity(value, kind) } : {}),
    status: best.band,
    carried: isCarried,
    credit: Math.max(best.credit, forMethod),
    value,
    ratio: Math.max(value / right, right / value),
    ...(fromOwn === expected ? {} : { expectedFromOwn: fromOwn }),
    ...(slip === undefined ? {} : { slip }),
  };
}

/** Not from an answer that was only written down again where the formula changes it. */
function mayFollow({ formulas, carried, fromOwn }: Chain, id: string, value: number): boolean {
  const copied = formulas.get(id)?.names.some((name) => carried.get(name) === value) ?? false;
  const follows = fromOwn.get(id) ?? Number.NaN;
  return !copied || Math.max(value / follows, follows / value) <= 1.25;
}

function slipOf(
  { system, assumptions, carried, formulas, expected }: Chain,
  id: string,
  value: number,
  rights: readonly number[],
): Slip | undefined {
  const formula = formulas.get(id);
  if (formula === undefined) return undefined;
  const kindOf = (name: string): Kind | undefined =>
    system.assumptions[name]?.kind ?? system.estimates[name]?.kind;
  const valueOf = (name: string): number | undefined =>
    assumptions.get(name)?.value ?? carried.get(name) ?? expected.get(name);
  const scope = (name: string): Quantity | undefined => {
    const kind = kindOf(name);
    const known = valueOf(name);
    return kind === undefined || known === undefined
      ? undefined
      : { value: known, ...DIMENSIONS[kind] };
  };
  const describe = (name: string): string => {
    const kind = kindOf(name);
    const known = valueOf(name);
    return kind === undefined || known === undefined
      ? name
      : `${name} (${formatQuantity(known, kind)})`;
  };
  for (const right of rights) {
    const slip = diagnoseSlip(value, right, { formula, scope, describe });
    if (slip !== undefined) return slip;
  }
  return undefined;
}

/** A chain that hangs on nothing right is worth half. */
function halveCarried(grade: EstimateGrade): EstimateGrade {
  if (!grade.carried) return grade;
  const note = say`half: no figure that it follows from is right`;
  return { ...grade, credit: grade.credit / 2, notes: [...grade.notes, note] };
}
