import { existsSync } from "node:fs";
import { relative } from "node:path";
import { say } from "../../model/say.ts";
import { KataError } from "../../model/kata-error.ts";
import type { Kata } from "../../model/kata.ts";
import type { Pack } from "../../model/pack.ts";
import { isSlug } from "../../model/slug.ts";
import { findKatas, loadKataAt, type KataPlace } from "../catalog.ts";
import { checkPackFiles } from "./check-pack-files.ts";

/**
 * Checks all of a pack that can be seen by reading, and returns its katas. Nothing of it is run.
 * @throws KataError `pack-layout`, `pack-clash`, `pack-unsafe`, `pack-too-large`, `pack-too-new` or
 *   `manifest-invalid`.
 */
export function checkPack(pack: Pack): Kata[] {
  checkPackFiles(pack);
  const { root, namespace } = pack;
  const places = findKatas(root);
  const refuse = (why: string): KataError => new KataError("pack-layout", { namespace, why });
  if (places.length === 0) throw refuse(say`it has no kata in katas/<chapter>/<slug>/`);
  for (const { chapter, slug } of places) {
    const wrong = [chapter, slug].find((name) => !isSlug(name));
    if (wrong !== undefined)
      throw refuse(say`katas/${chapter}/${slug}/: ${wrong} is not kebab-case`);
  }
  requireDistinct(places, namespace);
  return places.map((place) => {
    const kata = loadKataAt(root, place, pack);
    const { statement, stub, reference, spec } = kata.paths;
    for (const file of [statement, stub, reference, spec]) {
      if (!existsSync(file)) throw refuse(say`${relative(root, file)} is missing`);
    }
    return kata;
  });
}

function requireDistinct(places: readonly KataPlace[], namespace: string): void {
  const chapterOf = new Map<string, string>();
  for (const { slug, chapter } of places) {
    const other = chapterOf.get(slug);
    if (other !== undefined) {
      const what = `${namespace}/${slug}`;
      const why = say`it stands in two chapters of the pack, ${other} and ${chapter}`;
      throw new KataError("pack-clash", {
        what,
        why,
        next: say`Rename one of the two in the pack.`,
      });
    }
    chapterOf.set(slug, chapter);
  }
}
