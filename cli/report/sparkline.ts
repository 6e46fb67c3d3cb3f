import { isPlain } from "./marks.ts";

const BARS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
/** As figures, fewer of them fit. */
const MOST_FIGURES = 5;

/** Values from 0 to `most` as bars, the last `width` of them; as figures for who wants no bars. */
export function sparkline(values: readonly number[], most: number, width: number): string {
  if (isPlain()) {
    return values
      .slice(-Math.min(width, MOST_FIGURES))
      .map((value) => Math.round(value))
      .join(" ");
  }
  return values
    .slice(-width)
    .map((value) => {
      const level = Math.floor((Math.max(0, value) / most) * BARS.length);
      return BARS[Math.min(BARS.length - 1, level)] ?? "";
    })
    .join("");
}
