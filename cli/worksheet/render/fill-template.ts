import { readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import Handlebars from "handlebars";
import { PACKAGE_ROOT } from "../../../graders/reading.ts";
import { type SlotId, cell, writeSlot } from "../document/slots.ts";

const TEMPLATES = join(PACKAGE_ROOT, "templates/worksheets");

/**
 * Fills a template of templates/worksheets. Definitions and answers are data, never templates; a
 * name that is missing from `data` is an error.
 */
export function fillTemplate(name: string, data: object): string {
  const engine = Handlebars.create();
  engine.registerHelper("cell", (text: unknown) => cell(String(text)));
  engine.registerHelper("slot", (id: SlotId, body: string) => writeSlot(id, body));
  const partials = join(TEMPLATES, "partials");
  for (const file of readdirSync(partials)) {
    engine.registerPartial(basename(file, ".md.hbs"), readFileSync(join(partials, file), "utf8"));
  }
  const source = readFileSync(join(TEMPLATES, name), "utf8");
  return engine.compile(source, { strict: true, noEscape: true })(data);
}
