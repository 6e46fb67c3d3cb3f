import { type Pack, openPack } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";

/** The collection that an author's command writes to: the pack of `--pack`, else the own one. */
export function authoredCollection({ packs, root }: Pick<CliContext, "packs" | "root">): {
  readonly root: string;
  readonly pack: Pack | undefined;
} {
  const place = packs.find(({ given }) => given);
  if (place === undefined) return { root, pack: undefined };
  const pack = openPack(place);
  return { root: pack.root, pack };
}
