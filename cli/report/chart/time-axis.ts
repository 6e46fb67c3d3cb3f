import { type ScaleTime, scaleTime } from "d3-scale";
import { localTime } from "../local-time.ts";
import type { Axis } from "./frame.ts";

/** An axis of instants, in the time zone of this machine. */
export interface TimeAxis extends Axis {
  readonly scale: ScaleTime<number, number>;
}

const HOUR_MS = 3_600_000;
const MOST_TICKS = 5;
const LENGTH_OF_DATE = "2026-11-21".length;

/** From the first instant to the last, with room around them; ticks by the clock or by the day. */
export function timeAxis(instants: readonly number[], range: readonly [number, number]): TimeAxis {
  const first = Math.min(...instants);
  const last = Math.max(...instants);
  const room = Math.max(HOUR_MS / 12, (last - first) * 0.04);
  const scale = scaleTime()
    .domain([first - room, last + room])
    .range(range);
  const isByDay = last - first > 48 * HOUR_MS;
  const all = scale.ticks(MOST_TICKS);
  // d3 takes the number for a wish.
  const every = Math.ceil(all.length / (MOST_TICKS + 1));
  const shown = all.filter((_, index) => index % every === 0);
  const ticks = shown.map((date) => {
    const text = localTime(date.toISOString());
    return { at: scale(date), text: isByDay ? text.slice(0, LENGTH_OF_DATE) : text.slice(5) };
  });
  return { label: "when", scale, ticks };
}
