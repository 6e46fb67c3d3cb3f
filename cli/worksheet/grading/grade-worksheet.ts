import { createHash } from "node:crypto";
import { say } from "../../../graders/reading.ts";
import type { System } from "../definition/system.ts";
import { DIAGRAM_POINTS, judgeDiagram } from "../diagram/judge-diagram.ts";
import { parseDiagram } from "../diagram/parse-diagram.ts";
import { requiredFlows } from "../diagram/required-flow.ts";
import type { Worksheet } from "../document/parse-worksheet.ts";
import { SLOT_IDS, type SlotId } from "../document/slots.ts";
import { namesWithFix } from "../prose/judge-prose.ts";
import { API_POINTS, judgeApi } from "./api/judge-api.ts";
import { DATA_MODEL_POINTS, judgeDataModel } from "./data-model/judge-data-model.ts";
import { type EstimateGrade, gradeEstimates } from "./estimates/grade-estimates.ts";
import { type OwnAssumptions, readAssumptions } from "./estimates/own-assumptions.ts";
import { judgeCoverage } from "./judge-coverage.ts";
import { nextKatas } from "./next-katas.ts";
import { remarkOnFigures } from "./remark-on-figures.ts";
import { add, score, shareOf, sum } from "./score.ts";
import type { Ruling, WorksheetReport } from "./worksheet-report.ts";

const ESTIMATE_POINTS = 35;

export interface GradeOptions {
  /** False leaves the coverage hints out. */
  readonly hints: boolean;
  /** Percent of the computed and matched points. */
  readonly threshold: number;
  readonly rulings?: readonly Ruling[];
  /** Katas of the collection, so that what is ready is named first. */
  readonly isReady?: (slug: string) => boolean;
}

/** Grades a parsed worksheet against its system. Pure: the same worksheet, the same report. */
export function gradeWorksheet(
  system: System,
  worksheet: Worksheet,
  { hints, threshold, rulings = [], isReady = () => false }: GradeOptions,
): WorksheetReport {
  const overrides = worksheet.front?.set ?? {};
  const assumptions = readAssumptions(system, overrides, worksheet.rows);
  const rows = gradeEstimates(system, worksheet.rows, assumptions.values);
  const estimates = score(ESTIMATE_POINTS * creditOf(rows), ESTIMATE_POINTS);
  const diagram = gradeDiagram(system, worksheet);
  const api = gradeApi(system, worksheet);
  const dataModel = gradeDataModel(system, worksheet, rows, assumptions);
  const computed = add(estimates, diagram);
  const matched = add(api, dataModel);
  const coverage = hints ? judgeCoverage(system, worksheet, rulings) : null;
  const reached = shareOf(add(computed, matched)) * 100 >= threshold;
  const filled = SLOT_IDS.filter((id) => bodyOf(worksheet, id).trim() !== "");
  const parts = { estimates: rows, diagram, api, dataModel, coverage };
  return {
    schemaVersion: 1,
    system: system.slug,
    title: system.title,
    definitionVersion: system.version,
    overrides,
    variantHash: hashOf([system.slug, system.version, Object.entries(overrides).toSorted(byName)]),
    parsed: {
      rows: {
        filled: rows.filter(({ status }) => status !== "blank" && status !== "missing").length,
        asked: rows.length,
      },
      slots: { filled: filled.length, asked: SLOT_IDS.length },
    },
    computed,
    estimates: { ...estimates, rows },
    diagram,
    matched,
    api,
    dataModel,
    hints: coverage,
    notJudged: system.rubric.map(({ label }) => label),
    problems: worksheet.problems,
    remarks: [
      ...versionRemark(system, worksheet),
      ...assumptions.remarks,
      ...remarkOnFigures(system, worksheet, rows),
      ...dataModel.remarks,
      ...api.remarks,
    ],
    nextKatas: nextKatas(system, parts, isReady),
    threshold,
    reached,
  };
}

/** The text of a slot, "" where it is missing. */
function bodyOf(worksheet: Worksheet, id: SlotId): string {
  return worksheet.slots.get(id)?.body ?? "";
}

function gradeDiagram(system: System, worksheet: Worksheet): WorksheetReport["diagram"] {
  const slot = worksheet.slots.get("diagram");
  const diagram = parseDiagram(slot?.body ?? "", slot?.line);
  const bottlenecks = worksheet.slots.get("bottlenecks");
  const verdict = judgeDiagram(diagram, requiredFlows(system), (label) =>
    bottlenecks === undefined ? false : namesWithFix(bottlenecks, label),
  );
  return {
    ...score(sum(Object.values(verdict.points)), sum(Object.values(DIAGRAM_POINTS))),
    line: slot?.line ?? null,
    isDrawn: diagram.boxes.length > 0,
    verdict,
    unreadable: diagram.problems,
  };
}

function gradeApi(system: System, worksheet: Worksheet): WorksheetReport["api"] {
  const line = worksheet.slots.get("api")?.line ?? 1;
  const verdict = judgeApi(bodyOf(worksheet, "api"), line, system.operations);
  return { ...verdict, ...score(verdict.points, API_POINTS) };
}

function gradeDataModel(
  system: System,
  worksheet: Worksheet,
  rows: readonly EstimateGrade[],
  { values }: OwnAssumptions,
): WorksheetReport["dataModel"] {
  const slot = worksheet.slots.get("dataModel");
  const counts = rows.filter(({ kind }) => kind === "count");
  const keyLength = values.get("keyLength")?.value;
  const verdict = judgeDataModel(slot?.body ?? "", slot?.line ?? 1, system.entities, {
    counts: new Map(counts.map(({ id, value, expected }) => [id, value ?? expected])),
    ...(keyLength === undefined ? {} : { keyLength }),
  });
  return { ...verdict, ...score(verdict.points, DATA_MODEL_POINTS) };
}

function versionRemark(system: System, { front }: Worksheet): WorksheetReport["remarks"] {
  if (front === undefined || front.version === system.version) return [];
  const text = say`written for version ${front.version} of ${system.slug}, graded by version ${system.version}`;
  return [{ line: 1, slot: "version", text }];
}

function creditOf(rows: readonly EstimateGrade[]): number {
  const total = sum(rows.map(({ points }) => points));
  return total === 0 ? 0 : sum(rows.map(({ points, credit }) => points * credit)) / total;
}

function byName([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : 1;
}

function hashOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 12);
}
