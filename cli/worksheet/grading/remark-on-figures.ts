import { say } from "../../../graders/reading.ts";
import type { System } from "../definition/system.ts";
import type { Worksheet } from "../document/parse-worksheet.ts";
import { allMentions } from "../prose/find-concept.ts";
import { splitItems } from "../prose/split-items.ts";
import { meaningfulWords } from "../prose/words.ts";
import type { EstimateGrade } from "./estimates/grade-estimates.ts";
import type { Remark } from "./remark.ts";

const SLOT = "estimates";
/** Where figures should turn up again. */
const LATER = ["dataModel", "api", "decisions", "bottlenecks"] as const;
const MOST_NAMED = 4;
const HEAVY = 3;

/** No peak anywhere, and figures that decide nothing; both cost no points. */
export function remarkOnFigures(
  system: System,
  worksheet: Worksheet,
  rows: readonly EstimateGrade[],
): Remark[] {
  const answered = rows.filter(({ value }) => value !== undefined);
  const [first] = answered;
  if (first === undefined) return [];
  const line = first.line ?? 1;
  const texts = [...worksheet.slots.values()].map(({ body }) => body);
  const hows = answered.map(({ id }) => worksheet.rows.get(id)?.how ?? "");
  const speaksOfPeak =
    answered.some(({ id }) => /peak/i.test(id)) ||
    [...texts, ...hows].some((it) => /peak/i.test(it));
  const idle = idleFigures(system, worksheet, answered);
  const shown = idle.slice(0, MOST_NAMED).map(({ id }) => id);
  const more = idle.length > shown.length ? say` and ${idle.length - shown.length} more` : "";
  return [
    ...(speaksOfPeak
      ? []
      : [{ line, slot: SLOT, text: say`no peak anywhere: averages size nothing` }]),
    ...(idle.length === 0
      ? []
      : [
          {
            line,
            slot: SLOT,
            text: say`figures that decide nothing later on: ${shown.join(", ")}${more}`,
          },
        ]),
  ];
}

/** Answered figures of weight that no later text speaks of, by number or by half of their words. */
function idleFigures(
  system: System,
  worksheet: Worksheet,
  answered: readonly EstimateGrade[],
): EstimateGrade[] {
  const slots = LATER.flatMap((id) => worksheet.slots.get(id) ?? []);
  const items = slots.flatMap(({ body, line }) => splitItems(body, line));
  if (items.length === 0) return [];
  return answered.filter(({ id, label, points, answer }) => {
    if (points < HEAVY) return false;
    const number = /[\d.,]*\d/.exec(answer)?.[0] ?? answer;
    const words = meaningfulWords(`${label} ${system.estimates[id]?.why ?? ""}`);
    return !items.some((item) => {
      if (item.text.includes(number)) return true;
      const said = words.filter((word) => allMentions(item, [word]).length > 0);
      return said.length >= Math.max(2, words.length / 4);
    });
  });
}
