import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PACKAGE_ROOT } from "../../../graders/reading.ts";
import { findSystems } from "../definition/find-systems.ts";
import { loadSystem } from "../definition/load-system.ts";
import { diagramSvg } from "./diagram-svg.ts";
import { type Layout, layOutDiagram } from "./lay-out-diagram.ts";
import { countCrossings, orderLayers } from "./order-layers.ts";
import { type Arrow, rankNodes } from "./rank-nodes.ts";

const SPACING = { column: 100, row: 40, lane: 20 };

function arrowsOf(text: string): Arrow[] {
  return text.split(" ").map((pair) => {
    const [from = 0, to = 0] = pair.split(">").map(Number);
    return { from, to };
  });
}

/** Nodes nearer than a box is high, in the same column. */
function overlaps({ nodes }: Layout): number {
  return nodes.filter((a, index) =>
    nodes.slice(index + 1).some((b) => a.x === b.x && Math.abs(a.y - b.y) < SPACING.row - 1e-6),
  ).length;
}

describe("ranks", () => {
  test.each([
    ["a chain", 3, "0>1 1>2", [0, 1, 2]],
    ["the longest path counts", 4, "0>1 1>2 0>2 2>3", [0, 1, 2, 3]],
    ["a circle is opened", 3, "0>1 1>2 2>0", [0, 1, 2]],
    ["an arrow to itself", 2, "0>1 1>1", [0, 1]],
    ["a late source stands before its target", 4, "0>1 1>2 3>2", [0, 1, 2, 1]],
  ])("%s", (_, count, arrows, ranks) => {
    expect(rankNodes(count, arrowsOf(arrows))).toEqual(ranks);
  });
});

test("crossings are counted and untangled", () => {
  const layers = [
    [0, 1],
    [2, 3],
  ];
  const arrows = arrowsOf("0>3 1>2");
  expect(countCrossings(layers, arrows)).toBe(1);
  expect(countCrossings(orderLayers(layers, arrows), arrows)).toBe(0);
});

const graphs = fc.integer({ min: 1, max: 20 }).chain((count) =>
  fc.record({
    count: fc.constant(count),
    arrows: fc.array(
      fc.record({ from: fc.nat({ max: count - 1 }), to: fc.nat({ max: count - 1 }) }),
      { maxLength: 40 },
    ),
  }),
);

test("any graph: boxes apart, inside the picture, arrows from box to box", () => {
  fc.assert(
    fc.property(graphs, ({ count, arrows }) => {
      const layout = layOutDiagram(count, arrows, SPACING);
      expect(overlaps(layout)).toBe(0);
      for (const { x, y } of layout.nodes) {
        expect(x).toBeGreaterThan(0);
        expect(x).toBeLessThan(layout.width);
        expect(y).toBeGreaterThanOrEqual(SPACING.row / 2 - 1e-6);
        expect(y).toBeLessThanOrEqual(layout.height - SPACING.row / 2 + 1e-6);
      }
      for (const [index, path] of layout.arrows.entries()) {
        expect(path[0]).toEqual(layout.nodes[arrows[index]?.from ?? -1]);
        expect(path.at(-1)).toEqual(layout.nodes[arrows[index]?.to ?? -1]);
      }
    }),
    { numRuns: 200, seed: 20260101 },
  );
});

test.each([...findSystems(PACKAGE_ROOT).keys()])("%s: every box and arrow is drawn", (slug) => {
  const system = loadSystem(PACKAGE_ROOT, slug);
  const svg = diagramSvg(system);
  expect(svg.match(/<g class="box /g)).toHaveLength(system.components.length);
  expect(svg.match(/<path class="arrow/g)).toHaveLength(system.edges.length);
  expect(svg).not.toMatch(/NaN|undefined|style=/);
});
