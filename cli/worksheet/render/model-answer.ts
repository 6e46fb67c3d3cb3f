import type { Bottleneck, Decision, Entity, Requirement, System } from "../definition/system.ts";
import type { SlotId } from "../document/slots.ts";
import { modelDiagram } from "../drawing/model-diagram.ts";

/** What a full answer has in each text slot, in the forms that a candidate may use. */
export function modelAnswer(system: System): Readonly<Record<SlotId, string>> {
  return {
    requirements: REQUIREMENT_KINDS.flatMap(({ kind, title }) => {
      const items = system.requirements.filter((requirement) => requirement.kind === kind);
      return items.length === 0 ? [] : [`${title}:`, ...items.map(requirementLine)];
    }).join("\n"),
    dataModel: system.entities.map(entityLine).join("\n"),
    api: system.operations.map(({ http }) => `- ${http}`).join("\n"),
    diagram: modelDiagram(system),
    decisions: system.decisions.map(decisionLine).join("\n"),
    bottlenecks: system.bottlenecks.map(bottleneckLine).join("\n"),
  };
}

const REQUIREMENT_KINDS = [
  { kind: "functional", title: "Functional" },
  { kind: "nonFunctional", title: "Non-functional" },
  { kind: "extended", title: "Extended" },
] as const;

function requirementLine({ text, target }: Requirement): string {
  return `- ${text}${target === undefined ? "" : ` Target: ${target}.`}`;
}

function entityLine({ id, columns }: Entity): string {
  const list = columns.map(({ name, key }) => (key === undefined ? name : `${name} ${key}`));
  return `- ${id}(${list.join(", ")})`;
}

function decisionLine({ question, choice, because, options }: Decision): string {
  const chosen = options.find(({ name }) => name === choice);
  const price = chosen?.con[0] ?? "nothing";
  return `- ${question} ${choice}, because ${because}. The price: ${price}.`;
}

function bottleneckLine({ say, fixes }: Bottleneck): string {
  return `- ${say} We answer with ${fixes.map((fix) => fix.say).join(", and with ")}.`;
}
