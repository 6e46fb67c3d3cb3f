import { KataError, readIndex, say } from "../../graders/reading.ts";
import { findKatas, slugsChanged } from "../../graders/index.ts";
import type { CliContext } from "../context.ts";

export interface KataChoice {
  readonly slugs: readonly string[];
  readonly all?: boolean;
  readonly changed?: boolean;
  readonly base?: string;
}

/**
 * The slugs that a command line asks for, in the order of the collection. The namespace of a pack
 * stands for all its katas; with `--pack`, `--all` is about that pack alone.
 */
export async function chooseKatas(
  ctx: CliContext,
  { slugs, all, changed, base }: KataChoice,
): Promise<string[]> {
  const { root } = ctx;
  const own = findKatas(root).map(({ slug }) => slug);
  if (all === true) {
    const given = ctx.packs.filter((place) => place.given);
    if (given.length > 0) return slugsOfPacks({ root, packs: given });
    return [...own, ...(await slugsOfPacks(ctx))];
  }
  if (changed === true) {
    const touched = slugsChanged(root, own, base);
    if (touched === undefined) {
      const why = say`there is no git repository with such a commit here`;
      throw new KataError("bad-option", {
        option: "--changed",
        value: base ?? say`this folder`,
        why,
        command: "verify",
      });
    }
    return touched;
  }
  if (slugs.length > 0) {
    const named = slugs.map(async (name) => {
      const packs = ctx.packs.filter(({ namespace }) => namespace === name);
      return packs.length === 0 ? [name] : slugsOfPacks({ root, packs });
    });
    return [...new Set((await Promise.all(named)).flat())];
  }
  const why = say`name one or more, or say --all or --changed`;
  throw new KataError("bad-option", {
    option: "verify",
    value: say`no kata`,
    why,
    command: "verify",
  });
}

/** @throws KataError what is wrong with a pack, if anything is. */
async function slugsOfPacks(library: Parameters<typeof readIndex>[0]): Promise<string[]> {
  const entries = await readIndex(library, (_, error) => {
    throw error;
  });
  return entries.filter(({ pack }) => pack !== undefined).map(({ slug }) => slug);
}
