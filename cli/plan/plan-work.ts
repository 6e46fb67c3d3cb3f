import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type LibraryEntry, PACKAGE_ROOT, say } from "../../graders/reading.ts";
import type { KataState } from "../workspace/progress.ts";
import type { PlanDay } from "./plan.ts";

/** What a worksheet takes, as long as the interview that it prepares for. */
const WORKSHEET_MINUTES = 45;

/** One thing to do on a day. */
export interface PlanItem {
  readonly kind: "kata" | "worksheet";
  readonly slug: string;
  readonly title: string;
  readonly minutes: number;
  /** What to type to get to it. */
  readonly command: string;
}

/** A day with what can be done, and what will be once it is written. */
export interface WorkDay {
  readonly day: PlanDay;
  readonly items: readonly PlanItem[];
  readonly planned: readonly { readonly slug: string; readonly title: string }[];
}

/**
 * The days with their katas: on the 35 days those of the collection and its packs that name the day in
 * their own manifest, on the steps of a track those that the track names.
 */
export function findWork(
  days: readonly PlanDay[],
  index: readonly LibraryEntry[],
  stateOf: (slug: string) => KataState,
): WorkDay[] {
  const titles = plannedTitles();
  const known = new Set(index.map(({ slug }) => slug));
  return days.map((day) => {
    // Of a track, the katas that it names: no manifest names one of its steps.
    const own = index.filter(
      ({ slug, plan }) => plan === day.id || (isStep(day) && day.katas.includes(slug)),
    );
    const items = own
      .toSorted((a, b) => a.difficulty - b.difficulty)
      .map(({ slug, title, minutes }): PlanItem => {
        return { kind: "kata", slug, title, minutes, command: commandFor(slug, stateOf(slug)) };
      });
    if (day.worksheet !== undefined) items.push(worksheetItem(day.worksheet));
    const planned = day.katas
      .filter((slug) => !known.has(slug))
      .map((slug) => ({ slug, title: titles[slug] ?? slug }));
    return { day, items, planned };
  });
}

function isStep({ id }: PlanDay): boolean {
  return /^[a-z]/.test(id);
}

function commandFor(slug: string, state: KataState): string {
  if (state === "gave-up") return `kata start ${slug} --again`;
  return state === "tried" ? `kata watch ${slug}` : `kata start ${slug}`;
}

function worksheetItem(slug: string): PlanItem {
  const command = `kata worksheet ${slug}`;
  return {
    kind: "worksheet",
    slug,
    title: say`Design worksheet`,
    minutes: WORKSHEET_MINUTES,
    command,
  };
}

function plannedTitles(): Readonly<Record<string, string>> {
  const file = join(PACKAGE_ROOT, "templates/worksheets/planned-katas.json");
  return JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
}

/** Whether a worksheet on a system was begun: nothing else of it is recorded. */
export function hasWorksheet(workspace: string, system: string): boolean {
  return ["md", "html"].some((ending) =>
    existsSync(join(workspace, "worksheets", `${system}.${ending}`)),
  );
}
