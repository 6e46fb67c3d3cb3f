import { say } from "../../graders/reading.ts";
import { budgetRatio } from "./best-grades.ts";
import type { Share } from "./read-shares.ts";
import type { SharedGrade } from "./share-file.ts";

/** Points that a kata's properties share; budgets share the rest. */
const PROPERTY_POINTS = 70;

/** One member's grade of one kata, among the others'. */
export interface Standing {
  readonly member: string;
  readonly grade: SharedGrade;
  /** From 1; equal for grades that differ in nothing that counts. Undefined for another spec's. */
  readonly place: number | undefined;
  /** Why the numbers cannot be what a grade said. */
  readonly doubt: string | undefined;
}

/** The standings of one kata: only grades under one spec are compared. */
export interface KataComparison {
  readonly kata: string;
  /** The spec that is compared: the one installed here, else the one most members were graded by. */
  readonly specHash: string;
  /** Best first; another spec's after them. */
  readonly standings: readonly Standing[];
}

export interface Comparison {
  readonly members: readonly string[];
  readonly katas: readonly KataComparison[];
}

/** Compares members kata by kata. `installed` is each kata's spec hash here, where it is known. */
export function compareShares(
  shares: readonly Share[],
  installed: ReadonlyMap<string, string>,
): Comparison {
  const members = shares.map(({ as }) => as);
  const katas = [...new Set(shares.flatMap(({ grades }) => grades.map(({ kata }) => kata)))];
  return {
    members,
    katas: katas.toSorted().map((kata) => {
      const entries = shares.flatMap(({ as: member, grades }) =>
        grades.filter((grade) => grade.kata === kata).map((grade) => ({ member, grade })),
      );
      const specHash = specToCompare(entries, installed.get(kata));
      return { kata, specHash, standings: standingsOf(members, entries, specHash) };
    }),
  };
}

interface Entry {
  readonly member: string;
  readonly grade: SharedGrade;
}

function specToCompare(entries: readonly Entry[], installed: string | undefined): string {
  const counts = new Map<string, number>();
  for (const { grade } of entries) {
    counts.set(grade.specHash, (counts.get(grade.specHash) ?? 0) + 1);
  }
  if (installed !== undefined && counts.has(installed)) return installed;
  const [most] = [...counts].toSorted(([a, one], [b, two]) => two - one || (a < b ? -1 : 1));
  return most?.[0] ?? "";
}

function standingsOf(
  members: readonly string[],
  entries: readonly Entry[],
  specHash: string,
): Standing[] {
  const same = entries
    .filter(({ grade }) => grade.specHash === specHash)
    .toSorted((a, b) => compareGrades(a.grade, b.grade) || (a.member < b.member ? -1 : 1));
  const standings: Standing[] = [];
  for (const [index, { member, grade }] of same.entries()) {
    const before = same[index - 1];
    const isTied = before !== undefined && compareGrades(before.grade, grade) === 0;
    const place = isTied ? standings.at(-1)?.place : index + 1;
    standings.push({ member, grade, place, doubt: doubtOf(grade) });
  }
  const compared = new Set(same.map(({ member }) => member));
  for (const member of members.filter((name) => !compared.has(name))) {
    const other = entries.find((entry) => entry.member === member);
    if (other === undefined) continue;
    const { grade } = other;
    standings.push({ member, grade, place: undefined, doubt: doubtOf(grade) });
  }
  return standings;
}

/**
 * The better grade first: more points, then the smaller budget ratio (to one decimal: less is
 * noise), fewer hints, fewer minutes. One that was not measured comes after one that was.
 */
export function compareGrades(a: SharedGrade, b: SharedGrade): number {
  return (
    b.points - a.points ||
    order(tenths(budgetRatio(a.budgets)), tenths(budgetRatio(b.budgets))) ||
    a.hints - b.hints ||
    order(a.minutes ?? Infinity, b.minutes ?? Infinity)
  );
}

function order(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function tenths(ratio: number): number {
  return Math.round(ratio * 10) / 10;
}

/** A member's file is only a claim: whether its own numbers agree with each other. */
function doubtOf({ points, properties, budgets, verdict }: SharedGrade): string | undefined {
  const all = properties.reduce((sum, property) => sum + property.points, 0);
  const held = properties.reduce((sum, property) => sum + (property.held ? property.points : 0), 0);
  const allHold = all > 0 && held === all;
  const within = budgets.filter(({ outcome }) => outcome === "within").length;
  const share = budgets.length === 0 ? 1 : within / budgets.length;
  const expected =
    (all === 0 ? 0 : (PROPERTY_POINTS * held) / all) +
    (allHold ? (100 - PROPERTY_POINTS) * share : 0);
  if (verdict !== "ungradable" && points > expected + 0.1) {
    return say`claims ${points} points where its properties and budgets give ${round(expected)}`;
  }
  if (verdict === "passed" && points < 100) return say`claims a pass with ${points} points`;
  return undefined;
}

function round(points: number): number {
  return Math.round(points * 10) / 10;
}
