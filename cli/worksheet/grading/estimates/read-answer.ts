import { say } from "../../../../graders/reading.ts";
import type { Estimate } from "../../definition/system.ts";
import type { WorksheetRow } from "../../document/parse-worksheet.ts";
import { evaluateFormula } from "../../formula/evaluate-formula.ts";
import { FormulaError } from "../../formula/formula-error.ts";
import { parseFormula } from "../../formula/parse-formula.ts";
import {
  DIMENSIONS,
  type Quantity,
  dimensionText,
  sameDimension,
} from "../../quantity/dimension.ts";
import { formatQuantity } from "../../quantity/format-quantity.ts";
import { parseQuantity } from "../../quantity/parse-quantity.ts";

/** What stands in the row of an estimate. */
export interface Answer {
  readonly id: string;
  readonly row: WorksheetRow;
  /** In base units; missing when blank or refused. */
  readonly value?: number;
  /** Why the number cannot be used. */
  readonly refusal?: string;
  /** What the formula of the row gives. */
  readonly method?: number;
  /** Whether the formula uses any assumption or estimate. */
  readonly isDerived: boolean;
  readonly notes: readonly string[];
}

/**
 * Reads answers, and formulas that may use assumptions and other answers. A formula that leans on a
 * row left blank, or on itself, gives nothing: it would only borrow our figure.
 */
export class AnswerReader {
  readonly #estimates: Readonly<Record<string, Estimate>>;
  readonly #rows: ReadonlyMap<string, WorksheetRow>;
  readonly #assumptions: ReadonlyMap<string, Quantity>;
  readonly #read = new Map<string, Answer>();
  readonly #open = new Set<string>();

  constructor(
    estimates: Readonly<Record<string, Estimate>>,
    rows: ReadonlyMap<string, WorksheetRow>,
    assumptions: ReadonlyMap<string, Quantity>,
  ) {
    this.#estimates = estimates;
    this.#rows = rows;
    this.#assumptions = assumptions;
  }

  /** Undefined for a row that is not there. */
  read(id: string): Answer | undefined {
    const known = this.#read.get(id);
    if (known !== undefined) return known;
    const row = this.#rows.get(id);
    const estimate = this.#estimates[id];
    if (row === undefined || estimate === undefined || this.#open.has(id)) return undefined;
    this.#open.add(id);
    const answer = this.#readRow(id, row, estimate);
    this.#open.delete(id);
    this.#read.set(id, answer);
    return answer;
  }

  #readRow(id: string, row: WorksheetRow, { kind }: Estimate): Answer {
    const notes: string[] = [];
    const method = row.how === "" ? undefined : this.#evaluate(row.how, kind, notes);
    const base = { id, row, notes, isDerived: method?.isDerived ?? false };
    const withMethod = method === undefined ? base : { ...base, method: method.value };
    if (row.answer === "") {
      return method === undefined ? withMethod : { ...withMethod, value: method.value };
    }
    const read = parseQuantity(row.answer, kind);
    if (!read.ok) return { ...withMethod, refusal: read.reason };
    if (read.value === 0) return { ...withMethod, refusal: "zero" };
    notes.push(...read.notes);
    if (digitsOf(row.answer) > 4) notes.push(say`more digits than an estimate can know`);
    if (method !== undefined && Math.abs(Math.log(method.value / read.value)) > Math.log(1.25)) {
      const gives = formatQuantity(method.value, kind);
      notes.push(say`your formula gives ${gives}, you wrote ${row.answer}: the number counts`);
    }
    return { ...withMethod, value: read.value };
  }

  #evaluate(
    how: string,
    kind: Estimate["kind"],
    notes: string[],
  ): { readonly value: number; readonly isDerived: boolean } | undefined {
    try {
      const formula = parseFormula(how);
      let isDerived = false;
      const result = evaluateFormula(formula, (name) => {
        isDerived = true;
        return this.#assumptions.get(name) ?? this.#ownAnswer(name);
      });
      const wanted = DIMENSIONS[kind];
      const isBareRate = kind === "rate" && result.bytes === 0 && result.seconds === 0;
      if (!sameDimension(result, wanted) && !isBareRate) {
        throw new FormulaError(
          say`it gives ${dimensionText(result)}, ${dimensionText(wanted)} is wanted`,
        );
      }
      if (result.value <= 0) throw new FormulaError(say`its result is not above zero`);
      return { value: result.value, isDerived };
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
      notes.push(say`your formula was not used: ${error.message}`);
      return undefined;
    }
  }

  #ownAnswer(name: string): Quantity | undefined {
    const estimate = this.#estimates[name];
    if (estimate === undefined) return undefined;
    const value = this.read(name)?.value;
    if (value === undefined) throw new FormulaError(say`"${name}" has no answer of yours to use`);
    return { value, ...DIMENSIONS[estimate.kind] };
  }
}

/** Significant digits of the first number: 12,000 has two, 11,574.07 has seven. */
function digitsOf(text: string): number {
  const number = /[\d.,_]*\d/.exec(text)?.[0].replace(/[,_]/g, "") ?? "";
  const [whole = "", fraction] = number.split(".");
  const digits = fraction === undefined ? whole.replace(/0+$/, "") : whole + fraction;
  return digits.replace(/^0+/, "").length;
}
