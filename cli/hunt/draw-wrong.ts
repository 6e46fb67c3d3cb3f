import { createHash } from "node:crypto";
import type { HuntableWrong } from "../../graders/index.ts";

/** Stands for a wrong answer in the history, where its name would give it away. */
export function disguise(slug: string, name: string): string {
  return createHash("sha256").update(`${slug}/${name}`).digest("hex").slice(0, 16);
}

/**
 * Draws a wrong answer: the same one for the same seed, and none that was found before while there
 * are others. Undefined when there is none at all.
 */
export function drawWrong(
  slug: string,
  wrongs: readonly HuntableWrong[],
  seed: number,
  found: ReadonlySet<string>,
): HuntableWrong | undefined {
  const fresh = wrongs.filter(({ name }) => !found.has(disguise(slug, name)));
  const choice = fresh.length === 0 ? wrongs : fresh;
  // By hash, not by place in the list: another one in the collection moves few draws.
  const rank = ({ name }: HuntableWrong): string =>
    createHash("sha256").update(`${seed}/${slug}/${name}`).digest("hex");
  return choice.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1))[0];
}
