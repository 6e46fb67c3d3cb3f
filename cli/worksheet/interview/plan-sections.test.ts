import { expect, test } from "vitest";
import { PACKAGE_ROOT } from "../../../graders/reading.ts";
import { loadSystem } from "../definition/load-system.ts";
import { planSections } from "./plan-sections.ts";

const { sections } = loadSystem(PACKAGE_ROOT, "twitter");
const minutes = (total: number): number[] => planSections(sections, total).map((it) => it.minutes);

test.each([35, 45, 60, 100, 17])("%i minutes sum to them, none below two", (total) => {
  expect(minutes(total).reduce((sum, one) => sum + one, 0)).toBe(total);
  expect(Math.min(...minutes(total))).toBeGreaterThanOrEqual(2);
});

test("45 are those of the definition, others by the largest remainders", () => {
  expect(minutes(45)).toEqual([5, 5, 4, 4, 10, 10, 5, 2]);
  // 33 minutes over 43: 3.84 3.84 3.07 3.07 7.67 7.67 3.84, and the last lifted to 2.
  expect(minutes(35)).toEqual([4, 4, 3, 3, 8, 7, 4, 2]);
  // 6.67 6.67 5.33 5.33 13.33 13.33 6.67 2.67: four of the larger remainders.
  expect(minutes(60)).toEqual([7, 7, 5, 5, 13, 13, 7, 3]);
});

test("two for each, even when that is more than there is", () => {
  expect(minutes(3)).toEqual(Array(8).fill(2));
});
