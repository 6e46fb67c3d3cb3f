import type { System } from "../definition/system.ts";
import { meaningfulWords, singular } from "../prose/words.ts";
import type { WorksheetReport } from "./worksheet-report.ts";

const MOST = 3;

interface Parts {
  readonly estimates: WorksheetReport["estimates"]["rows"];
  readonly diagram: WorksheetReport["diagram"];
  readonly api: WorksheetReport["api"];
  readonly dataModel: WorksheetReport["dataModel"];
  readonly coverage: WorksheetReport["hints"];
}

/** The katas that train what points were lost on: those whose words are nearest, ready ones first. */
export function nextKatas(
  { katas }: System,
  parts: Parts,
  isReady: (slug: string) => boolean,
): string[] {
  const lost = new Set(lostTexts(parts).flatMap(wordsOf));
  const scored = katas
    .map(({ slug, trains }) => {
      const near = [...new Set(wordsOf(`${slug} ${trains}`))].filter((word) =>
        lost.has(word),
      ).length;
      return { slug, near, ready: isReady(slug) };
    })
    .filter(({ near }) => near > 0)
    .toSorted((a, b) => Number(b.ready) - Number(a.ready) || b.near - a.near);
  return scored.slice(0, MOST).map(({ slug }) => slug);
}

function lostTexts({ estimates, diagram, api, dataModel, coverage }: Parts): string[] {
  const hits = [...(coverage?.requirements.hits ?? []), ...(coverage?.reasoning.hits ?? [])];
  return [
    ...estimates.filter(({ credit }) => credit < 1).map(({ label }) => label),
    ...diagram.verdict.flows.filter(({ path }) => path === undefined).map(({ label }) => label),
    ...diagram.verdict.missingRoles,
    ...diagram.verdict.flows.flatMap(({ singlePoints }) => singlePoints.map(({ label }) => label)),
    ...api.operations.flatMap(({ credit, label, lacking }) =>
      credit < 1 ? [label, ...lacking] : [],
    ),
    ...dataModel.entities.filter(({ line }) => line === undefined).map(({ id }) => id),
    ...hits.filter(({ credit }) => credit < 1).map(({ say }) => say),
  ];
}

function wordsOf(text: string): string[] {
  return meaningfulWords(text).map(singular);
}
