import { expect, test } from "vitest";
import { mix } from "./mix.ts";

test("depends on each of its keys, and on nothing else", () => {
  expect(mix(1, 2, 3, 4)).toBe(mix(1, 2, 3, 4));
  const others = [mix(2, 2, 3, 4), mix(1, 3, 3, 4), mix(1, 2, 4, 4), mix(1, 2, 3, 5)];
  expect(new Set([mix(1, 2, 3, 4), ...others]).size).toBe(5);
});

test("spreads neighbouring keys evenly", () => {
  // 100,000 draws into 16 cells: 6,250 each, standard deviation 76.5; 6.2 of them is 474.
  const cells = Array.from({ length: 16 }, () => 0);
  for (let i = 0; i < 100_000; i += 1) cells[mix(7, 1, i % 100, Math.floor(i / 100)) >>> 28]! += 1;
  for (const cell of cells) expect(Math.abs(cell - 6_250)).toBeLessThan(474);
});
