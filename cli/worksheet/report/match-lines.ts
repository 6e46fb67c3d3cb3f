import { say } from "../../../graders/reading.ts";
import type { OperationVerdict } from "../grading/api/judge-api.ts";
import type { EntityVerdict } from "../grading/data-model/judge-data-model.ts";
import type { WorksheetReport } from "../grading/worksheet-report.ts";
import type { ReportLine } from "./report-line.ts";

export function matchLines({ api, dataModel }: WorksheetReport): ReportLine[] {
  const operations = api.operations.filter(({ required }) => required);
  const entities = dataModel.entities.filter(({ required }) => required);
  const isNothing = [...operations, ...entities].every(({ line }) => line === undefined);
  if (isNothing) return [{ mark: "warning", text: say`nothing written that could be read` }];
  return [
    ...tally(
      say`operations`,
      operations.length,
      operations.filter(({ credit }) => credit === 1).length,
    ),
    ...operations.filter(({ credit }) => credit < 1).map(operationLine),
    ...tally(say`entities`, entities.length, entities.filter(isWhole).length),
    ...entities.filter((entity) => !isWhole(entity)).map(entityLine),
  ];
}

function tally(what: string, all: number, whole: number): ReportLine[] {
  return whole === 0 ? [] : [{ mark: "good", text: say`${whole} of ${all} ${what} found whole` }];
}

function operationLine({ label, line, evidence, lacking }: OperationVerdict): ReportLine {
  if (line === undefined) return { mark: "bad", text: say`no operation found for: ${label}` };
  return {
    mark: "part",
    text: say`line ${line} "${evidence}": does not show ${lacking.join(", ")}`,
  };
}

function isWhole({ line, missingColumns, missingKeys }: EntityVerdict): boolean {
  return line !== undefined && missingColumns.length === 0 && missingKeys.length === 0;
}

function entityLine({
  id,
  line,
  evidence,
  missingColumns,
  missingKeys,
}: EntityVerdict): ReportLine {
  if (line === undefined) return { mark: "bad", text: say`no entity found for: ${id}` };
  const lacks = [
    ...(missingColumns.length === 0 ? [] : [say`no ${missingColumns.join(", ")}`]),
    ...(missingKeys.length === 0 ? [] : [say`no way to find rows by ${missingKeys.join(", ")}`]),
  ];
  return { mark: "part", text: say`line ${line} ${evidence}: ${lacks.join("; ")}` };
}
