import type { BudgetResult } from "../../../graders/index.ts";
import { escapeXml } from "../story/escape-xml.ts";
import { type Plot, bottomAxis, frameSvg, round } from "./frame.ts";
import { logAxis } from "./log-axis.ts";

/** A budget as multiples of the reference. */
interface Multiple {
  readonly id: string;
  readonly mine: number;
  readonly limit: number;
  readonly interval: readonly [number, number] | undefined;
}

const ROW = 30;
const TOP = 34;
const LETTER = 7.2;

/** Times, counts and bytes as multiples of the reference's, each with its limit. */
export function multiplesChart(budgets: readonly BudgetResult[]): string | undefined {
  const rows = budgets.flatMap((budget) => multipleOf(budget) ?? []);
  if (rows.length === 0) return undefined;
  const left = 24 + Math.max(...rows.map(({ id }) => id.length)) * LETTER;
  const bottom = TOP + rows.length * ROW;
  const plot: Plot = { width: 640, height: bottom + 54, left, right: 616, top: TOP, bottom };
  const values = rows.flatMap(({ mine, limit, interval }) => [mine, limit, 1, ...(interval ?? [])]);
  const format = (value: number): string => `${Number(value.toPrecision(2))}x`;
  const axis = logAxis("times the reference (logarithmic)", values, [left, 616], format);
  const drawn = rows.map((row, index) => drawRow(row, TOP + (index + 0.5) * ROW, left, axis.scale));
  const one = round(axis.scale(1));
  const told = rows.map(
    ({ id, mine, limit }) => `${id} ${mine.toFixed(2)}x, limit ${limit.toFixed(2)}x`,
  );
  return frameSvg(
    plot,
    {
      id: "multiples",
      title: "Time, counts and memory against the reference",
      description: `${told.join("; ")}.`,
    },
    [
      bottomAxis(axis, plot),
      `<line class="line reference" x1="${one}" y1="${TOP}" x2="${one}" y2="${bottom}"/>`,
      `<circle class="mark mine full" cx="${left + 6}" cy="12" r="4"/><text class="tick" x="${left + 16}" y="16">yours</text>`,
      `<path class="line reference" d="M${left + 70} 12h24"/><text class="tick" x="${left + 100}" y="16">reference</text>`,
      `<path class="line limit-mark" d="M${left + 190} 4v16"/><text class="tick" x="${left + 198}" y="16">limit</text>`,
      ...drawn,
    ],
  );
}

function multipleOf({
  id,
  kind,
  limit,
  ratio,
  interval,
  ...found
}: BudgetResult): Multiple | undefined {
  if ((kind === "time" || kind === "count") && ratio !== undefined && ratio > 0) {
    return { id, mine: ratio, limit, interval };
  }
  const { bytes, referenceBytes } = found;
  if (kind !== "memory" || bytes === undefined || referenceBytes === undefined) return undefined;
  if (bytes <= 0 || referenceBytes <= 0) return undefined;
  const mine = bytes / referenceBytes;
  return { id, mine, limit: limit / referenceBytes, interval: undefined };
}

function drawRow(
  { id, mine, limit, interval }: Multiple,
  y: number,
  left: number,
  scale: (value: number) => number,
): string {
  const at = (value: number): number => round(scale(value));
  const range =
    interval === undefined
      ? ""
      : `<line class="interval" x1="${at(interval[0])}" y1="${y}" x2="${at(interval[1])}" y2="${y}"/>`;
  return [
    `<text class="tick left" x="${left - 10}" y="${y + 4}">${escapeXml(id)}</text>`,
    range,
    `<path class="line limit-mark" d="M${at(limit)} ${y - 10}v20"/>`,
    `<circle class="mark mine full" cx="${at(mine)}" cy="${y}" r="5"><title>${escapeXml(`${id}: ${mine.toFixed(2)}x, limit ${limit.toFixed(2)}x`)}</title></circle>`,
  ].join("");
}
