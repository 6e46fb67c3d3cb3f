import type { Concept, System } from "../definition/system.ts";
import { type SlotId, writeSlot } from "../document/slots.ts";

/** A blank worksheet filled with every keyword of the definition, concept by concept, and no sentence. */
export function keywordSalad(blank: string, system: System): string {
  const { requirements, decisions, bottlenecks } = system;
  const texts: Partial<Record<SlotId, string>> = {
    requirements: requirements.map(({ concept }) => item([concept])).join("\n"),
    decisions: decisions.map(({ concepts }) => item(concepts)).join("\n"),
    bottlenecks: bottlenecks.map(({ risk, fixes }) => item([risk, ...fixes])).join("\n"),
  };
  let text = blank;
  for (const [id, body] of Object.entries(texts)) {
    text = text.replace(writeSlot(id as SlotId, ""), () => writeSlot(id as SlotId, body));
  }
  return text;
}

function item(concepts: readonly Concept[]): string {
  return `- ${concepts
    .flatMap(({ any }) => any)
    .map((term) => term.replace("*", ""))
    .join(", ")}`;
}
