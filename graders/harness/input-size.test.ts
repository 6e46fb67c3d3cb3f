import { expect, test } from "vitest";
import { inputSize } from "./input-size.ts";

test.each([
  [["a", "b", "c"], "a list of 3"],
  ["abcd", "a text of 4"],
  [[["set", "get", "get"], 2], "a list of 3"],
  [{ keys: [1, 2, 3, 4], name: "ab" }, "a list of 4"],
  [["0123456789", 1], "a text of 10"],
  [7, undefined],
  [undefined, undefined],
  [{ size: 7 }, undefined],
])("%j is %s", (input, size) => {
  expect(inputSize(input)).toBe(size);
});
