import type { GradeReport, PropertyResult, Story } from "../../../graders/index.ts";
import { createStyle } from "../style.ts";
import { escapeXml } from "./escape-xml.ts";
import { storyMermaid } from "./story-mermaid.ts";
import { storySvg } from "./story-svg.ts";
import { storyText } from "./story-text.ts";
import { STORY_CSS } from "./story-css.ts";

/** By this a page of ours is known, and may be written again. */
export const PAGE_MARK = '<meta name="generator" content="kata">';

/** A grade as one page that needs nothing else: what held, what broke, and how it came about. */
export function gradeHtml(report: GradeReport): string {
  const { kata, verdict, reason, detail, score, properties, specHash, seed } = report;
  const broken = properties.filter(({ failure }) => failure !== undefined);
  const list = properties.map(({ id, outcome }) => {
    const mark = outcome === "held" ? "✓" : "✗";
    return `<li class="${outcome === "held" ? "held" : "broken"}">${mark} <b>${escapeXml(id)}</b> ${outcome}</li>`;
  });
  const head = `${verdict}${reason === undefined ? "" : `: ${reason}`}`;
  return page(`${kata}: ${head}`, [
    `<h1>${escapeXml(kata)}: ${escapeXml(head)}</h1>`,
    `<p>${escapeXml(detail ?? "")} Score ${score.points}/100.</p>`,
    `<ul class="properties">${list.join("")}</ul>`,
    ...broken.map((property) => failureSection(property)),
    `<footer>seed ${seed}, spec ${escapeXml(specHash)}</footer>`,
  ]);
}

/** A run of a cluster as one page. */
export function storyHtml(title: string, story: Story): string {
  return page(title, [`<h1>${escapeXml(title)}</h1>`, storySection(story)]);
}

function page(title: string, body: readonly string[]): string {
  return [
    "<!doctype html>",
    '<html lang="en">',
    `<head><meta charset="utf-8">${PAGE_MARK}`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeXml(title)}</title>`,
    `<style>${STORY_CSS}</style></head>`,
    "<body>",
    ...body,
    "</body></html>",
    "",
  ].join("\n");
}

function failureSection({ id, rules, rulesText, failure, replay }: PropertyResult): string {
  if (failure === undefined) return "";
  const { what, expected, actual, story, steps } = failure;
  const facts = [
    ...rules.map((rule, i) => [`Rule ${rule}`, (rulesText[i] ?? "").replaceAll("**", "")]),
    ["Looked at", what],
    ["Expected", expected],
    ["Got", actual],
    ["Replay", replay],
  ].filter((fact): fact is [string, string] => fact[1] !== undefined);
  const rows = facts.map(([name, text]) => `<dt>${name}</dt><dd>${escapeXml(text)}</dd>`);
  const list = (steps ?? []).map((step) => `<li>${escapeXml(step)}</li>`).join("");
  return [
    `<section><h2>✗ ${escapeXml(id)}</h2>`,
    `<dl>${rows.join("")}</dl>`,
    list === "" ? "" : `<ol>${list}</ol>`,
    story === undefined ? "" : storySection(story),
    "</section>",
  ].join("\n");
}

function storySection(story: Story): string {
  const faults = story.faults.map((fault) => `<li>${escapeXml(fault)}</li>`).join("");
  const hidden =
    story.hidden === 0
      ? ""
      : `<p class="hidden">${story.hidden} events that did not lead to this are left out.</p>`;
  return [
    `<p>${escapeXml(story.setting)}</p>`,
    faults === "" ? "" : `<ul class="faults">${faults}</ul>`,
    `<div class="scroll">${storySvg(story)}</div>`,
    hidden,
    `<details><summary>As text</summary><pre>${escapeXml(storyText(story, createStyle(false), 80))}</pre></details>`,
    `<details><summary>As Mermaid source</summary><pre>${escapeXml(storyMermaid(story))}</pre></details>`,
  ].join("\n");
}
