import { say } from "../../model/say.ts";
import { checksBeforeRun } from "../../run/sandbox.ts";
import { KataError } from "../../model/kata-error.ts";
import type { Kata } from "../../model/kata.ts";
import { runHunt, type HuntEnd } from "../../run/run-hunt.ts";
import { staticCheck } from "../../run/static-check.ts";

/** What a hunt is worth. */
export type HuntResult =
  | { readonly kind: "found"; readonly what: string; readonly calls: number }
  /** It threw on what is right. */
  | { readonly kind: "rejects"; readonly who: string; readonly what: string }
  /** It threw on nothing, or did not come to an end on the wrong answer. */
  | { readonly kind: "missed"; readonly calls: number; readonly isEndless: boolean };

export interface HuntFile {
  /** Absolute path. */
  readonly file: string;
  /** What a message calls it. */
  readonly shownAs: string;
}

/**
 * Runs a hunt on the reference and every alternative, on which it must not throw, and then on a wrong
 * answer, on which it must.
 * @throws KataError `hunt-unusable`, or `interrupted`.
 */
export async function tryHunt(
  kata: Kata,
  wrongFile: string,
  { file: huntFile, shownAs }: HuntFile,
  signal?: AbortSignal,
): Promise<HuntResult> {
  const { slug, reference, alternatives } = kata;
  const unusable = (why: string): KataError =>
    new KataError("hunt-unusable", { file: shownAs, why, slug });
  const denials = checksBeforeRun() ? await staticCheck(huntFile) : [];
  const [denial] = denials;
  if (denial !== undefined) {
    const { line, column, what, why } = denial;
    throw unusable(say`${what} in ${line}:${column} is not allowed, ${why}`);
  }
  const hunt = async (file: string): Promise<Exclude<HuntEnd, { kind: "broken" }>> => {
    const end = await runHunt(kata, file, huntFile, signal);
    if (signal?.aborted === true) throw new KataError("interrupted", { slug });
    if (end.kind === "broken") throw unusable(end.why);
    return end;
  };
  for (const { kind, file } of [reference, ...alternatives]) {
    const who = kind === "reference" ? say`our reference` : say`another correct solution`;
    const end = await hunt(file);
    if (end.kind === "timed-out") throw unusable(say`it does not come to an end on ${who}`);
    if (end.kind === "threw") return { kind: "rejects", who, what: end.what };
  }
  const end = await hunt(wrongFile);
  if (end.kind === "threw") return { kind: "found", what: end.what, calls: end.calls };
  return { kind: "missed", calls: end.calls, isEndless: end.kind === "timed-out" };
}
