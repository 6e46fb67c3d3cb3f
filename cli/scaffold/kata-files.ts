import { existsSync } from "node:fs";
import { chapterPage, kataPaths } from "../../graders/reading.ts";
import { render } from "./render.ts";

/** All that the templates of a kata ask for. */
export interface NewKata {
  readonly slug: string;
  readonly chapter: string;
  readonly title: string;
  readonly className: string;
  readonly level: string;
  readonly difficulty: number;
  readonly minutes: number;
  readonly plan: string;
  readonly kind: string;
}

/** Every file of a new kata with its text, in the order in which an author writes them. */
export function kataFiles(root: string, kata: NewKata): ReadonlyMap<string, string> {
  const { slug, chapter } = kata;
  const paths = kataPaths(root, chapter, slug);
  const names = Object.fromEntries(
    Object.entries(kata).map(([name, value]) => [name, String(value)]),
  );
  const data = { ...names, chapterTitle: titleOf(chapter) };
  const stub = render("kata/stub.ts.hbs", data);
  const fill = (template: string): string =>
    render(`kata/${template}.hbs`, { ...data, stub: stub.trimEnd() });
  const page = chapterPage(root, chapter);
  return new Map([
    [paths.manifest, fill("kata.json")],
    [paths.stub, stub],
    [paths.statement, fill("README.md")],
    [paths.spec, fill("spec.ts")],
    [paths.reference, fill("solution.ts")],
    [`${paths.wrongDir}/first-character.ts`, fill("wrong.ts")],
    [`${paths.altDir}/arrays.ts`, fill("alt.ts")],
    [paths.bench, fill("bench.ts")],
    [paths.notes, fill("NOTES.md")],
    ...(existsSync(page) ? [] : [[page, fill("chapter.md")] as const]),
  ]);
}

/** `rate-limiting` as a heading: `Rate limiting`. */
export function titleOf(slug: string): string {
  const words = slug.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `bloom-filter` as a class: `BloomFilter`. */
export function classNameOf(slug: string): string {
  return slug
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}
