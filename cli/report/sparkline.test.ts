import { expect, test, vi } from "vitest";
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

test("without bars it is the last values, in figures", () => {
  vi.stubEnv("KATA_PLAIN", "1");
  expect(sparkline([10, 52.5, 70, 85, 99.6, 100], 100, 12)).toBe("53 70 85 100 100");
  expect(sparkline([], 100, 12)).toBe("");
  vi.unstubAllEnvs();
});
