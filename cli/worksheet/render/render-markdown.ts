import type { Variant } from "../definition/variant.ts";
import { SLOT_IDS, writeFrontMatter } from "../document/slots.ts";
import type { Prefix } from "../quantity/format-quantity.ts";
import { assumptionRows, estimateRows } from "./figures.ts";
import { fillTemplate } from "./fill-template.ts";
import { interviewScript } from "./interview-script.ts";
import type { KataRow } from "./kata-rows.ts";
import { modelAnswer } from "./model-answer.ts";

export const AUDIENCES = ["candidate", "interviewer", "answers"] as const;
export type Audience = (typeof AUDIENCES)[number];

export interface MarkdownRequest {
  readonly variant: Variant;
  readonly audience: Audience;
  readonly prefix: Prefix;
  /** Shows a candidate the formulas and what there is to decide. */
  readonly hints: boolean;
  readonly katas: readonly KataRow[];
}

/** A worksheet as Markdown: the same definition and overrides give the same bytes. */
export function renderMarkdown(request: MarkdownRequest): string {
  const { variant, audience, prefix } = request;
  const { system, overrides } = variant;
  const { slug, version, conventions } = system;
  const data = {
    ...system,
    frontMatter: writeFrontMatter({ system: slug, version, set: overrides }),
    changed: Object.entries(overrides).map(([name, value]) => ({ name, value })),
    binary: (prefix ?? conventions.prefix) === "binary",
    assumptionRows: assumptionRows(variant),
    estimateRows: estimateRows(variant, prefix),
    katas: request.katas,
    ...partsOf(request),
  };
  const text = fillTemplate(`${audience}.md.hbs`, data);
  return `${text.replace(/\n{3,}/g, "\n\n").trimEnd()}\n`;
}

function partsOf({ variant, audience, prefix, hints }: MarkdownRequest): object {
  const { system } = variant;
  switch (audience) {
    case "candidate":
      return { hints, answer: Object.fromEntries(SLOT_IDS.map((id) => [id, ""])) };
    case "answers":
      return { answer: modelAnswer(system), ...answerParts(variant) };
    case "interviewer":
      return interviewScript(variant, prefix);
  }
}

function answerParts({ system }: Variant): object {
  return {
    remarks: Object.entries(system.estimates)
      .filter(([, { note }]) => note !== undefined)
      .map(([id, { note }]) => ({ id, note })),
    assumptionNotes: Object.entries(system.assumptions)
      .filter(([, { note }]) => note !== undefined)
      .map(([id, { note }]) => ({ id, note })),
    entities: system.entities.map((entity) => ({
      ...entity,
      partitionBy: entity.partitionBy ?? "",
      ours: entity.source === "kata",
    })),
    operations: system.operations.map((operation) => ({
      ...operation,
      needsText: operation.needs.map(({ say }) => say).join(", "),
      ours: operation.source === "kata",
    })),
    decisions: system.decisions.map((decision) => ({
      ...decision,
      ours: decision.source === "kata",
      options: decision.options.map((option) => ({
        ...option,
        name: option.name === decision.choice ? `**${option.name}**` : option.name,
        pro: option.pro.join("; "),
        con: option.con.join("; "),
      })),
    })),
    ourRequirements: system.requirements
      .filter(({ source, target }) => source === "kata" || target !== undefined)
      .map(({ text, target, source }) => ({
        text: source === "kata" ? text : `${text} The figure: ${target}.`,
      })),
  };
}
