import type { Verification } from "../../graders/index.ts";
import { renderPage } from "../scaffold/render.ts";

type Kill = Verification["matrix"][string][number];

/** The matrix as one page that needs nothing else: click a cell for the counterexample. */
export function matrixHtml(result: Verification): string {
  const { kata, matrix, properties, budgets, findings, waived } = result;
  const killers = [
    ...properties.map(({ id, points }) => ({ id, label: id, worth: `${points} points` })),
    ...(budgets["reference"] ?? []).map(({ id }) => {
      return { id: `budget:${id}`, label: id, worth: "budget" };
    }),
  ];
  const rows = Object.entries(matrix).map(([name, kills]) => ({
    name: name.replace("wrong/", ""),
    cells: killers.map(({ id }) => cellOf(kills.find(({ killer }) => killer === id))),
  }));
  const stories = Object.entries(matrix).flatMap(([name, kills]) =>
    kills.flatMap(({ killer, failure }) =>
      failure === undefined
        ? []
        : [{ name: name.replace("wrong/", ""), killer, ...failure, steps: failure.steps ?? [] }],
    ),
  );
  return renderPage("verify/matrix.html.hbs", { kata, killers, rows, stories, findings, waived });
}

function cellOf(kill: Kill | undefined): object {
  if (kill === undefined) return { text: "", kind: "none" };
  if (kill.run === undefined) {
    const text = kill.killer.startsWith("budget:") ? "over" : "hang";
    return { text, kind: "sure" };
  }
  const { seeds, run } = kill;
  const isSure = seeds === undefined || seeds.broken === seeds.of;
  const text = seeds === undefined ? `case ${run}` : `run ${run}, ${seeds.broken}/${seeds.of}`;
  return { text, kind: isSure ? "sure" : "part" };
}
