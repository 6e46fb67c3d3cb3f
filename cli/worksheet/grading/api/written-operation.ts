import type { Item } from "../../prose/split-items.ts";

export const METHOD_CLASSES = ["create", "read", "update", "delete", "stream"] as const;
export type MethodClass = (typeof METHOD_CLASSES)[number];

/** An operation as the candidate wrote it, with the lines that belong to it. */
export interface WrittenOperation {
  /** First line, as written. */
  readonly text: string;
  readonly line: number;
  readonly form: "http" | "call" | "stream";
  readonly classes: readonly MethodClass[];
  /** Words of the name or path, singular, without versions and parameters. */
  readonly words: readonly string[];
  /** Path segments without versions and parameters, or the name. */
  readonly segments: readonly string[];
  /** Everything said about it, for what it needs besides. */
  readonly all: Item;
  /** What is sent: between the path or name and the arrow. */
  readonly input: string;
  /** What comes back. */
  readonly output: string;
}
