import type { Story } from "../../../graders/index.ts";
import { createStyle } from "../style.ts";
import { PAGE_MARK } from "../../workspace/write-page.ts";
import { escapeXml } from "./escape-xml.ts";
import { storyMermaid } from "./story-mermaid.ts";
import { storySvg } from "./story-svg.ts";
import { storyText } from "./story-text.ts";
import { STORY_CSS } from "./story-css.ts";

/** A run of a cluster as one page. */
export function storyHtml(title: string, story: Story): string {
  const heading = `<h1>${escapeXml(title)}</h1>`;
  return page(title, ["<main>", heading, storySection(story), "</main>"]);
}

function page(title: string, body: readonly string[]): string {
  return [
    "<!doctype html>",
    '<html lang="en">',
    `<head><meta charset="utf-8">${PAGE_MARK}`,
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeXml(title)}</title>`,
    `<style>${STORY_CSS}</style></head>`,
    "<body>",
    ...body,
    "</body></html>",
    "",
  ].join("\n");
}

/** Setting, faults and diagram of a run, and the same as text and as Mermaid source. */
export function storySection(story: Story): string {
  const faults = story.faults.map((fault) => `<li>${escapeXml(fault)}</li>`).join("");
  const hidden =
    story.hidden === 0
      ? ""
      : `<p class="hidden">${story.hidden} events that did not lead to this are left out.</p>`;
  return [
    `<p>${escapeXml(story.setting)}</p>`,
    faults === "" ? "" : `<ul class="faults">${faults}</ul>`,
    `<div class="scroll" tabindex="0" role="region" aria-label="Space-time diagram">${storySvg(story)}</div>`,
    hidden,
    `<details><summary>As text</summary><pre tabindex="0">${escapeXml(storyText(story, createStyle(false), 80))}</pre></details>`,
    `<details><summary>As Mermaid source</summary><pre tabindex="0">${escapeXml(storyMermaid(story))}</pre></details>`,
  ].join("\n");
}
