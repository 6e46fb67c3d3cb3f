import { type Layer, orderLayers } from "./order-layers.ts";
import { type Arrow, rankNodes } from "./rank-nodes.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Middle of each node, in the order of the nodes. */
  readonly nodes: readonly Point[];
  /** For each arrow the points it passes, from middle to middle. */
  readonly arrows: readonly (readonly Point[])[];
}

/** Distances between the middles of neighbours. */
export interface Spacing {
  readonly column: number;
  readonly row: number;
  /** Between an arrow that passes by and what is beside it. */
  readonly lane: number;
}

/**
 * Lays a graph out in columns from left to right: ranks by the longest path, arrows that skip columns
 * pass through waypoints, rows by the middle of the neighbours. The first node stands on the left.
 */
export function layOutDiagram(count: number, arrows: readonly Arrow[], spacing: Spacing): Layout {
  const ranks = rankNodes(count, arrows);
  const { paths, steps, columns } = addWaypoints(ranks, arrows);
  const layers = orderLayers(byColumn(columns), steps);
  const rows = placeRows(layers, steps, (a, b) =>
    a >= count || b >= count ? spacing.lane : spacing.row,
  );
  const top = Math.min(...rows);
  const point = (node: number): Point => ({
    x: spacing.column * ((columns[node] ?? 0) + 0.5),
    y: (rows[node] ?? 0) - top + spacing.row / 2,
  });
  return {
    width: spacing.column * layers.length,
    height: Math.max(...rows) - top + spacing.row,
    nodes: Array.from({ length: count }, (_, node) => point(node)),
    arrows: paths.map((path) => path.map(point)),
  };
}

interface Waypoints {
  /** For each arrow the nodes and waypoints it passes. */
  readonly paths: readonly (readonly number[])[];
  /** Arrows from a column to the next. */
  readonly steps: readonly Arrow[];
  /** Column of each node, then of each waypoint. */
  readonly columns: readonly number[];
}

function addWaypoints(ranks: readonly number[], arrows: readonly Arrow[]): Waypoints {
  const columns = [...ranks];
  const steps: Arrow[] = [];
  const paths = arrows.map(({ from, to }) => {
    const backwards = (columns[from] ?? 0) > (columns[to] ?? 0);
    const [left, right] = backwards ? [to, from] : [from, to];
    const path = [left];
    for (let column = (columns[left] ?? 0) + 1; column < (columns[right] ?? 0); column += 1) {
      path.push(columns.push(column) - 1);
    }
    path.push(right);
    for (const [at, node] of path.slice(1).entries()) steps.push({ from: path[at] ?? 0, to: node });
    return backwards ? path.toReversed() : path;
  });
  return { paths, steps, columns };
}

function byColumn(columns: readonly number[]): Layer[] {
  return Array.from({ length: Math.max(...columns) + 1 }, (_, column) =>
    [...columns.keys()].filter((node) => columns[node] === column),
  );
}

const PASSES = 40;

/** Vertical places: each column in turn moves towards its neighbours, keeping order and distance. */
function placeRows(
  layers: readonly Layer[],
  steps: readonly Arrow[],
  distance: (above: number, below: number) => number,
): number[] {
  const rows: number[] = [];
  for (const layer of layers)
    settle(
      layer,
      layer.map((_, place) => place),
      rows,
      distance,
    );
  for (let pass = 0; pass < PASSES; pass += 1) {
    const order = pass % 2 === 0 ? layers : layers.toReversed();
    for (const layer of order) {
      const wanted = layer.map((node) => {
        const near = steps.flatMap(({ from, to }) =>
          from === node ? [to] : to === node ? [from] : [],
        );
        if (near.length === 0) return rows[node] ?? 0;
        return near.reduce((sum, other) => sum + (rows[other] ?? 0), 0) / near.length;
      });
      settle(layer, wanted, rows, distance);
    }
  }
  return rows;
}

/** Puts a column as near as possible to where its nodes want to be (pool adjacent violators). */
function settle(
  layer: Layer,
  wanted: readonly number[],
  rows: number[],
  distance: (above: number, below: number) => number,
): void {
  let offset = 0;
  const offsets = layer.map((node, place) => {
    if (place > 0) offset += distance(layer[place - 1] ?? node, node);
    return offset;
  });
  const blocks: { sum: number; size: number }[] = [];
  for (const [place, want] of wanted.entries()) {
    blocks.push({ sum: want - (offsets[place] ?? 0), size: 1 });
    for (;;) {
      const [above, last] = blocks.slice(-2);
      if (above === undefined || last === undefined) break;
      if (above.sum / above.size <= last.sum / last.size) break;
      blocks.splice(-2, 2, { sum: above.sum + last.sum, size: above.size + last.size });
    }
  }
  let place = 0;
  for (const { sum, size } of blocks) {
    for (let end = place + size; place < end; place += 1) {
      rows[layer[place] ?? 0] = sum / size + (offsets[place] ?? 0);
    }
  }
}
