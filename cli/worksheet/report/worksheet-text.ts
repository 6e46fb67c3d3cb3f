import { say } from "../../../graders/reading.ts";
import type { CliContext } from "../../context.ts";
import { MARKS } from "../../report/marks.ts";
import { type Style, createStyle, withoutControls } from "../../report/style.ts";
import { wrap } from "../../report/wrap.ts";
import type { Score, WorksheetReport } from "../grading/worksheet-report.ts";
import { diagramLines } from "./diagram-lines.ts";
import { estimateLines } from "./estimate-lines.ts";
import { hintLines } from "./hint-lines.ts";
import { matchLines } from "./match-lines.ts";
import type { ReportLine } from "./report-line.ts";

type Look = Pick<CliContext, "columns" | "color">;

/**
 * A graded worksheet as a person reads it: four lines of points, then what cost them.
 *
 * @param file as it is to be shown
 */
export function worksheetText(report: WorksheetReport, file: string, ctx: Look): string {
  const style = createStyle(ctx.color);
  const width = Math.min(ctx.columns, 100);
  const blocks = [
    headLines(report, file, width, style),
    scoreLines(report, width, style),
    block(say`Estimates`, estimateLines(report), width, style),
    block(say`Diagram${lineOf(report.diagram.line)}`, diagramLines(report), width, style),
    block(say`API and data model`, matchLines(report), width, style),
    block(say`Coverage hints, by keywords: they can be wrong`, hintLines(report), width, style),
    block(say`Remarks: they cost nothing`, remarkLines(report), width, style),
    block(say`Could not be read`, problemLines(report), width, style),
    verdictLines(report, width, style),
  ];
  return `${blocks.filter((text) => text !== "").join("\n\n")}\n`;
}

function headLines(
  { system, overrides, parsed }: WorksheetReport,
  file: string,
  width: number,
  style: Style,
): string {
  const set = Object.entries(overrides).map(([name, value]) => `${name}=${value}`);
  const { rows, slots } = parsed;
  return [
    style.bold(wrap(`${system}: ${withoutControls(file)}`, width)),
    ...(set.length === 0 ? [] : [wrap(say`with ${withoutControls(set.join(", "))}`, width)]),
    wrap(
      say`filled: ${rows.filled} of ${rows.asked} estimates, ${slots.filled} of ${slots.asked} texts`,
      width,
    ),
  ].join("\n");
}

const LABEL = 18;
const SCORE = 9;

function scoreLines(report: WorksheetReport, width: number, style: Style): string {
  const { estimates, diagram, api, dataModel, hints, notJudged } = report;
  const line = (label: string, score: string, parts: string): string => {
    const head = label.padEnd(LABEL) + score.padEnd(SCORE);
    return wrap(parts, width, style.bold(head), " ".repeat(LABEL + SCORE));
  };
  return [
    line(
      say`Computed`,
      outOf(report.computed),
      say`estimates ${outOf(estimates)} · diagram ${outOf(diagram)}`,
    ),
    line(
      say`Matched by name`,
      outOf(report.matched),
      say`api ${outOf(api)} · data model ${outOf(dataModel)}`,
    ),
    hints === null
      ? line(say`Coverage hints`, "-", say`left out`)
      : line(
          say`Coverage hints`,
          outOf(hints),
          say`requirements ${outOf(hints.requirements)} · bottlenecks and decisions ${outOf(hints.reasoning)}`,
        ),
    line(say`Not judged`, "-", say`${notJudged.join(", ").toLowerCase()}: for a person to judge`),
  ].join("\n");
}

function block(title: string, lines: readonly ReportLine[], width: number, style: Style): string {
  if (lines.length === 0) return "";
  const colors = { good: style.green, bad: style.red, warning: style.yellow, part: style.yellow };
  const shown = lines.flatMap(({ mark, text, more }) => {
    const color = mark === "none" ? (it: string) => it : colors[mark];
    return [
      wrap(withoutControls(text), width, `  ${color(MARKS[mark])} `, "    "),
      ...(more === undefined || more === "" ? [] : [wrap(withoutControls(more), width, "      ")]),
    ];
  });
  return [style.bold(title), ...shown].join("\n");
}

function remarkLines({ remarks }: WorksheetReport): ReportLine[] {
  return remarks.map(({ line, slot, text }) => ({
    mark: "none",
    text: say`line ${line} ${slot}: ${text}`,
  }));
}

const MOST_PROBLEMS = 12;

function problemLines({ problems, diagram }: WorksheetReport): ReportLine[] {
  const all = [
    ...problems.map(({ line, message, severity }) => ({ line, message, severity })),
    ...diagram.unreadable.map(({ line, text }) => ({
      line,
      message: say`diagram: ${text}`,
      severity: "warning" as const,
    })),
  ].toSorted((a, b) => a.line - b.line);
  const more = all.length - MOST_PROBLEMS;
  return [
    ...all.slice(0, MOST_PROBLEMS).map(({ line, message, severity }): ReportLine => ({
      mark: severity === "error" ? "bad" : "warning",
      text: say`line ${line}: ${message}`,
    })),
    ...(more > 0 ? [{ mark: "none" as const, text: say`… and ${more} more` }] : []),
  ];
}

function verdictLines(report: WorksheetReport, width: number, style: Style): string {
  const { reached, threshold, computed, matched, nextKatas, system } = report;
  const of = computed.of + matched.of;
  const sum = roundPoints(computed.points + matched.points);
  const needed = roundPoints((threshold / 100) * of);
  const mark = reached ? style.green(MARKS.good) : style.red(MARKS.bad);
  const said = reached ? say`reached` : say`not reached`;
  return [
    wrap(
      say`${mark} Computed and matched: ${sum} of ${of}. The mark of ${needed} (${threshold} %) is ${said}.`,
      width,
      "",
      "  ",
    ),
    ...(nextKatas.length === 0 ? [] : [wrap(say`Next katas: ${nextKatas.join(", ")}`, width)]),
    wrap(say`Expected figures and designs: kata worksheet ${system} --for answers`, width),
  ].join("\n");
}

function outOf({ points, of }: Score): string {
  return `${roundPoints(points)}/${of}`;
}

/** A tenth is as fine as these points are. */
function roundPoints(points: number): number {
  return Math.round(points * 10) / 10;
}

function lineOf(line: number | null): string {
  return line === null ? "" : say` (line ${line})`;
}
