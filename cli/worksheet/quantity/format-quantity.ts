import type { Kind } from "./dimension.ts";

export type Prefix = "decimal" | "binary";
type Step = readonly [size: number, name: string];

const COUNTS: readonly Step[] = [
  [1, ""],
  [1e3, "K"],
  [1e6, "M"],
  [1e9, "B"],
  [1e12, "T"],
];
const DECIMAL = ["B", "KB", "MB", "GB", "TB", "PB", "EB"].map((name, index): Step => [
  1000 ** index,
  name,
]);
const BINARY = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"].map((name, index): Step => [
  1024 ** index,
  name,
]);
const TIMES: readonly Step[] = [
  [1e-3, "ms"],
  [1, "s"],
  [60, "min"],
  [3600, "h"],
  [86_400, "d"],
  [31_536_000, "y"],
];

/** A value in base units as people write it: three significant digits and the fitting prefix. */
export function formatQuantity(value: number, kind: Kind, prefix: Prefix = "decimal"): string {
  const data = prefix === "decimal" ? DECIMAL : BINARY;
  switch (kind) {
    case "count":
      return scaled(value, COUNTS);
    case "ratio":
      return value >= 1e4 ? scaled(value, COUNTS) : threeDigits(value);
    case "rate":
      return `${scaled(value, COUNTS)}/s`;
    case "bytes":
      return scaled(value, data);
    case "bandwidth":
      return `${scaled(value, data)}/s`;
    case "duration":
      return scaled(value, TIMES);
  }
}

function scaled(value: number, steps: readonly Step[]): string {
  const last = steps.length - 1;
  let at = Math.max(
    0,
    steps.findLastIndex(([size]) => Math.abs(value) >= size),
  );
  const fits = (step: number): string => threeDigits(value / (steps[step]?.[0] ?? 1));
  // 999.9 K rounds to a full million: the next prefix says it better.
  const next = steps[at + 1];
  if (next !== undefined && at < last && Number(fits(at)) >= next[0] / (steps[at]?.[0] ?? 1))
    at += 1;
  return `${fits(at)} ${steps[at]?.[1] ?? ""}`.trimEnd();
}

/** Three significant digits, halves up as on paper: 1.825 is 1.83, though its binary is below. */
export function threeDigits(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value);
  // Fifteen digits are what a double surely holds; the noise behind them would turn halves down.
  const [mantissa = "0", exponent = "0"] = Math.abs(value).toExponential(14).split("e");
  const digits = mantissa.replace(".", "");
  const kept = Number(digits.slice(0, 3)) + (Number(digits[3]) >= 5 ? 1 : 0);
  const rounded = Number(`${kept}e${Number(exponent) - 2}`);
  return `${value < 0 ? "-" : ""}${rounded}`;
}
