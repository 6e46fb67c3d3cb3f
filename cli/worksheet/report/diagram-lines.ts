import { say } from "../../../graders/reading.ts";
import type { FlowVerdict } from "../diagram/judge-diagram.ts";
import type { WorksheetReport } from "../grading/worksheet-report.ts";
import type { ReportLine } from "./report-line.ts";

export function diagramLines({ diagram }: WorksheetReport): ReportLine[] {
  const { verdict, isDrawn } = diagram;
  if (!isDrawn) return [{ mark: "warning", text: say`nothing drawn that could be read` }];
  const { flows, missingRoles, forbidden, exempt, unknown } = verdict;
  const drawn = flows.filter(({ path }) => path !== undefined);
  return [
    ...(drawn.length === 0
      ? []
      : [{ mark: "good" as const, text: say`${drawn.length} of ${flows.length} flows drawn` }]),
    ...flows.filter(({ path }) => path === undefined).map(missingFlow),
    ...(missingRoles.length === 0
      ? []
      : [{ mark: "bad" as const, text: say`no box for: ${missingRoles.join(", ")}` }]),
    ...forbidden.map(({ line, text }): ReportLine => ({
      mark: "bad",
      text: say`line ${line}: ${text}`,
    })),
    ...singlePointLines(flows),
    ...list(say`single, but not counted (run by others, or only load is lost)`, exempt),
    ...list(say`boxes whose role is not clear; say it as :::service`, unknown),
  ];
}

function missingFlow({ label, wanted }: FlowVerdict): ReportLine {
  return { mark: "bad", text: say`no way for "${label}": ${wanted}` };
}

/** Each box once, with all the flows that it cuts. */
function singlePointLines(flows: readonly FlowVerdict[]): ReportLine[] {
  const labels = new Set(
    flows.flatMap(({ singlePoints }) => singlePoints.map(({ label }) => label)),
  );
  return [...labels].map((name) => {
    const cut = flows.filter(({ singlePoints }) =>
      singlePoints.some(({ label }) => label === name),
    );
    const point = cut[0]?.singlePoints.find(({ label }) => label === name);
    const what = cut.map(({ label }) => `"${label}"`).join(", ");
    const isNamed = point?.isNamed === true;
    return {
      mark: isNamed ? "part" : "bad",
      text: say`line ${point?.line}: losing \`${name}\` cuts every way for ${what} (${point?.path.join(" > ")})`,
      more: isNamed
        ? say`you name it under bottlenecks: half of its points`
        : say`draw it twice or label it x3; sharded alone is not enough`,
    };
  });
}

function list(what: string, names: readonly string[]): ReportLine[] {
  return names.length === 0 ? [] : [{ mark: "none", text: `${what}: ${names.join(", ")}` }];
}
