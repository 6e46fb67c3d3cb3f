import type { ScaleContinuousNumeric, ScaleTime } from "d3-scale";
import { escapeXml } from "../story/escape-xml.ts";

/** A value or, on an axis of time, an instant in ms. */
export type Scale = ScaleContinuousNumeric<number, number> | ScaleTime<number, number>;

/** An axis: what is written at it, and where. */
export interface Axis {
  readonly label: string;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

/** The place inside the axes, in user units. */
export interface Plot {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export const PLOT: Plot = { width: 640, height: 332, left: 76, right: 604, top: 58, bottom: 276 };

/** An SVG with a title and a description, for those who do not see it. */
export function frameSvg(
  { width, height }: Pick<Plot, "width" | "height">,
  { id, title, description }: { id: string; title: string; description: string },
  parts: readonly string[],
): string {
  const names = `aria-labelledby="${escapeXml(id)}-title ${escapeXml(id)}-desc"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 ${width} ${height}" role="img" ${names}>`,
    `<title id="${escapeXml(id)}-title">${escapeXml(title)}</title>`,
    `<desc id="${escapeXml(id)}-desc">${escapeXml(description)}</desc>`,
    ...parts,
    "</svg>",
  ].join("\n");
}

/** A line across the plot for each tick, its text to the left, the axis' label above. */
export function leftAxis({ label, ticks }: Axis, { left, right, top }: Plot): string {
  const lines = ticks.map(
    ({ at, text }) =>
      `<line class="grid" x1="${left}" y1="${round(at)}" x2="${right}" y2="${round(at)}"/>` +
      `<text class="tick left" x="${left - 8}" y="${round(at + 4)}">${escapeXml(text)}</text>`,
  );
  return `${lines.join("")}<text class="label" x="8" y="${top - 14}">${escapeXml(label)}</text>`;
}

/** A line down the plot for each tick, its text and the axis' label below. */
export function bottomAxis({ label, ticks }: Axis, { left, right, top, bottom }: Plot): string {
  const lines = ticks.map(
    ({ at, text }) =>
      `<line class="grid" x1="${round(at)}" y1="${top}" x2="${round(at)}" y2="${bottom}"/>` +
      `<text class="tick below" x="${round(at)}" y="${bottom + 18}">${escapeXml(text)}</text>`,
  );
  const middle = (left + right) / 2;
  return `${lines.join("")}<text class="label below" x="${middle}" y="${bottom + 42}">${escapeXml(label)}</text>`;
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
