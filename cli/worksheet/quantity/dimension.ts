import { say } from "../../../graders/reading.ts";

/** What a figure measures. Values are kept in base units: bytes, seconds, and one over seconds. */
export const KINDS = ["count", "ratio", "bytes", "duration", "rate", "bandwidth"] as const;
export type Kind = (typeof KINDS)[number];

/** Exponents of bytes and seconds; counts and ratios have neither. */
export interface Dimension {
  readonly bytes: number;
  readonly seconds: number;
}

/** A value in base units, with its dimension. */
export interface Quantity extends Dimension {
  readonly value: number;
}

export const DIMENSIONS: Readonly<Record<Kind, Dimension>> = {
  count: { bytes: 0, seconds: 0 },
  ratio: { bytes: 0, seconds: 0 },
  bytes: { bytes: 1, seconds: 0 },
  duration: { bytes: 0, seconds: 1 },
  rate: { bytes: 0, seconds: -1 },
  bandwidth: { bytes: 1, seconds: -1 },
};

export function sameDimension(a: Dimension, b: Dimension): boolean {
  return a.bytes === b.bytes && a.seconds === b.seconds;
}

/** A dimension in words: "an amount of data", "bytes² per second". */
export function dimensionText({ bytes, seconds }: Dimension): string {
  const name = known()[`${bytes},${seconds}`];
  if (name !== undefined) return name;
  const power = (unit: string, exponent: number): string =>
    exponent === 1 ? unit : `${unit}^${exponent}`;
  const over = [
    ...(bytes > 0 ? [power("bytes", bytes)] : []),
    ...(seconds > 0 ? [power("seconds", seconds)] : []),
  ].join(" x ");
  const under = [
    ...(bytes < 0 ? [power("bytes", -bytes)] : []),
    ...(seconds < 0 ? [power("seconds", -seconds)] : []),
  ].join(" x ");
  return under === "" ? over : `${over === "" ? "1" : over} per ${under}`;
}

/** When asked, so that they are in the language that is spoken. */
const known = (): Readonly<Record<string, string>> => ({
  "0,0": say`a plain number`,
  "1,0": say`an amount of data`,
  "0,1": say`a time`,
  "0,-1": say`a number per time`,
  "1,-1": say`an amount of data per time`,
});
