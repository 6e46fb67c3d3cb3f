import { type BoxRole, canTakeOver, isManaged, isReadCopy, isSeveral } from "./box-role.ts";
import type { RoleGraph, Stop } from "./role-path.ts";

/** A box whose loss ends a flow. */
export interface SinglePoint {
  readonly box: string;
  /** The way that it lies on, as box ids, from the client to the last stop. */
  readonly path: readonly string[];
}

/** Others keep these running, or nobody knows what they are. */
const EXEMPT: ReadonlySet<BoxRole> = new Set(["dns", "cdn", "objectStore", "external", "unknown"]);

/** What a flow asks of a diagram, as far as ways are concerned. */
export interface Way {
  readonly stops: readonly Stop[];
  /** Whether it changes what is stored: a copy that only answers reads is no help then. */
  readonly writes: boolean;
}

/** The shortest way past all stops from one client, or from any. */
export function findWay(
  graph: RoleGraph,
  { stops, writes }: Way,
  { clients = graph.withRole("client"), without }: { clients?: string[]; without?: string } = {},
): string[] | undefined {
  const isLost = (id: string, isLast: boolean): boolean => {
    const box = graph.boxes.get(id);
    return id === without || (isLast && writes && box !== undefined && isReadCopy(box));
  };
  for (const client of clients) {
    const path = graph.findPath(client, stops, isLost);
    if (path !== undefined) return path;
  }
  return undefined;
}

/**
 * The boxes without which no way is left from a client past all stops: the dominators of the last
 * stop, and the last stop itself where there is only one. Boxes that stand for several are none.
 * One search for each box of one way: a box that is not on it cannot be a dominator.
 */
export function findSinglePoints(
  graph: RoleGraph,
  way: Way,
): { readonly found: readonly SinglePoint[]; readonly exempt: readonly string[] } {
  const found = new Map<string, SinglePoint>();
  const exempt = new Set<string>();
  for (const client of graph.withRole("client")) {
    const path = findWay(graph, way, { clients: [client] }) ?? [];
    for (const box of path.slice(1)) {
      if (isSafe(graph, box, way.writes)) continue;
      if (findWay(graph, way, { clients: [client], without: box }) !== undefined) continue;
      if (isExempt(graph, box) || isBesideStore(graph, box, path)) exempt.add(box);
      else if (!found.has(box)) found.set(box, { box, path });
    }
  }
  return { found: [...found.values()], exempt: [...exempt] };
}

function isSafe(graph: RoleGraph, id: string, writes: boolean): boolean {
  const box = graph.boxes.get(id);
  if (box === undefined || isSeveral(box)) return true;
  // A copy drawn behind the box, which the flow itself does not reach.
  return graph.next(id).some((it) => {
    const copy = graph.boxes.get(it);
    if (copy === undefined || graph.roleOf(it) !== graph.roleOf(id)) return false;
    return canTakeOver(copy) || (!writes && isReadCopy(copy));
  });
}

/** A lost cache costs load, not answers, where a box before it reaches the database as well. */
function isBesideStore(graph: RoleGraph, id: string, path: readonly string[]): boolean {
  const before = path.slice(0, path.indexOf(id));
  const reachesStore = (box: string): boolean =>
    graph.next(box).some((next) => graph.roleOf(next) === "db");
  return graph.roleOf(id) === "cache" && before.some(reachesStore);
}

function isExempt(graph: RoleGraph, id: string): boolean {
  const box = graph.boxes.get(id);
  return EXEMPT.has(graph.roleOf(id)) || (box !== undefined && isManaged(box));
}
