import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Library, PACKAGE_ROOT, readIndex } from "../../../graders/reading.ts";
import type { System } from "../definition/system.ts";

/** Katas that are designed but not in the collection yet: slug to title. */
const PLANNED = join(PACKAGE_ROOT, "templates/worksheets/planned-katas.json");

export interface KataRow {
  readonly slug: string;
  readonly trains: string;
  readonly state: "ready" | "planned" | "unknown";
  readonly ready: boolean;
  /** What to type, or that it is planned. */
  readonly next: string;
}

/** The katas that train the parts of a system, with what can be done about each today. */
export async function kataRows(
  library: Library,
  { katas }: Pick<System, "katas">,
): Promise<KataRow[]> {
  const index = await readIndex(library);
  const ready = new Set(index.filter(({ status }) => status !== "draft").map(({ slug }) => slug));
  const planned = JSON.parse(readFileSync(PLANNED, "utf8")) as Readonly<Record<string, string>>;
  return katas.map(({ slug, trains }) => {
    if (ready.has(slug)) {
      return { slug, trains, state: "ready", ready: true, next: `kata start ${slug}` };
    }
    const state = Object.hasOwn(planned, slug) ? "planned" : "unknown";
    return { slug, trains, state, ready: false, next: state };
  });
}
