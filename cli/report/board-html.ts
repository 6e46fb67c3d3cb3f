import { budgetRatio } from "../group/best-grades.ts";
import type { Comparison } from "../group/compare-shares.ts";
import type { Regrade } from "../group/regrade-shares.ts";
import { renderPage } from "../scaffold/render.ts";

/** The board of a group as one page that needs nothing else. Everything in it is escaped. */
export function boardHtml(
  { members, katas }: Comparison,
  regraded: readonly Regrade[] | undefined,
): string {
  const rows = members.map((member) => ({
    member,
    cells: katas.map(({ kata, standings }) => {
      const standing = standings.find((one) => one.member === member);
      if (standing === undefined) return { text: "", kind: "none" };
      const { place, grade, doubt } = standing;
      const again = regraded?.find((one) => one.member === member && one.kata === kata);
      const kind = place === undefined ? "other" : place === 1 ? "first" : "ranked";
      return {
        text: `${grade.points}`,
        place: place === undefined ? "another spec" : `place ${place}`,
        kind,
        doubt: again?.differs ?? doubt,
      };
    }),
  }));
  const details = katas.map(({ kata, specHash, standings }) => {
    const same = standings.filter(({ place }) => place !== undefined);
    const [first] = same;
    return {
      kata,
      specHash,
      bars: same.map(({ member, grade }) => {
        const ratio = budgetRatio(grade.budgets);
        const minutes = grade.minutes === undefined ? "" : `, ${grade.minutes} min`;
        const times = Number.isFinite(ratio) ? `, ${ratio.toFixed(2)}x` : "";
        const facts = `${grade.points} points${times}, hints ${grade.hints}${minutes}`;
        return { member, points: grade.points, facts };
      }),
      members: same.map(({ member }) => member),
      properties: (first?.grade.properties ?? []).map(({ id, points }) => ({
        id,
        points,
        held: same.map(({ grade }) => grade.properties.find((one) => one.id === id)?.held === true),
      })),
    };
  });
  const names = katas.map(({ kata }) => kata);
  return renderPage("group/board.html.hbs", { katas: names, rows, details, count: members.length });
}
