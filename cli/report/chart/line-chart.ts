import { line, symbol, symbolCircle, symbolDiamond, symbolSquare } from "d3-shape";
import { escapeXml } from "../story/escape-xml.ts";
import { type Axis, PLOT, type Scale, bottomAxis, frameSvg, leftAxis, round } from "./frame.ts";

/** Looks of a mark; told apart by shape, not by colour alone. */
const SYMBOLS = { dot: symbolCircle, square: symbolSquare, diamond: symbolDiamond } as const;

export interface ChartPoint {
  readonly x: number;
  readonly y: number;
  /** As `full` where it is left out. */
  readonly fill?: "full" | "hollow";
  /** What is said of it where a pointer rests on it. */
  readonly title?: string;
}

/** A line through points, in order. */
export interface Series {
  readonly name: string;
  /** An `event` has marks and no line. */
  readonly look: "mine" | "reference" | "limit" | "event";
  /** None for a line only. */
  readonly mark?: keyof typeof SYMBOLS;
  readonly points: readonly ChartPoint[];
}

/** Lines over one pair of axes. */
export interface LineChart {
  /** Of this page only. */
  readonly id: string;
  readonly title: string;
  /** What the chart shows, in words. */
  readonly description: string;
  readonly x: Axis & { readonly scale: Scale };
  readonly y: Axis & { readonly scale: Scale };
  readonly series: readonly Series[];
}

const MARK_AREA = 56;
const LETTER = 7;

/** The chart as SVG that needs nothing else. */
export function lineChart(chart: LineChart): string {
  const { x, y, series } = chart;
  let at = PLOT.left;
  const legend = series.map((one) => {
    const place = at;
    at += 44 + one.name.length * LETTER;
    return legendEntry(one, place);
  });
  return frameSvg(PLOT, chart, [
    leftAxis(y, PLOT),
    bottomAxis(x, PLOT),
    ...legend,
    ...series.map((one) => drawSeries(one, x.scale, y.scale)),
  ]);
}

function legendEntry({ name, look, mark }: Series, x: number): string {
  const y = 12;
  const stroke = `<path class="line ${look}" d="M${x} ${y}h24"/>`;
  const text = `<text class="tick" x="${x + 30}" y="${y + 4}">${escapeXml(name)}</text>`;
  return stroke + (mark === undefined ? "" : drawMark(mark, look, x + 12, y, {})) + text;
}

function drawSeries({ look, mark, points }: Series, x: Scale, y: Scale): string {
  const places = points.map((point) => ({ point, at: round(x(point.x)), up: round(y(point.y)) }));
  const path = line()(places.map(({ at, up }): [number, number] => [at, up])) ?? "";
  const marks =
    mark === undefined
      ? []
      : places.map(({ point, at, up }) => drawMark(mark, look, at, up, point));
  return `<path class="line ${look}" d="${path}"/>${marks.join("")}`;
}

function drawMark(
  mark: keyof typeof SYMBOLS,
  look: Series["look"],
  x: number,
  y: number,
  { fill = "full", title }: Partial<ChartPoint>,
): string {
  const shape = symbol(SYMBOLS[mark], MARK_AREA)() ?? "";
  const said = title === undefined ? "" : `<title>${escapeXml(title)}</title>`;
  return `<path class="mark ${look} ${fill}" transform="translate(${x} ${y})" d="${shape}">${said}</path>`;
}
