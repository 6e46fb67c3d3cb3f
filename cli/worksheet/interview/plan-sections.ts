import type { System } from "../definition/system.ts";

export type SectionId = System["sections"][number]["id"];

/** A section and the whole minutes it is given. */
export interface PlannedSection {
  readonly id: SectionId;
  readonly minutes: number;
}

const LEAST_MINUTES = 2;

/**
 * Shares minutes out in proportion, in whole minutes that sum to `total`; the largest remainders get
 * what rounding left over. None gets less than 2, even when the sum is then larger.
 */
export function planSections(
  sections: readonly { readonly id: SectionId; readonly minutes: number }[],
  total: number,
): PlannedSection[] {
  const least = new Set<SectionId>();
  for (;;) {
    const rest = sections.filter(({ id }) => !least.has(id));
    const weight = rest.reduce((sum, { minutes }) => sum + minutes, 0);
    const free = total - LEAST_MINUTES * least.size;
    const exact = rest.map(({ id, minutes }) => ({ id, minutes: (free * minutes) / weight }));
    // A section lifted to the least takes from the others, which may push another below it.
    const below = exact.filter(({ minutes }) => minutes < LEAST_MINUTES - ROUNDING);
    if (below.length === 0) {
      const whole = roundToSum(exact, free);
      return sections.map(({ id }) => ({ id, minutes: whole.get(id) ?? LEAST_MINUTES }));
    }
    for (const { id } of below) least.add(id);
  }
}

const ROUNDING = 1e-9;

function roundToSum(exact: readonly PlannedSection[], total: number): Map<SectionId, number> {
  const floor = (minutes: number): number => Math.floor(minutes + ROUNDING);
  const whole = new Map(exact.map(({ id, minutes }) => [id, floor(minutes)]));
  let left = total - exact.reduce((sum, { minutes }) => sum + floor(minutes), 0);
  const remainder = ({ minutes }: PlannedSection): number => minutes - floor(minutes);
  for (const { id } of exact.toSorted((a, b) => remainder(b) - remainder(a))) {
    if (left <= 0) break;
    whole.set(id, (whole.get(id) ?? 0) + 1);
    left -= 1;
  }
  return whole;
}
