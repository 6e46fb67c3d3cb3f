import type { System } from "../definition/system.ts";
import type { Worksheet } from "../document/parse-worksheet.ts";
import type { SlotId } from "../document/slots.ts";
import { type Hit, hitPoints } from "../prose/claim.ts";
import {
  type Prose,
  judgeBottlenecks,
  judgeDecisions,
  judgeRequirements,
  unusedItems,
} from "../prose/judge-prose.ts";
import { modelAnswer } from "../render/model-answer.ts";
import { add, score } from "./score.ts";
import type { RuledHit, Ruling, WorksheetReport } from "./worksheet-report.ts";

const POINTS = { requirements: 5, bottlenecks: 5, decisions: 5 } as const;
const EMPTY: Prose = { body: "", line: 1 };

/** What the texts touch, by their words, and what a person ruled about it. */
export function judgeCoverage(
  system: System,
  worksheet: Worksheet,
  rulings: readonly Ruling[],
): NonNullable<WorksheetReport["hints"]> {
  const prose = (id: SlotId): Prose => worksheet.slots.get(id) ?? EMPTY;
  const model = modelAnswer(system);
  const given = [
    system.prompt,
    ...[model.requirements, model.decisions, model.bottlenecks].flatMap((text) => text.split("\n")),
  ];
  const found = {
    requirements: judgeRequirements(prose("requirements"), system.requirements, given),
    bottlenecks: judgeBottlenecks(prose("bottlenecks"), system.bottlenecks, given),
    decisions: judgeDecisions(prose("decisions"), system.decisions, given),
  };
  const ruled = (hits: readonly Hit[]): RuledHit[] => hits.map((hit) => applyRuling(hit, rulings));
  const requirements = ruled(found.requirements);
  const bottlenecks = ruled(found.bottlenecks);
  const decisions = ruled(found.decisions);
  const requirementScore = score(hitPoints(requirements, POINTS.requirements), POINTS.requirements);
  const reasoningScore = score(
    hitPoints(bottlenecks, POINTS.bottlenecks) + hitPoints(decisions, POINTS.decisions),
    POINTS.bottlenecks + POINTS.decisions,
  );
  const unrecognised = (["requirements", "bottlenecks", "decisions"] as const).flatMap((slot) =>
    unusedItems(prose(slot), found[slot]).map(({ line, text }) => ({ slot, line, text })),
  );
  return {
    ...add(requirementScore, reasoningScore),
    requirements: { ...requirementScore, hits: requirements },
    reasoning: { ...reasoningScore, hits: [...bottlenecks, ...decisions] },
    unrecognised,
  };
}

function applyRuling(hit: Hit, rulings: readonly Ruling[]): RuledHit {
  const ruling = rulings.findLast(({ id }) => id === hit.id);
  if (ruling === undefined) return hit;
  return { ...hit, credit: ruling.ruling === "accept" ? 1 : 0, ruling };
}
