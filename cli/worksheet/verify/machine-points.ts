import type { WorksheetReport } from "../grading/worksheet-report.ts";

/** Every point that the machine gives for sure, by name, and whether a worksheet has it whole. */
export function machinePoints({
  estimates,
  api,
  dataModel,
  diagram,
}: WorksheetReport): ReadonlyMap<string, boolean> {
  const { flows, missingRoles, forbidden } = diagram.verdict;
  return new Map([
    ...estimates.rows.map(({ id, credit }): [string, boolean] => [`estimates.${id}`, credit === 1]),
    ...api.operations
      .filter(({ required }) => required)
      .map(({ id, credit }): [string, boolean] => [`api.${id}`, credit > 1 - 1e-9]),
    ...dataModel.entities
      .filter(({ required }) => required)
      .map(({ id, line, missingColumns, missingKeys }): [string, boolean] => [
        `dataModel.${id}`,
        line !== undefined && missingColumns.length + missingKeys.length === 0,
      ]),
    ...flows.map(({ id, path }): [string, boolean] => [`flows.${id}`, path !== undefined]),
    ...flows
      .filter(({ critical }) => critical)
      .map(({ id, path, singlePoints }): [string, boolean] => [
        `singlePoints.${id}`,
        path === undefined || singlePoints.length === 0,
      ]),
    ["roles", missingRoles.length === 0],
    ["forbidden", forbidden.length === 0],
  ]);
}
