/** A fault of a definition: what is wrong, near which text of the file, and what to do. */
export interface Finding {
  readonly check: string;
  /** Absolute path. */
  readonly file: string;
  readonly line: number;
  readonly message: string;
  readonly fix: string;
}

/** A fault before its place is known. */
export interface Fault {
  readonly check: string;
  /** Stands in the definition where the fault is; its first line is shown. */
  readonly near: string;
  readonly message: string;
  readonly fix: string;
}

/** Line of the first match in a text, from 1; 1 when there is none. */
export function lineOf(text: string, near: string): number {
  const at = text.indexOf(near);
  return at < 0 ? 1 : text.slice(0, at).split("\n").length;
}
