import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { inEnglish, say } from "../../../graders/reading.ts";
import type { System } from "../definition/system.ts";
import { createVariant } from "../definition/variant.ts";
import { parseWorksheet } from "../document/parse-worksheet.ts";
import { gradeWorksheet } from "../grading/grade-worksheet.ts";
import type { WorksheetReport } from "../grading/worksheet-report.ts";
import { type Audience, renderMarkdown } from "../render/render-markdown.ts";
import type { Fault } from "./finding.ts";
import { keywordSalad } from "./keyword-salad.ts";
import { machinePoints } from "./machine-points.ts";
import { applySlip, readWrongWorksheet } from "./wrong-worksheet.ts";

export const LEAST_WRONG = 6;
/** What a text may earn that holds every keyword and says nothing. */
const MOST_SALAD = 0.25;

export interface Teeth {
  readonly faults: readonly Fault[];
  /** Wrong worksheets that were tried. */
  readonly wrong: number;
  /** Share of the coverage points that the keyword salad earned. */
  readonly salad: number;
}

/**
 * A definition must give the model answer all machine points, a blank worksheet none, a keyword salad
 * hardly a hint, and each stored wrong worksheet all but those of its slip.
 */
export function checkTeeth(system: System, wrongFolder: string): Teeth {
  const model = render(system, "answers");
  const salad = grade(system, keywordSalad(render(system, "candidate"), system)).hints;
  const saladShare = salad === null ? 0 : salad.points / salad.of;
  const files = existsSync(wrongFolder)
    ? readdirSync(wrongFolder).filter((name) => name.endsWith(".md"))
    : [];
  return {
    faults: [
      ...checkModel(grade(system, model)),
      ...checkBlank(grade(system, render(system, "candidate"))),
      ...(saladShare <= MOST_SALAD
        ? []
        : [
            fault(
              "salad",
              say`A list of all keywords earns ${percent(saladShare)} of the coverage points, more than ${percent(MOST_SALAD)}.`,
              say`Use longer terms in the concepts.`,
            ),
          ]),
      ...(files.length >= LEAST_WRONG
        ? []
        : [
            fault(
              "wrong",
              say`There are ${files.length} wrong worksheets, ${LEAST_WRONG} are wanted.`,
              say`Store them in ${wrongFolder}, one slip each.`,
            ),
          ]),
      ...files
        .toSorted()
        .flatMap((name) => checkWrong(system, model, join(wrongFolder, name), name)),
    ],
    wrong: files.length,
    salad: saladShare,
  };
}

function render(system: System, audience: Audience): string {
  const variant = createVariant(system);
  return renderMarkdown({ variant, audience, prefix: "decimal", hints: false, katas: [] });
}

function grade(system: System, text: string): WorksheetReport {
  // What a wrong worksheet wants to be said is written in English.
  return inEnglish(() =>
    gradeWorksheet(system, parseWorksheet(text), { hints: true, threshold: 60 }),
  );
}

function checkModel(report: WorksheetReport): Fault[] {
  const fix = say`Make the definition's own answer fit what it asks for.`;
  const lost = lostPoints(report).map((point) =>
    fault("model", say`The model answer loses ${point}.`, fix),
  );
  const problems = report.problems.map(({ line, message }) =>
    fault("model", say`The model answer cannot be read in line ${line}: ${message}.`, fix),
  );
  return [...lost, ...problems];
}

function checkBlank(report: WorksheetReport): Fault[] {
  const points = report.computed.points + report.matched.points + (report.hints?.points ?? 0);
  if (points === 0) return [];
  return [
    fault(
      "blank",
      say`A blank worksheet earns ${points} points.`,
      say`Report this: it is a fault of the grading.`,
    ),
  ];
}

function checkWrong(system: System, model: string, file: string, name: string): Fault[] {
  const wrong = readWrongWorksheet(readFileSync(file, "utf8"));
  if (typeof wrong === "string")
    return [fault("wrong", say`wrong/${name}: ${wrong}.`, say`See the others for the form.`)];
  const applied = applySlip(model, wrong);
  if (typeof applied === "string") {
    return [
      fault(
        "wrong",
        say`wrong/${name} does not fit the model answer: ${applied}.`,
        say`Write it anew for the definition as it is.`,
      ),
    ];
  }
  const report = grade(system, applied.text);
  const lost = lostPoints(report);
  const missed = wrong.loses.filter((point) => !lost.includes(point));
  const innocent = lost.filter((point) => !wrong.loses.includes(point));
  const isSaid = wrong.says === undefined || JSON.stringify(report).includes(wrong.says);
  return [
    ...missed.map((point) =>
      fault(
        "wrong",
        say`wrong/${name} (${wrong.slip}) keeps ${point}.`,
        say`Sharpen the definition, or correct what it loses.`,
      ),
    ),
    ...innocent.map((point) =>
      fault(
        "wrong",
        say`wrong/${name} (${wrong.slip}) also loses ${point}.`,
        say`Make it one slip, or name the point.`,
      ),
    ),
    ...(isSaid
      ? []
      : [
          fault(
            "wrong",
            say`The report on wrong/${name} does not say "${wrong.says}".`,
            say`Sharpen the definition, or correct what it says.`,
          ),
        ]),
  ];
}

function lostPoints(report: WorksheetReport): string[] {
  return [...machinePoints(report)].filter(([, whole]) => !whole).map(([point]) => point);
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function fault(check: string, message: string, fix: string): Fault {
  return { check, near: "", message, fix };
}
