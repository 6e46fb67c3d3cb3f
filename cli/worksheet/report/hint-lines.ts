import { say } from "../../../graders/reading.ts";
import type { RuledHit, WorksheetReport } from "../grading/worksheet-report.ts";
import type { ReportLine } from "./report-line.ts";

const MOST_UNRECOGNISED = 8;
const LONGEST_ITEM = 90;

const WHY = {
  negated: say`denied there: judge by hand`,
  list: say`a list, not a claim`,
  copied: say`copied from what you were given: not scored`,
  half: say`half of it`,
} as const;

/** Each hint with the words it was found by, so that it can be overruled. */
export function hintLines({ hints }: WorksheetReport): ReportLine[] {
  if (hints === null) return [];
  const hits = [...hints.requirements.hits, ...hints.reasoning.hits];
  const unseen = hits.filter(({ line, ruling }) => line === undefined && ruling === undefined);
  const { unrecognised } = hints;
  if (unseen.length === hits.length && unrecognised.length === 0) {
    return [{ mark: "warning", text: say`nothing written` }];
  }
  const more = unrecognised.length - MOST_UNRECOGNISED;
  return [
    ...hits.filter((hit) => !unseen.includes(hit)).map(hitLine),
    ...(unseen.length === 0
      ? []
      : [
          {
            mark: "warning" as const,
            text: say`not found: ${unseen.map(({ id }) => id).join(", ")}`,
          },
        ]),
    ...unrecognised.slice(0, MOST_UNRECOGNISED).map(({ line, text }): ReportLine => ({
      mark: "none",
      text: say`line ${line} "${shorten(text)}": not recognised, maybe excellent; show a person`,
    })),
    ...(more > 0
      ? [{ mark: "none" as const, text: say`… and ${more} more items not recognised` }]
      : []),
  ];
}

function hitLine({ id, line, credit, evidence, note, ruling }: RuledHit): ReportLine {
  const mark = credit === 1 ? "good" : credit > 0 ? "part" : "bad";
  if (ruling !== undefined) {
    return {
      mark,
      text: say`${id}: ${ruling.ruling}ed by ${ruling.by} on ${ruling.at.slice(0, 10)}`,
    };
  }
  const quoted = evidence.map((words) => `"${words}"`).join(", ");
  return {
    mark,
    text: say`line ${line} ${id}: ${quoted}${note === undefined ? "" : ` (${WHY[note]})`}`,
  };
}

function shorten(text: string): string {
  return text.length <= LONGEST_ITEM ? text : `${text.slice(0, LONGEST_ITEM - 1)}…`;
}
