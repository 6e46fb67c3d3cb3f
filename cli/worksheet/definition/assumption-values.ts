import { DIMENSIONS, type Quantity } from "../quantity/dimension.ts";
import { parseQuantity } from "../quantity/parse-quantity.ts";
import { KataError, say } from "../../../graders/reading.ts";
import type { Assumption, System } from "./system.ts";

/** Own values for assumptions by name, as they were written. */
export type Overrides = Readonly<Record<string, string>>;

/**
 * The value of every assumption, the overrides in place of the given ones.
 * @throws KataError `definition-invalid` for a value of the definition, `bad-option` for an override.
 */
export function assumptionValues(
  system: System,
  overrides: Overrides = {},
): ReadonlyMap<string, Quantity> {
  return new Map(
    Object.entries(system.assumptions).map(([id, assumption]) => {
      const own = Object.hasOwn(overrides, id) ? overrides[id] : undefined;
      const value =
        own === undefined
          ? readGiven(system, `assumptions.${id}.value`, assumption.value, assumption)
          : readOverride(id, own, assumption);
      return [id, { value, ...DIMENSIONS[assumption.kind] }];
    }),
  );
}

/** The plausible range of an assumption, in base units. */
export function plausibleRange(
  system: System,
  id: string,
): { readonly min: number; readonly max: number } {
  const assumption = Object.hasOwn(system.assumptions, id) ? system.assumptions[id] : undefined;
  if (assumption === undefined) {
    const why = say`there is no assumption "${id}"`;
    throw new KataError("definition-invalid", { slug: system.slug, why });
  }
  return {
    min: readGiven(system, `assumptions.${id}.min`, assumption.min, assumption),
    max: readGiven(system, `assumptions.${id}.max`, assumption.max, assumption),
  };
}

function readGiven(system: System, at: string, text: string, { kind }: Assumption): number {
  const read = parseQuantity(text, kind);
  if (read.ok) return read.value;
  throw new KataError("definition-invalid", { slug: system.slug, why: `${at}: ${read.reason}` });
}

function readOverride(id: string, text: string, { kind, value }: Assumption): number {
  const read = parseQuantity(text, kind);
  if (read.ok && read.value > 0) return read.value;
  throw new KataError("bad-option", {
    option: "--set",
    value: `"${id}=${text}"`,
    why: say`${read.ok ? say`the value must be above zero` : read.reason}; write it like ${value}`,
    command: "worksheet",
  });
}
