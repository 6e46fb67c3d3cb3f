import { createHash } from "node:crypto";
import type { System } from "../definition/system.ts";
import type { SectionId } from "./plan-sections.ts";
import { LEVELS, type Level } from "./session-event.ts";

export type FollowUp = System["sections"][number]["followUps"][number];

/** A number in [0, 2^32) that the seed and the text decide: the same on every machine. */
export function seededNumber(seed: number, text: string): number {
  return createHash("sha256").update(`${seed} ${text}`).digest().readUInt32BE(0);
}

/** The follow-ups of a section up to a level, in the order of the seed; those of the level come first. */
export function followUpsOf(
  system: System,
  section: SectionId,
  { level, seed }: { readonly level: Level; readonly seed: number },
): FollowUp[] {
  const rank = (it: FollowUp): number => LEVELS.indexOf(it.level);
  const written = system.sections.find(({ id }) => id === section)?.followUps ?? [];
  return [...written, ...(section === "deepDive" ? deepQuestions(system) : [])]
    .filter((it) => rank(it) <= LEVELS.indexOf(level))
    .toSorted((a, b) => rank(b) - rank(a) || seededNumber(seed, a.ask) - seededNumber(seed, b.ask));
}

/**
 * The next question: one about what is still blank goes first, one about what is there is left out.
 *
 * @param isBlank whether a row or slot of the worksheet is empty
 */
export function chooseFollowUp(
  followUps: readonly FollowUp[],
  asked: ReadonlySet<string>,
  isBlank: (id: string) => boolean,
): FollowUp | undefined {
  const blankOf = ({ when }: FollowUp): string | undefined =>
    /^blank\((\w+)\)$/.exec(when ?? "")?.[1];
  const open = followUps.filter((it) => {
    const id = blankOf(it);
    return !asked.has(it.ask) && (id === undefined || isBlank(id));
  });
  return open.find((it) => it.when !== undefined) ?? open[0];
}

/** What the decisions worth a deep dive ask. */
function deepQuestions({ decisions }: System): FollowUp[] {
  return decisions
    .filter(({ deep }) => deep)
    .flatMap(({ followUps, because }) =>
      followUps.map((ask): FollowUp => ({ ask, listenFor: [because], level: "senior" })),
    );
}
