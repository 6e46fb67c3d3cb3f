import type { Arrow } from "./rank-nodes.ts";

/** A column of nodes from top to bottom, by their numbers. */
export type Layer = readonly number[];

const SWEEPS = 24;

/**
 * Orders the nodes of each column so that few arrows cross: every node moves towards the middle of
 * its neighbours (barycenter), there and back, and the best order that was met is kept. Arrows must
 * lead from a column to the next.
 */
export function orderLayers(layers: readonly Layer[], arrows: readonly Arrow[]): Layer[] {
  let current = layers.map((layer) => [...layer]);
  let best = current;
  let fewest = countCrossings(current, arrows);
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep += 1) {
    const rightwards = sweep % 2 === 0;
    current = sweepOnce(current, arrows, rightwards);
    const crossings = countCrossings(current, arrows);
    if (crossings < fewest) {
      fewest = crossings;
      best = current;
    }
  }
  return best;
}

function sweepOnce(
  layers: readonly Layer[],
  arrows: readonly Arrow[],
  rightwards: boolean,
): number[][] {
  const result = layers.map((layer) => [...layer]);
  const order = [...result.keys()];
  for (const index of rightwards ? order.slice(1) : order.toReversed().slice(1)) {
    const places = placesIn(result[rightwards ? index - 1 : index + 1] ?? []);
    const layer = result[index] ?? [];
    const own = placesIn(layer);
    const middle = (node: number): number => {
      const near = arrows
        .filter(({ from, to }) => (rightwards ? to : from) === node)
        .flatMap(({ from, to }) => places.get(rightwards ? from : to) ?? []);
      if (near.length === 0) return own.get(node) ?? 0;
      return near.reduce((sum, place) => sum + place, 0) / near.length;
    };
    const middles = new Map(layer.map((node) => [node, middle(node)]));
    result[index] = layer.toSorted((a, b) => (middles.get(a) ?? 0) - (middles.get(b) ?? 0));
  }
  return result;
}

export function countCrossings(layers: readonly Layer[], arrows: readonly Arrow[]): number {
  let crossings = 0;
  for (const [index, layer] of layers.entries()) {
    const left = placesIn(layer);
    const right = placesIn(layers[index + 1] ?? []);
    const between = arrows.flatMap(({ from, to }) => {
      const a = left.get(from);
      const b = right.get(to);
      return a === undefined || b === undefined ? [] : [{ a, b }];
    });
    for (const [at, first] of between.entries()) {
      for (const second of between.slice(at + 1)) {
        if ((first.a - second.a) * (first.b - second.b) < 0) crossings += 1;
      }
    }
  }
  return crossings;
}

function placesIn(layer: Layer): ReadonlyMap<number, number> {
  return new Map(layer.map((node, place) => [node, place]));
}
