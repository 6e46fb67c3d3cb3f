import type { Edge } from "./dependencies.ts";

/**
 * A shortest cycle of `free` edges, or, when there are `once` edges, of exactly one of those and any
 * number of `free` ones. Undefined when there is none. Nodes are 0 to `count` - 1.
 */
export function shortestCycle(
  count: number,
  free: readonly Edge[],
  once: readonly Edge[],
): Edge[] | undefined {
  const next: Edge[][] = Array.from({ length: count }, () => []);
  for (const edge of free) next[edge.from]!.push(edge);
  if (once.length > 0) {
    return shortest(once.map((edge) => withPath(edge, path(next, edge.to, edge.from))));
  }
  // A cycle lies within one component: without any of two or more nodes there is nothing to search.
  const component = components(next);
  const inside = free.filter(({ from, to }) => component[from] === component[to]);
  return shortest(inside.map((edge) => withPath(edge, path(next, edge.to, edge.from))));
}

function withPath(edge: Edge, rest: Edge[] | undefined): Edge[] | undefined {
  return rest === undefined ? undefined : [edge, ...rest];
}

function shortest(cycles: readonly (Edge[] | undefined)[]): Edge[] | undefined {
  let best: Edge[] | undefined;
  for (const cycle of cycles) {
    if (cycle !== undefined && (best === undefined || cycle.length < best.length)) best = cycle;
  }
  return best;
}

/** Breadth first: the fewest edges from one node to another. */
function path(next: readonly (readonly Edge[])[], from: number, to: number): Edge[] | undefined {
  const by = new Map<number, Edge>();
  const queue = [from];
  for (const node of queue) {
    if (node === to) {
      const edges: Edge[] = [];
      for (let at = to; at !== from; at = edges.at(-1)!.from) edges.push(by.get(at)!);
      return edges.toReversed();
    }
    for (const edge of next[node]!) {
      if (edge.to === from || by.has(edge.to)) continue;
      by.set(edge.to, edge);
      queue.push(edge.to);
    }
  }
  return undefined;
}

/** The strongly connected component of each node (Tarjan 1972), on a stack of its own. */
function components(next: readonly (readonly Edge[])[]): Int32Array {
  const component = new Int32Array(next.length).fill(-1);
  const index = new Int32Array(next.length).fill(-1);
  const low = new Int32Array(next.length);
  const open: number[] = [];
  let visited = 0;
  let found = 0;
  for (const root of next.keys()) {
    const calls: { node: number; edge: number }[] = [];
    const enter = (node: number): void => {
      index[node] = low[node] = visited++;
      open.push(node);
      calls.push({ node, edge: 0 });
    };
    if (index[root] === -1) enter(root);
    for (let call = calls.at(-1); call !== undefined; call = calls.at(-1)) {
      const { node } = call;
      const edge = next[node]![call.edge++];
      if (edge !== undefined) {
        if (index[edge.to] === -1) enter(edge.to);
        else if (component[edge.to] === -1) low[node] = Math.min(low[node]!, index[edge.to]!);
        continue;
      }
      calls.pop();
      const parent = calls.at(-1)?.node;
      if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[node]!);
      if (low[node] !== index[node]) continue;
      for (let member = -1; member !== node;) {
        member = open.pop()!;
        component[member] = found;
      }
      found += 1;
    }
  }
  return component;
}
