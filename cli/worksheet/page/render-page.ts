import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PACKAGE_ROOT } from "../../../graders/reading.ts";
import { diagramSvg } from "../drawing/diagram-svg.ts";
import { fillTemplate } from "../render/fill-template.ts";
import type { MarkdownRequest } from "../render/render-markdown.ts";
import { escapeHtml } from "./escape-html.ts";
import { PAGE_MARK } from "./page-mark.ts";
import { renderBody } from "./render-body.ts";

const ASSETS = join(PACKAGE_ROOT, "templates/worksheets/page");

/**
 * A worksheet as one page that fetches nothing: its fields lie over the Markdown, which the page
 * carries and saves with what was typed.
 */
export function renderPage(markdown: string, { variant, audience }: MarkdownRequest): string {
  const { system } = variant;
  const style = readFileSync(join(ASSETS, "page.css"), "utf8");
  const script = readFileSync(join(ASSETS, "page.js"), "utf8");
  const name = audience === "candidate" ? system.slug : `${system.slug}.${audience}`;
  const source = {
    file: `${name}.md`,
    next: audience === "candidate" ? `kata worksheet grade ${name}.md` : "",
    /** What was typed is kept for this text only: another variant is another worksheet. */
    key: createHash("sha256").update(markdown).digest("hex").slice(0, 16),
    text: markdown,
  };
  return fillTemplate("page/page.html.hbs", {
    mark: PAGE_MARK,
    title: escapeHtml(`${system.title}: ${READERS[audience]}`),
    policy: `default-src 'none'; style-src '${hash(style)}'; script-src '${hash(script)}'; img-src data:; base-uri 'none'; form-action 'none'`,
    style,
    script,
    fillable: audience !== "answers",
    // `<` would end the element that holds it.
    source: JSON.stringify(source).replaceAll("<", String.raw`\u003c`),
    body: renderBody(markdown, {
      fillable: audience === "candidate",
      diagram: audience === "answers" ? diagramSvg(system) : undefined,
    }),
  });
}

const READERS = {
  candidate: "design worksheet",
  answers: "answers",
  interviewer: "interviewer's pack",
} as const;

function hash(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
