import { scaleLinear } from "d3-scale";
import { escapeXml } from "../story/escape-xml.ts";
import { type Plot, bottomAxis, frameSvg, round } from "./frame.ts";

/** A bar to the right for each value, its figure at the end. */
export interface BarsChart {
  readonly id: string;
  readonly title: string;
  readonly label: string;
  readonly unit: string;
  readonly bars: readonly { readonly name: string; readonly value: number }[];
}

const ROW = 26;
const TOP = 8;
const LETTER = 7.2;
const LONGEST_NAME = 40;

export function barsChart({ id, title, label, unit, bars }: BarsChart): string {
  const names = bars.map(({ name }) => name.slice(0, LONGEST_NAME));
  const left = 20 + Math.max(...names.map((name) => name.length)) * LETTER;
  const bottom = TOP + bars.length * ROW;
  const plot: Plot = { width: 640, height: bottom + 54, left, right: 560, top: TOP, bottom };
  const most = Math.max(1, ...bars.map(({ value }) => value));
  const scale = scaleLinear().domain([0, most]).range([left, plot.right]).nice();
  const ticks = scale.ticks(5).map((value) => ({ at: scale(value), text: String(value) }));
  const drawn = bars.map(({ value }, index) => {
    const y = TOP + index * ROW;
    return [
      `<text class="tick left" x="${round(left - 8)}" y="${y + 17}">${escapeXml(names[index] ?? "")}</text>`,
      `<rect class="bar" x="${round(left)}" y="${y + 5}" width="${round(scale(value) - left)}" height="16"/>`,
      `<text class="tick" x="${round(scale(value) + 6)}" y="${y + 17}">${value} ${escapeXml(unit)}</text>`,
    ].join("");
  });
  const told = bars.map(({ name, value }) => `${name} ${value} ${unit}`);
  const description = `${told.join("; ")}.`;
  const axis = bottomAxis({ label, ticks }, plot);
  return frameSvg(plot, { id, title, description }, [axis, ...drawn]);
}
