import { SeededRandom } from "../kit/seeded-random.ts";

/** Fixed, so that an interval is a function of the values alone. */
const SEED = 0x6b617461;
const RESAMPLES = 1000;

export type Interval = [low: number, high: number];

/** The middle value, or the mean of the two in the middle; NaN of nothing. */
export function median(values: readonly number[]): number {
  return middleOf(Float64Array.from(values).sort());
}

/**
 * The bootstrap interval of the median at `confidence`, percentile method (Efron 1979). The same
 * values give the same interval, and smaller values never give a higher one: every resample draws
 * the same places.
 */
export function bootstrapInterval(values: readonly number[], confidence: number): Interval {
  const random = new SeededRandom(SEED);
  const resample = new Float64Array(values.length);
  const medians = Float64Array.from({ length: RESAMPLES }, () => {
    for (let i = 0; i < resample.length; i += 1) {
      resample[i] = values[random.below(values.length)] ?? Number.NaN;
    }
    return middleOf(resample.sort());
  }).sort();
  const cut = Math.floor(((1 - confidence) / 2) * RESAMPLES);
  return [medians[cut] ?? Number.NaN, medians[RESAMPLES - 1 - cut] ?? Number.NaN];
}

function middleOf(sorted: Float64Array): number {
  const upper = sorted[sorted.length >> 1] ?? Number.NaN;
  if (sorted.length % 2 === 1) return upper;
  return ((sorted[(sorted.length >> 1) - 1] ?? Number.NaN) + upper) / 2;
}
