import { say } from "../../../graders/reading.ts";
import type { System } from "../definition/system.ts";
import { judgeBottlenecks, judgeDecisions, judgeRequirements } from "../prose/judge-prose.ts";
import { modelAnswer } from "../render/model-answer.ts";
import type { Fault } from "./finding.ts";

/** The model's own sentences must be known by the words of their concepts, when nobody calls them copied. */
export function checkWords(system: System): Fault[] {
  const answer = modelAnswer(system);
  const hits = [
    ...judgeRequirements({ body: answer.requirements, line: 1 }, system.requirements, []),
    ...judgeDecisions({ body: answer.decisions, line: 1 }, system.decisions, []),
    ...judgeBottlenecks({ body: answer.bottlenecks, line: 1 }, system.bottlenecks, []),
  ];
  const known = new Set(hits.filter(({ credit }) => credit > 0).map(({ id }) => id));
  const wanted = [
    ...system.requirements.map(({ id }) => `requirements.${id}`),
    ...system.decisions.map(({ id }) => `decisions.${id}`),
    ...system.bottlenecks.map(({ id }) => `bottlenecks.${id}`),
  ];
  return wanted
    .filter((id) => !known.has(id))
    .map((id) => ({
      check: "words",
      near: `"${id.split(".")[1]}"`,
      message: say`The definition's own text for ${id} is not known by its words.`,
      fix: say`Add a word of the text to the concept, or say the text in its words.`,
    }));
}
