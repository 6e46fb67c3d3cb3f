import { slugOfPath } from "../catalog/paths.ts";
import { baseCommit, changedFiles } from "../run/git.ts";

/** What every kata is judged with: when it changes, all of them are to be proved again. */
const ENGINE = /^graders\/(harness|kit|run|judge|grade|verify)\/(?!.*\.test\.ts$)/;

/**
 * The katas whose files changed since the base commit; all of them when the engine did. Undefined
 * outside a repository, or when it has no such commit.
 */
export function slugsChanged(
  root: string,
  known: readonly string[],
  base?: string,
): string[] | undefined {
  const commit = baseCommit(root, base);
  const files = commit === undefined ? undefined : changedFiles(root, commit);
  if (files === undefined) return undefined;
  if (files.some((file) => ENGINE.test(file))) return [...known];
  const touched = new Set(files.map((file) => slugOfPath(file)));
  return known.filter((slug) => touched.has(slug));
}
