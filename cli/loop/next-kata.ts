import { type LibraryEntry, readIndex } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { NO_PROGRESS, readProgress, type Progress } from "../workspace/progress.ts";
import { findWorkspace } from "../workspace/workspace.ts";

/** What to do next, and with which kata. */
export interface NextKata {
  readonly slug: string;
  /** `grade`: there is an attempt that did not pass yet. */
  readonly verb: "start" | "grade";
}

/** The kata to go on with, other than `besides`; undefined when every one is passed or given up. */
export async function nextKata(ctx: CliContext, besides?: string): Promise<NextKata | undefined> {
  const index = (await readIndex(ctx)).filter(({ status }) => status !== "draft");
  const progress = readProgress(ctx, findWorkspace(ctx.cwd));
  return chooseNext(index, (slug) => progress.get(slug) ?? NO_PROGRESS, besides);
}

/**
 * What was begun comes first, then the easiest kata whose prerequisites are passed, then the easiest
 * of all.
 */
export function chooseNext(
  entries: readonly LibraryEntry[],
  progressOf: (slug: string) => Progress,
  besides?: string,
): NextKata | undefined {
  const others = entries.filter(({ slug }) => slug !== besides);
  const begun = others.find(({ slug }) => progressOf(slug).state === "tried");
  if (begun !== undefined) return { slug: begun.slug, verb: "grade" };
  const known = new Set(entries.map(({ slug }) => slug));
  const isReady = ({ prerequisites }: LibraryEntry): boolean =>
    prerequisites.every((slug) => !known.has(slug) || progressOf(slug).state === "passed");
  const [easiest] = others
    .filter(({ slug }) => progressOf(slug).state === "new")
    .toSorted(
      (a, b) =>
        Number(isReady(b)) - Number(isReady(a)) ||
        a.difficulty - b.difficulty ||
        (a.slug < b.slug ? -1 : 1),
    );
  return easiest === undefined ? undefined : { slug: easiest.slug, verb: "start" };
}
