import { say } from "../../../graders/reading.ts";
import type { BoxRole } from "./box-role.ts";
import type { Diagram } from "./diagram.ts";
import type { RequiredFlow } from "./required-flow.ts";
import { RoleGraph, type Stop } from "./role-path.ts";
import { type SinglePoint, findSinglePoints, findWay } from "./single-points.ts";

/** What each check is worth; together 20. */
export const DIAGRAM_POINTS = {
  roles: 4,
  flows: 8,
  async: 2,
  forbidden: 2,
  singlePoints: 4,
} as const;
export type DiagramCheck = keyof typeof DIAGRAM_POINTS;

export interface FlowVerdict {
  readonly id: string;
  readonly label: string;
  readonly critical: boolean;
  readonly async: boolean;
  /** The labels of the boxes on the shortest way, missing where there is none. */
  readonly path?: readonly string[];
  /** The roles that the way must pass, as text. */
  readonly wanted: string;
  readonly singlePoints: readonly {
    readonly label: string;
    readonly line: number;
    readonly path: readonly string[];
    /** Whether the bottleneck section names it with a fix. */
    readonly isNamed: boolean;
  }[];
}

export interface DiagramVerdict {
  readonly points: Readonly<Record<DiagramCheck, number>>;
  readonly flows: readonly FlowVerdict[];
  readonly missingRoles: readonly string[];
  readonly forbidden: readonly { readonly text: string; readonly line: number }[];
  /** Single boxes that others keep running, or whose role is not known: listed, not counted. */
  readonly exempt: readonly string[];
  readonly unknown: readonly string[];
}

const roleNames = (): Readonly<Record<BoxRole, string>> => ({
  client: say`client`,
  dns: say`DNS`,
  cdn: say`CDN`,
  lb: say`load balancer`,
  gateway: say`gateway`,
  service: say`service`,
  cache: say`cache`,
  db: say`database`,
  queue: say`queue`,
  objectStore: say`object store`,
  search: say`search index`,
  kgs: say`key generator`,
  worker: say`worker`,
  external: say`external provider`,
  unknown: say`unknown`,
});

/**
 * Judges a diagram by what it shows, not by how it looks.
 *
 * @param isNamed whether the bottleneck section names a box as a single point, with a fix
 */
export function judgeDiagram(
  diagram: Diagram,
  required: readonly RequiredFlow[],
  isNamed: (label: string) => boolean,
): DiagramVerdict {
  const along = new RoleGraph(diagram);
  const against = new RoleGraph(diagram, true);
  const exempt = new Set<string>();
  const flows = required.map((flow) => {
    const graph =
      findWay(along, flow) !== undefined || findWay(against, flow) === undefined ? along : against;
    return judgeFlow(graph, flow, isNamed, exempt);
  });
  const wanted = new Map(
    required.flatMap(({ stops }) => stops).map(({ roles }) => [roles.join(), roles]),
  );
  const ids = [...along.boxes.keys()];
  const missing = [...wanted.values()].filter((roles) => !ids.some((id) => along.plays(id, roles)));
  const forbidden = findForbidden(diagram, along);
  const met = shareOf(flows, ({ path }) => path !== undefined);
  const critical = flows.filter((flow) => flow.critical);
  const isSafe = critical.map(safety);
  return {
    points: {
      roles: DIAGRAM_POINTS.roles * (1 - missing.length / Math.max(1, wanted.size)),
      flows: DIAGRAM_POINTS.flows * met,
      async:
        DIAGRAM_POINTS.async *
        (flows.some((flow) => flow.async)
          ? shareOf(
              flows.filter((flow) => flow.async),
              ({ path }) => path !== undefined,
            )
          : met),
      // An arrow that is not drawn breaks nothing: it takes a flow to earn these.
      forbidden: forbidden.length === 0 ? DIAGRAM_POINTS.forbidden * met : 0,
      singlePoints:
        DIAGRAM_POINTS.singlePoints *
        (isSafe.reduce((sum, credit) => sum + credit, 0) / Math.max(1, isSafe.length)),
    },
    flows,
    missingRoles: missing.map(roleText),
    forbidden,
    exempt: [...exempt],
    unknown: ids.filter((id) => along.roleOf(id) === "unknown").map((id) => labelOf(along, id)),
  };
}

function judgeFlow(
  graph: RoleGraph,
  flow: RequiredFlow,
  isNamed: (label: string) => boolean,
  exempt: Set<string>,
): FlowVerdict {
  const { id, label, critical, async, stops } = flow;
  const path = findWay(graph, flow);
  const single = critical ? singlePointsOf(graph, flow, path !== undefined) : undefined;
  for (const box of single?.exempt ?? []) exempt.add(labelOf(graph, box));
  return {
    id,
    label,
    critical,
    async,
    ...(path === undefined ? {} : { path: path.map((box) => labelOf(graph, box)) }),
    wanted: stops.map(({ roles }) => roleText(roles)).join(" > "),
    singlePoints: (single?.found ?? []).map(({ box, path: way }) => ({
      label: labelOf(graph, box),
      line: graph.boxes.get(box)?.line ?? 0,
      path: way.map((it) => labelOf(graph, it)),
      isNamed: isNamed(labelOf(graph, box)),
    })),
  };
}

function singlePointsOf(
  graph: RoleGraph,
  { stops, writes }: RequiredFlow,
  isMet: boolean,
): { readonly found: readonly SinglePoint[]; readonly exempt: readonly string[] } {
  if (isMet) return findSinglePoints(graph, { stops, writes });
  // Without the flow itself, whatever way leads to its end tells the most.
  const ends: Stop[] = [{ roles: ["client"] }, { roles: stops.at(-1)?.roles ?? [] }];
  return findSinglePoints(graph, { stops: ends, writes });
}

/** Half back for a risk that is seen and named; nothing where the flow is not drawn. */
function safety({ path, singlePoints }: FlowVerdict): number {
  if (path === undefined) return 0;
  if (singlePoints.length === 0) return 1;
  return singlePoints.every(({ isNamed }) => isNamed) ? 0.5 : 0;
}

/** Clients that reach past every service: into a database, a cache, or writing to a store. */
function findForbidden(
  diagram: Diagram,
  graph: RoleGraph,
): { readonly text: string; readonly line: number }[] {
  return diagram.arrows.flatMap(({ from, to, label, line }) => {
    const ends = [from, to].toSorted((a, b) => rank(graph, a) - rank(graph, b));
    const [client = "", store = ""] = ends;
    if (graph.roleOf(client) !== "client") return [];
    const role = graph.roleOf(store);
    const writesRaw =
      role === "objectStore" &&
      /\b(?:writes?|upload\w*|put|post)\b/i.test(label) &&
      !/sign/i.test(label);
    if (role !== "db" && role !== "cache" && !writesRaw) return [];
    const text = say`\`${labelOf(graph, client)}\` reaches the ${roleNames()[role]} \`${labelOf(graph, store)}\` with no service between`;
    return [{ text, line }];
  });
}

function rank(graph: RoleGraph, id: string): number {
  return graph.roleOf(id) === "client" ? 0 : 1;
}

function roleText(roles: readonly BoxRole[]): string {
  return roles.map((role) => roleNames()[role]).join(" or ");
}

function labelOf(graph: RoleGraph, id: string): string {
  return graph.boxes.get(id)?.label ?? id;
}

function shareOf<T>(all: readonly T[], holds: (one: T) => boolean): number {
  return all.length === 0 ? 0 : all.filter(holds).length / all.length;
}
