import { existsSync, lstatSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { catalogEntry, findKatas, loadKataAt } from "../../graders/index.ts";
import { EXIT, type ExitCode, say } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import {
  catalogueTable,
  chapterTable,
  errorTable,
  replaceInterface,
  replacePart,
} from "../docs/generated-parts.ts";
import { catalogueJson } from "../messages/list-messages.ts";
import { authoredCollection } from "../packs/authored-collection.ts";
import { pathFrom } from "../report/path-from.ts";

/** Writes the generated parts of the documents; with --check, says which are out of date. */
export async function run(
  ctx: CliContext,
  { check }: { readonly check?: boolean },
): Promise<ExitCode> {
  const { root, pack, command } = authoredCollection(ctx);
  // A pack's own pages name its katas as its folders do.
  const katas = findKatas(root).map((place) => loadKataAt(root, place));
  const entries = katas.map(catalogEntry).filter(({ status }) => status === "stable");
  // A pack need not have the tables; our pages must.
  const replaceKatas = (page: string, table: string): string =>
    pack !== undefined && !page.includes("katas:begin") ? page : replacePart(page, "katas", table);
  const pages = new Map<string, (page: string) => string>();
  for (const { chapter, paths } of katas) {
    const stub = readFileSync(paths.stub, "utf8");
    pages.set(paths.statement, (page) => replaceInterface(page, stub));
    const table = chapterTable(entries.filter((entry) => entry.chapter === chapter));
    const chapterPage = join(dirname(paths.kataDir), "README.md");
    pages.set(chapterPage, (page) => replaceKatas(page, table));
  }
  pages.set(join(root, "README.md"), (page) => replaceKatas(page, catalogueTable(entries)));
  if (pack === undefined) {
    pages.set(join(root, "CONTRIBUTING.md"), (page) => replacePart(page, "errors", errorTable()));
    // An installed package has the catalogue, but not the sources that it is read from.
    if (existsSync(join(root, "cli")))
      pages.set(join(root, "templates/messages/en.json"), () => catalogueJson(root));
  }
  const stale: string[] = [];
  for (const [file, generate] of pages) {
    // A link may lead out of the collection, and this writes.
    if (!lstatSync(file, { throwIfNoEntry: false })?.isFile()) continue;
    const page = readFileSync(file, "utf8");
    const fresh = generate(page);
    if (fresh === page) continue;
    stale.push(pathFrom(ctx.cwd, file));
    if (check !== true) writeFileSync(file, fresh);
  }
  const verb = check === true ? say`Out of date` : say`Wrote`;
  for (const file of stale) ctx.stdout.write(`${verb}: ${file}\n`);
  if (stale.length === 0) ctx.stdout.write(say`All generated parts are up to date.\n`);
  if (check === true && stale.length > 0)
    ctx.stderr.write(say`Write them: ${pack === undefined ? "npm run docs" : `${command} docs`}\n`);
  return check === true && stale.length > 0 ? EXIT.failed : EXIT.ok;
}
