import { KataError } from "../../graders/reading.ts";
import { findKatas, slugsChanged } from "../../graders/index.ts";
import type { CliContext } from "../context.ts";

export interface KataChoice {
  readonly slugs: readonly string[];
  readonly all?: boolean;
  readonly changed?: boolean;
  readonly base?: string;
}

/** The slugs that a command line asks for, in the order of the collection. */
export function chooseKatas(
  { root }: CliContext,
  { slugs, all, changed, base }: KataChoice,
): string[] {
  const known = findKatas(root).map(({ slug }) => slug);
  if (all === true) return known;
  if (changed === true) {
    const touched = slugsChanged(root, known, base);
    if (touched === undefined) {
      const why = "there is no git repository with such a commit here";
      throw new KataError("bad-option", {
        option: "--changed",
        value: base ?? "this folder",
        why,
        command: "verify",
      });
    }
    return touched;
  }
  if (slugs.length > 0) return [...new Set(slugs)];
  const why = "name one or more, or say --all or --changed";
  throw new KataError("bad-option", {
    option: "verify",
    value: "no kata",
    why,
    command: "verify",
  });
}
