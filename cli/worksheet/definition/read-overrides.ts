import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { KataError, suggest, say } from "../../../graders/reading.ts";
import { parseFormula } from "../formula/parse-formula.ts";
import { formatQuantity } from "../quantity/format-quantity.ts";
import { type Overrides, assumptionValues, plausibleRange } from "./assumption-values.ts";
import type { System } from "./system.ts";

/** `name=value` pairs as typed, and the JSON file they come on top of. */
export interface OverrideRequest {
  readonly cwd: string;
  readonly set?: readonly string[];
  readonly setFile?: string;
}

/**
 * Own values for assumptions, in the order of the definition. The last one given wins.
 * @throws KataError `bad-option` or `unknown-assumption`.
 */
export function readOverrides(
  system: System,
  { cwd, set = [], setFile }: OverrideRequest,
): Overrides {
  const given = new Map([
    ...(setFile === undefined ? [] : readSetFile(resolve(cwd, setFile), setFile)),
    ...set.map(readPair),
  ]);
  for (const name of given.keys()) requireAssumption(system, name);
  const overrides = Object.fromEntries(
    Object.keys(system.assumptions).flatMap((id) => {
      const value = given.get(id);
      return value === undefined ? [] : [[id, value.trim().replace(/\s+/g, " ")]];
    }),
  );
  assumptionValues(system, overrides);
  return overrides;
}

/** A sentence for each override outside the plausible range; it is used all the same. */
export function implausible(system: System, overrides: Overrides): string[] {
  const values = assumptionValues(system, overrides);
  return Object.keys(overrides).flatMap((id) => {
    const assumption = system.assumptions[id];
    const value = values.get(id)?.value;
    if (assumption === undefined || value === undefined) return [];
    const { min, max } = plausibleRange(system, id);
    if (value >= min && value <= max) return [];
    const show = (bound: number): string => formatQuantity(bound, assumption.kind);
    return [
      say`${id} = ${overrides[id]} is unusual: ${show(min)} to ${show(max)} is plausible. It is used.`,
    ];
  });
}

function readPair(text: string): [string, string] {
  const at = text.indexOf("=");
  const name = text.slice(0, at).trim();
  const value = text.slice(at + 1).trim();
  if (at > 0 && name !== "" && value !== "") return [name, value];
  throw badOption("--set", text, say`write it as name=value, like dau=100M`);
}

function readSetFile(path: string, name: string): [string, string][] {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw badOption("--set-file", name, (error as Error).message, error);
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw badOption("--set-file", name, say`it must hold one object, like { "dau": "100M" }`);
  }
  return Object.entries(json).map(([id, value]) => {
    if (typeof value === "string" || typeof value === "number") return [id, String(value)];
    throw badOption("--set-file", name, say`"${id}" must be a text or a number`);
  });
}

function badOption(option: string, value: string, why: string, cause?: unknown): KataError {
  const params = { option, value: `"${value}"`, why, command: "worksheet" };
  return new KataError("bad-option", params, cause);
}

function requireAssumption(system: System, name: string): void {
  if (Object.hasOwn(system.assumptions, name)) return;
  const params = { slug: system.slug, name, suggestion: whyUnknown(system, name) };
  throw new KataError("unknown-assumption", params);
}

function whyUnknown({ assumptions, estimates }: System, name: string): string {
  const estimate = Object.hasOwn(estimates, name) ? estimates[name] : undefined;
  if (estimate !== undefined) {
    const { names } = parseFormula(estimate.formula);
    return say` It is an estimate, computed from ${names.join(", ")}.`;
  }
  const nearest = suggest(name, Object.keys(assumptions));
  return nearest === undefined ? "" : say` Did you mean ${nearest}?`;
}
