import { expect, test } from "vitest";
import { PACKAGE_ROOT } from "../../../graders/reading.ts";
import { loadSystem } from "../definition/load-system.ts";
import { chooseFollowUp, followUpsOf } from "./choose-follow-up.ts";
import { LEVELS, type Level } from "./session-event.ts";

const TWITTER = loadSystem(PACKAGE_ROOT, "twitter");

test("none above the level, those of the level first", () => {
  const levels = (level: Level): Level[][] =>
    TWITTER.sections.map(({ id }) =>
      followUpsOf(TWITTER, id, { level, seed: 1 }).map((it) => it.level),
    );
  expect(new Set(levels("mid").flat())).toEqual(new Set(["mid"]));
  expect(levels("senior").flat()).not.toContain("staff");
  expect(new Set(levels("staff").flat())).toEqual(new Set(LEVELS));
  for (const section of levels("staff")) {
    const ranks = section.map((level) => LEVELS.indexOf(level));
    expect(ranks).toEqual(ranks.toSorted((a, b) => b - a));
  }
});

test("what is blank comes first; what was asked, or is filled in, not at all", () => {
  const question = (ask: string, when?: string): Parameters<typeof chooseFollowUp>[0][number] => ({
    ask,
    listenFor: ["x"],
    level: "mid",
    ...(when === undefined ? {} : { when }),
  });
  const all = [question("a"), question("b", "blank(fanoutRps)"), question("c")];
  const next = (asked: readonly string[], isBlank: boolean): string | undefined =>
    chooseFollowUp(all, new Set(asked), (id) => isBlank && id === "fanoutRps")?.ask;
  expect(next([], true)).toBe("b");
  expect(next(["b"], true)).toBe("a");
  expect(next([], false)).toBe("a");
  expect(next(["a", "c"], false)).toBeUndefined();
});
