import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { catalogEntry, findKatas, loadKataAt } from "../../graders/index.ts";
import { EXIT, type ExitCode } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import {
  catalogueTable,
  chapterTable,
  errorTable,
  replaceInterface,
  replacePart,
} from "../docs/generated-parts.ts";
import { authoredCollection } from "../packs/authored-collection.ts";
import { pathFrom } from "../report/path-from.ts";

/** Writes the generated parts of the documents; with --check, says which are out of date. */
export async function run(
  ctx: CliContext,
  { check }: { readonly check?: boolean },
): Promise<ExitCode> {
  const { root, pack } = authoredCollection(ctx);
  const katas = findKatas(root).map((place) => loadKataAt(root, place, pack));
  const entries = katas.map(catalogEntry).filter(({ status }) => status === "stable");
  const pages = new Map<string, (page: string) => string>();
  for (const { chapter, paths } of katas) {
    const stub = readFileSync(paths.stub, "utf8");
    pages.set(paths.statement, (page) => replaceInterface(page, stub));
    const table = chapterTable(entries.filter((entry) => entry.chapter === chapter));
    const chapterPage = join(dirname(paths.kataDir), "README.md");
    pages.set(chapterPage, (page) => replacePart(page, "katas", table));
  }
  pages.set(join(root, "README.md"), (page) => replacePart(page, "katas", catalogueTable(entries)));
  pages.set(join(root, "CONTRIBUTING.md"), (page) => replacePart(page, "errors", errorTable()));
  const stale: string[] = [];
  for (const [file, generate] of pages) {
    if (!existsSync(file)) continue;
    const page = readFileSync(file, "utf8");
    const fresh = generate(page);
    if (fresh === page) continue;
    stale.push(pathFrom(ctx.cwd, file));
    if (check !== true) writeFileSync(file, fresh);
  }
  const verb = check === true ? "Out of date" : "Wrote";
  for (const file of stale) ctx.stdout.write(`${verb}: ${file}\n`);
  if (stale.length === 0) ctx.stdout.write("All generated parts are up to date.\n");
  if (check === true && stale.length > 0) ctx.stderr.write("Write them: npm run docs\n");
  return check === true && stale.length > 0 ? EXIT.failed : EXIT.ok;
}
