const FOR_FINDING = 50;
const FOR_BREVITY = 50;

/**
 * Points of a hunt that found its wrong answer, of 100: half for finding it, half for how near its
 * calls come to the fewest known, all of these when there are no fewer.
 */
export function scoreHunt(calls: number, fewest: number): number {
  const share = calls <= fewest ? 1 : fewest / calls;
  return FOR_FINDING + Math.round(FOR_BREVITY * share);
}
