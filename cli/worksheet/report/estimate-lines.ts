import { say } from "../../../graders/reading.ts";
import type { EstimateGrade } from "../grading/estimates/grade-estimates.ts";
import type { WorksheetReport } from "../grading/worksheet-report.ts";
import { formatQuantity } from "../quantity/format-quantity.ts";
import type { ReportLine } from "./report-line.ts";

/** What cost points, each with its line; the rest in one line. */
export function estimateLines({ estimates }: WorksheetReport): ReportLine[] {
  const { rows } = estimates;
  const right = rows.filter(({ status, credit }) => status === "ok" && credit === 1);
  const carried = right.filter((row) => row.carried).length;
  const blank = rows.filter(({ status }) => status === "blank");
  const missing = rows.filter(({ status }) => status === "missing");
  const rest = rows.filter(
    (row) => !right.includes(row) && !blank.includes(row) && !missing.includes(row),
  );
  const follows =
    carried === 0 ? "" : say`, ${carried} of them as they follow from your earlier answers`;
  return [
    ...(right.length === 0
      ? []
      : [{ mark: "good" as const, text: say`${right.length} of ${rows.length} right${follows}` }]),
    ...rest.map(lostLine),
    ...right.filter(({ notes }) => notes.length > 0).map(noteLine),
    ...listLine(say`blank`, blank),
    ...listLine(say`row missing`, missing),
  ];
}

function lostLine(row: EstimateGrade): ReportLine {
  const { id, line, kind, answer, status, credit, ratio, carried, slip, notes, expected } = row;
  const percent = `${Math.round(credit * 100)} %`;
  const head = say`line ${line} ${id}: you ${answer === "" ? say`nothing` : answer}`;
  const more = [slip?.text, ...notes].filter((note) => note !== undefined).join("; ");
  if (status === "refused") return { mark: "bad", text: say`${head}: not read  ${percent}`, more };
  const right = carried ? (row.expectedFromOwn ?? expected) : expected;
  const from = carried ? say`, from your earlier answers` : "";
  const text = say`${head}, expected ${formatQuantity(right, kind)}${from} (${times(ratio)})  ${percent}`;
  return { mark: credit > 0 ? "part" : "bad", text, more };
}

function noteLine({ id, line, notes }: EstimateGrade): ReportLine {
  return { mark: "none", text: say`line ${line} ${id}: ${notes.join("; ")}` };
}

function listLine(what: string, rows: readonly EstimateGrade[]): ReportLine[] {
  if (rows.length === 0) return [];
  const named = rows.map(({ id, line }) => (line === undefined ? id : say`${id} (line ${line})`));
  return [{ mark: "warning", text: `${what}: ${named.join(", ")}` }];
}

function times(ratio: number | undefined): string {
  if (ratio === undefined) return "";
  if (ratio >= 1e4) return say`${ratio.toExponential(0)} times off`;
  return say`${ratio < 10 ? Math.round(ratio * 10) / 10 : Math.round(ratio)} times off`;
}
