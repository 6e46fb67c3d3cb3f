import type { HistoryLine } from "./history.ts";

/** What the history says of a kata besides grades. */
export interface KataStory {
  readonly startedAt: string | undefined;
  readonly timedMinutes: number | undefined;
  readonly hints: number;
  readonly gaveUpAt: string | undefined;
}

export const NO_STORY: KataStory = {
  startedAt: undefined,
  timedMinutes: undefined,
  hints: 0,
  gaveUpAt: undefined,
};

/** What the events of a history say of each kata: when it began, hints taken, solution opened. */
export function readStories(lines: readonly HistoryLine[]): ReadonlyMap<string, KataStory> {
  const stories = new Map<string, KataStory>();
  for (const { value } of lines) {
    const { event, kata, at, level, timedMinutes } = value;
    if (typeof event !== "string" || typeof kata !== "string") continue;
    const story = stories.get(kata) ?? NO_STORY;
    const when = typeof at === "string" ? at : undefined;
    if (event === "started") {
      const clock = typeof timedMinutes === "number" ? timedMinutes : undefined;
      const timed = story.timedMinutes ?? clock;
      stories.set(kata, { ...story, startedAt: story.startedAt ?? when, timedMinutes: timed });
    } else if (event === "hint" && typeof level === "number") {
      stories.set(kata, { ...story, hints: Math.max(story.hints, level) });
    } else if (event === "gave-up") {
      stories.set(kata, { ...story, gaveUpAt: story.gaveUpAt ?? when });
    }
  }
  return stories;
}
