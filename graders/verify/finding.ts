/** A fault of a kata: where it is, what is wrong, what to do. */
export interface Finding {
  readonly check: string;
  readonly file: string;
  readonly line: number;
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
  /** The property, budget or subject it is about, for a waiver. */
  readonly about?: string;
}

/** Line of the first match in a text, from 1; 1 when there is none. */
export function lineOf(text: string, needle: string): number {
  const index = text.indexOf(needle);
  return index < 0 ? 1 : text.slice(0, index).split("\n").length;
}
