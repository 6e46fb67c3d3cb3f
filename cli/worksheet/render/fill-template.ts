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
  return templateNamed(name)(data);
}

const engine = prepareEngine();
const compiled = new Map<string, Handlebars.TemplateDelegate>();

function templateNamed(name: string): Handlebars.TemplateDelegate {
  const known = compiled.get(name);
  if (known !== undefined) return known;
  const source = readFileSync(join(TEMPLATES, name), "utf8");
  const template = engine.compile(source, { strict: true, noEscape: true });
  compiled.set(name, template);
  return template;
}

function prepareEngine(): typeof Handlebars {
  const fresh = Handlebars.create();
  fresh.registerHelper("cell", (text: unknown) => cell(String(text)));
  fresh.registerHelper("slot", (id: SlotId, body: string) => writeSlot(id, body));
  const partials = join(TEMPLATES, "partials");
  for (const file of readdirSync(partials)) {
    fresh.registerPartial(basename(file, ".md.hbs"), readFileSync(join(partials, file), "utf8"));
  }
  return fresh;
}
