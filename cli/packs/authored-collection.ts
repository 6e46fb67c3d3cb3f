import { type Pack, checkPackFiles, openPack } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { shellWord } from "../report/shell-word.ts";

/** What an author's command writes to. */
export interface AuthoredCollection {
  readonly root: string;
  readonly pack: Pack | undefined;
  /** How the next command of the author begins. */
  readonly command: string;
}

/**
 * The pack of `--pack`, else the own collection.
 * @throws KataError what is wrong with the pack; nothing is written through a link.
 */
export function authoredCollection({
  packs,
  root,
}: Pick<CliContext, "packs" | "root">): AuthoredCollection {
  const place = packs.find(({ given }) => given);
  if (place === undefined) return { root, pack: undefined, command: "kata" };
  const pack = openPack(place);
  checkPackFiles(pack);
  return { root: pack.root, pack, command: `kata --pack ${shellWord(place.source)}` };
}
