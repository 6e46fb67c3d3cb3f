const BARS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/** Values from 0 to `most` as bars, the last `width` of them. */
export function sparkline(values: readonly number[], most: number, width: number): string {
  return values
    .slice(-width)
    .map((value) => {
      const level = Math.floor((Math.max(0, value) / most) * BARS.length);
      return BARS[Math.min(BARS.length - 1, level)] ?? "";
    })
    .join("");
}
