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
  const values = new Map(assumptionValues(system, knownOnly(system, overrides)));
  const own: string[] = [];
  const remarks: Remark[] = [];
  for (const [id, { kind }] of Object.entries(system.assumptions)) {
    const row = rows.get(id);
    if (row === undefined || row.answer === "") continue;
    const remark = (text: string): void => void remarks.push({ line: row.line, slot: id, text });
    const read = parseQuantity(row.answer, kind);
    if (!read.ok) {
      remark(`"${row.answer}" was not used: ${read.reason}`);
      continue;
    }
    const { min, max } = plausibleRange(system, id);
    if (read.value < min || read.value > max) {
      const range = `${formatQuantity(min, kind)} to ${formatQuantity(max, kind)}`;
      remark(`${row.answer} is not plausible (${range}): the given value is used`);
      continue;
    }
    values.set(id, { value: read.value, ...DIMENSIONS[kind] });
    own.push(id);
  }
  return { values, own, remarks };
}

/** What the front matter overrides and an older version of the definition may have had. */
function knownOnly(system: System, overrides: Overrides): Overrides {
  const known = Object.entries(overrides).filter(([id]) => Object.hasOwn(system.assumptions, id));
  return Object.fromEntries(known);
}
