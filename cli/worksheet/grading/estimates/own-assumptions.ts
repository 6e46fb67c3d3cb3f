import { say } from "../../../../graders/reading.ts";
import {
  type Overrides,
  assumptionValues,
  plausibleRange,
} from "../../definition/assumption-values.ts";
import type { System } from "../../definition/system.ts";
import type { Worksheet } from "../../document/parse-worksheet.ts";
import { DIMENSIONS, type Quantity } from "../../quantity/dimension.ts";
import { formatQuantity } from "../../quantity/format-quantity.ts";
import { parseQuantity } from "../../quantity/parse-quantity.ts";
import type { Remark } from "../remark.ts";

/** The assumptions of a worksheet: given, overridden by its front matter, then by the candidate. */
export interface OwnAssumptions {
  readonly values: ReadonlyMap<string, Quantity>;
  /** Ids the candidate gave a value of their own. */
  readonly own: readonly string[];
  readonly remarks: readonly Remark[];
}

/** A value outside the plausible range is noted and not used. */
export function readAssumptions(
  system: System,
  overrides: Overrides,
  rows: Worksheet["rows"],
): OwnAssumptions {
  const own: string[] = [];
  const remarks: Remark[] = [];
  const values = new Map(assumptionValues(system, readable(system, overrides, remarks)));
  for (const [id, { kind }] of Object.entries(system.assumptions)) {
    const row = rows.get(id);
    if (row === undefined || row.answer === "") continue;
    const remark = (text: string): void => void remarks.push({ line: row.line, slot: id, text });
    const read = parseQuantity(row.answer, kind);
    if (!read.ok) {
      remark(say`"${row.answer}" was not used: ${read.reason}`);
      continue;
    }
    const { min, max } = plausibleRange(system, id);
    if (read.value < min || read.value > max) {
      const range = say`${formatQuantity(min, kind)} to ${formatQuantity(max, kind)}`;
      remark(say`${row.answer} is not plausible (${range}): the given value is used`);
      continue;
    }
    values.set(id, { value: read.value, ...DIMENSIONS[kind] });
    own.push(id);
  }
  return { values, own, remarks };
}

/** Overrides of the front matter that can be used; the others are said. */
function readable(system: System, overrides: Overrides, remarks: Remark[]): Overrides {
  const used = Object.entries(overrides).filter(([id, text]) => {
    const assumption = Object.hasOwn(system.assumptions, id) ? system.assumptions[id] : undefined;
    const read = assumption === undefined ? undefined : parseQuantity(text, assumption.kind);
    if (read?.ok === true && read.value > 0) return true;
    const why =
      read === undefined ? say`there is no such assumption` : read.ok ? "zero" : read.reason;
    remarks.push({ line: 1, slot: "set", text: say`${id}: "${text}" was not used: ${why}` });
    return false;
  });
  return Object.fromEntries(used);
}
