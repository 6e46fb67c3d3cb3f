import { type ScaleLogarithmic, scaleLog } from "d3-scale";
import type { Axis } from "./frame.ts";

/** An axis on which equal steps are equal factors. */
export interface LogAxis extends Axis {
  readonly scale: ScaleLogarithmic<number, number>;
}

/** From the power of ten below all values to the one above them; a tick at each. */
export function logAxis(
  label: string,
  values: readonly number[],
  range: readonly [number, number],
  format: (value: number) => string,
): LogAxis {
  const least = Math.floor(Math.log10(Math.min(...values)));
  const most = Math.max(least + 1, Math.ceil(Math.log10(Math.max(...values))));
  const scale = scaleLog()
    .domain([10 ** least, 10 ** most])
    .range(range);
  const decades = Array.from({ length: most - least + 1 }, (_, index) => 10 ** (least + index));
  const steps = decades.length > 3 ? [1] : [1, 2, 5];
  const ticks = decades
    .flatMap((decade) => steps.map((step) => decade * step))
    .filter((value) => value <= 10 ** most);
  return { label, scale, ticks: ticks.map((value) => ({ at: scale(value), text: format(value) })) };
}
