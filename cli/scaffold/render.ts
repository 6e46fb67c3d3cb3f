import { readFileSync } from "node:fs";
import { join } from "node:path";
import Handlebars from "handlebars";
import { PACKAGE_ROOT } from "../../graders/reading.ts";

/** Fills a template of templates/ that is a page: everything in `data` is escaped. */
export function renderPage(template: string, data: object): string {
  const source = readFileSync(join(PACKAGE_ROOT, "templates", template), "utf8");
  return Handlebars.create().compile(source)(data);
}

/** Fills a template of templates/. A name that is missing from `data` is an error. */
export function render(template: string, data: Readonly<Record<string, string>>): string {
  const engine = Handlebars.create();
  engine.registerHelper("json", (value: unknown) => JSON.stringify(value));
  const source = readFileSync(join(PACKAGE_ROOT, "templates", template), "utf8");
  return engine.compile(source, { strict: true, noEscape: true })(data);
}
