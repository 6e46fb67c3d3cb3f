import { KataError, say } from "../graders/reading.ts";

/** Reads an option that is a whole number. The parser throws KataError `bad-option`. */
export function integerFrom(
  command: string,
  option: string,
  { least, most }: { readonly least: number; readonly most: number },
): (value: string) => number {
  return (value) => {
    const number = /^[+-]?\d+$/.test(value) ? Number(value) : Number.NaN;
    if (number >= least && number <= most) return number;
    const why = say`give a whole number from ${least} to ${most}`;
    throw new KataError("bad-option", { option, value: `"${value}"`, why, command });
  };
}
