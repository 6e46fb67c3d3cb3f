import type { Round } from "./read-rounds.ts";

export type Rating = "again" | "hard" | "good" | "easy";

/** Over so many times the minutes of the kata, a pass was hard; within the other share, easy. */
const HARD_OVER = 2;
const EASY_WITHIN = 0.5;

/**
 * What a go says of the memory. The solution was opened before the pass: again. A pass with a hint, or
 * in more than twice the minutes of the kata: hard. A pass without one within half the minutes: easy.
 * Any other pass: good.
 */
export function rateRound({ outcome, minutes, hints }: Round, kataMinutes: number): Rating {
  if (outcome === "gave-up") return "again";
  if (hints > 0) return "hard";
  if (minutes === undefined) return "good";
  if (minutes > HARD_OVER * kataMinutes) return "hard";
  return minutes <= EASY_WITHIN * kataMinutes ? "easy" : "good";
}
