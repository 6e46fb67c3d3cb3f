import { parseFormula } from "../formula/parse-formula.ts";
import { printFormula } from "../formula/print-formula.ts";
import type { Source } from "../definition/system.ts";
import { type Variant, createVariant } from "../definition/variant.ts";
import type { Kind } from "../quantity/dimension.ts";
import { type Prefix, formatQuantity } from "../quantity/format-quantity.ts";
import { parseQuantity } from "../quantity/parse-quantity.ts";

/** Assumptions and estimates as text, for every audience. */

const ORIGIN: Readonly<Record<Source, string>> = {
  seed: "notes",
  course: "original course",
  kata: "ours",
};

const UNITS: Readonly<Record<Kind, string>> = {
  count: "a number",
  ratio: "a ratio",
  bytes: "bytes",
  duration: "a time",
  rate: "per second",
  bandwidth: "bytes per second",
};

export interface AssumptionRow {
  readonly id: string;
  readonly label: string;
  readonly given: string;
  readonly origin: string;
  readonly note: string;
}

export function assumptionRows({ system, overrides }: Variant): AssumptionRow[] {
  return Object.entries(system.assumptions).map(([id, { label, value, source, note }]) => {
    const own = Object.hasOwn(overrides, id) ? overrides[id] : undefined;
    return {
      id,
      label,
      given: own ?? value,
      origin: own === undefined ? ORIGIN[source] : `set; ${ORIGIN[source]}: ${value}`,
      note: note ?? "",
    };
  });
}

export interface EstimateRow {
  readonly id: string;
  readonly label: string;
  readonly unit: string;
  readonly formula: string;
  readonly result: string;
  /** The formula with figures in the place of names. */
  readonly substituted: string;
  readonly why: string;
  /** The figure of the sources and how far it is from ours, "" for an estimate of ours. */
  readonly theirs: string;
  readonly origin: string;
  readonly note: string;
  readonly points: number;
  /** Answers that get full credit. */
  readonly fullBand: string;
  readonly nearBand: string;
}

export function estimateRows(variant: Variant, prefix: Prefix): EstimateRow[] {
  const { system, results } = variant;
  // Their figures belong to the given assumptions, whatever is set here.
  const given = createVariant(system).results;
  return Object.entries(system.estimates)
    .filter(([, { asked }]) => asked)
    .map(([id, estimate]) => {
      const { label, kind, formula, why, source, seedFigure, note, points, tolerance } = estimate;
      const result = results.get(id) ?? Number.NaN;
      const show = (value: number): string => formatQuantity(value, kind, prefix);
      const band = (factor: number): string =>
        factor === 1 ? show(result) : `${show(result / factor)} to ${show(result * factor)}`;
      return {
        id,
        label,
        unit: UNITS[kind],
        formula,
        result: show(result),
        substituted: printFormula(parseFormula(formula).root, (name) =>
          figureOf(variant, name, prefix),
        ),
        why,
        theirs: source === "kata" ? "" : theirFigure(seedFigure ?? "", kind, given.get(id)),
        origin: ORIGIN[source],
        note: note ?? "",
        points,
        fullBand: band(tolerance.full),
        nearBand: band(tolerance.near),
      };
    });
}

/** `~40/s (+3.7 %)`; nothing is added to a figure that agrees or cannot be read. */
function theirFigure(figure: string, kind: Kind, ours = Number.NaN): string {
  const read = parseQuantity(figure, kind);
  const percent = read.ok ? (read.value / ours - 1) * 100 : Number.NaN;
  if (!(Math.abs(percent) >= 0.5)) return figure;
  return `${figure} (${percent > 0 ? "+" : ""}${percent.toFixed(1)}%)`;
}

/** The value of a name in a formula; the names of times stand for themselves. */
function figureOf({ system, overrides, results }: Variant, name: string, prefix: Prefix): string {
  const estimate = Object.hasOwn(system.estimates, name) ? system.estimates[name] : undefined;
  const result = results.get(name);
  if (estimate !== undefined && result !== undefined) {
    return formatQuantity(result, estimate.kind, prefix);
  }
  const assumption = Object.hasOwn(system.assumptions, name) ? system.assumptions[name] : undefined;
  if (assumption === undefined) return name;
  return (Object.hasOwn(overrides, name) ? overrides[name] : undefined) ?? assumption.value;
}
