import { expect, test } from "vitest";
import { sparkline } from "./sparkline.ts";

test.each([
  [[], 12, ""],
  [[0, 50, 100], 12, "▁▅█"],
  // An eighth of the range for each bar.
  [[12.4, 12.5, 87.4, 87.5], 12, "▁▂▇█"],
  [[0, 100, 0], 2, "█▁"],
  // A value outside the range cannot break out of it.
  [[-5, 250], 12, "▁█"],
])("%j in %i columns: %s", (values, width, bars) => {
  expect(sparkline(values, 100, width)).toBe(bars);
});
