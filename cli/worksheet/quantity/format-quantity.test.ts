import { expect, test } from "vitest";
import type { Kind } from "./dimension.ts";
import { formatQuantity, threeDigits } from "./format-quantity.ts";

test.each<[number, Kind, string]>([
  [38.5802469, "rate", "38.6/s"],
  [2_314_814.8, "rate", "2.31 M/s"],
  [6e12, "bytes", "6 TB"],
  [1.825e18, "bytes", "1.83 EB"],
  [1.0949e19, "bytes", "10.9 EB"],
  [1.095e19, "bytes", "11 EB"],
  [999_900, "count", "1 M"],
  [999_400, "count", "999 K"],
  [6000, "count", "6 K"],
  [3.5216e12, "count", "3.52 T"],
  [0.0034075, "ratio", "0.00341"],
  [21.6, "ratio", "21.6"],
  [60_963, "duration", "16.9 h"],
  [100, "duration", "1.67 min"],
  [0.25, "duration", "250 ms"],
  [315_360_000, "duration", "10 y"],
  [9.2548e10, "duration", "2930 y"],
  [0, "count", "0"],
])("%d as %s is %s", (value, kind, text) => {
  expect(formatQuantity(value, kind)).toBe(text);
});

test("halves go up as on paper", () => {
  expect(threeDigits(1.825)).toBe("1.83");
  expect(threeDigits(1.005)).toBe("1.01");
  expect(threeDigits(0.1 + 0.2)).toBe("0.3");
});

test("binary prefixes on demand", () => {
  expect(formatQuantity(6e12, "bytes", "binary")).toBe("5.46 TiB");
  expect(formatQuantity(1024 ** 3, "bandwidth", "binary")).toBe("1 GiB/s");
});
