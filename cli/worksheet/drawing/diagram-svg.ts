import type { Component, Edge, System } from "../definition/system.ts";
import { escapeHtml } from "../page/escape-html.ts";
import { type Point, layOutDiagram } from "./lay-out-diagram.ts";
import { boxLabel } from "./model-diagram.ts";

const BOX = { width: 142, height: 52 };
const SPACING = { column: 206, row: 78, lane: 48 };
/** Height of the rim of a cylinder. */
const RIM = 6;
const LINE_HEIGHT = 15;
const CHARACTERS_IN_A_LINE = 19;

/** The model diagram as SVG that needs nothing from outside; colours come from the page's classes. */
export function diagramSvg({ title, components, edges }: System): string {
  const place = new Map(components.map(({ id }, index) => [id, index]));
  const arrows = edges.flatMap(({ from, to }) => {
    const [a, b] = [place.get(from), place.get(to)];
    return a === undefined || b === undefined ? [] : [{ from: a, to: b }];
  });
  const { width, height, nodes, arrows: paths } = layOutDiagram(components.length, arrows, SPACING);
  const text = `Diagram of ${title}: ${edges.map((edge) => sentence(edge, components)).join("; ")}.`;
  return [
    `<svg class="diagram" viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}" role="img" aria-label="${escapeHtml(text)}">`,
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z"/></marker></defs>',
    ...paths.map((path, index) => arrow(path, edges[index])),
    ...components.map((component, index) => box(component, nodes[index] ?? { x: 0, y: 0 })),
    ...paths.map((path, index) => edgeLabel(path, edges[index])),
    "</svg>",
  ].join("\n");
}

function sentence({ from, to, label }: Edge, components: readonly Component[]): string {
  const name = (id: string): string => components.find((it) => it.id === id)?.label ?? id;
  return `${name(from)} to ${name(to)}${label === undefined ? "" : ` (${label})`}`;
}

function arrow(path: readonly Point[], edge: Edge | undefined): string {
  const [start = { x: 0, y: 0 }, ...rest] = alongLanes(path);
  let previous = start;
  const curves = rest.map((point) => {
    const bend = (point.x - previous.x) / 2;
    const curve = `C${at(previous.x + bend, previous.y)} ${at(point.x - bend, point.y)} ${at(point.x, point.y)}`;
    previous = point;
    return curve;
  });
  const classes = edge?.async === true ? "arrow async" : "arrow";
  const back = edge?.both === true ? ' marker-start="url(#tip)"' : "";
  return `<path class="${classes}" d="M${at(start.x, start.y)}${curves.join("")}" marker-end="url(#tip)"${back}/>`;
}

/** Between the boxes of a column an arrow runs level, so that it cuts none of their corners. */
function alongLanes(path: readonly Point[]): Point[] {
  const points = trimEnds(path);
  const side = Math.sign((points.at(-1)?.x ?? 0) - (points[0]?.x ?? 0));
  return points.flatMap((point, index) => {
    if (index === 0 || index === points.length - 1) return [point];
    const half = (side * BOX.width) / 2;
    return [
      { x: point.x - half, y: point.y },
      { x: point.x + half, y: point.y },
    ];
  });
}

/** Arrows end at the sides of the boxes, not in their middles. */
function trimEnds(path: readonly Point[]): Point[] {
  const points = [...path];
  const cut = (index: number, towards: number): void => {
    const point = points[index];
    const other = points[towards];
    if (point === undefined || other === undefined) return;
    const side = other.x > point.x ? 1 : other.x < point.x ? -1 : 0;
    const y = side === 0 ? point.y + (Math.sign(other.y - point.y) * BOX.height) / 2 : point.y;
    points[index] = { x: point.x + (side * BOX.width) / 2, y };
  };
  const [first, last] = [points.length > 1 ? 1 : 0, points.length - 1];
  cut(0, first);
  cut(last, last - 1);
  return points;
}

/** In the middle of a long arrow's way, else between the boxes; above the line where it is level. */
function edgeLabel(path: readonly Point[], edge: Edge | undefined): string {
  if (edge?.label === undefined) return "";
  const points = trimEnds(path);
  const [a = { x: 0, y: 0 }, b = a] = points.length > 2 ? [points[1], points[1]] : points;
  const level = Math.abs(a.y - b.y) < LEVEL;
  const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  const lines = wrapLabel(edge.label, 12);
  const lift = level ? 4 + lines.length * 6 : 0;
  return textLines(lines, { x: middle.x, y: middle.y - lift }, "edge-label", 12);
}

/** A rise between two boxes that is too small for a label to stand on the line. */
const LEVEL = 40;

function box(component: Component, { x, y }: Point): string {
  const several = component.replicas > 1 || component.redundancy !== undefined;
  const lines = wrapLabel(boxLabel(component), CHARACTERS_IN_A_LINE);
  return [
    `<g class="box ${component.role}">`,
    `<title>${escapeHtml(`${boxLabel(component)}: ${component.duty}`)}</title>`,
    several ? shape(component, { x: x + 4, y: y - 4 }) : "",
    shape(component, { x, y }),
    textLines(lines, { x, y: STORES.has(component.role) ? y + RIM : y }, "box-label", LINE_HEIGHT),
    "</g>",
  ].join("");
}

const STORES = new Set(["db", "cache", "objectStore"]);

function shape({ role }: Component, { x, y }: Point): string {
  const [left, top] = [x - BOX.width / 2, y - BOX.height / 2];
  if (STORES.has(role)) {
    const [right, bottom, r] = [left + BOX.width, top + BOX.height, RIM];
    const lid = `M${at(left, top + r)}C${at(left, top - r / 2)} ${at(right, top - r / 2)} ${at(right, top + r)}`;
    const body = `V${round(bottom - r)}C${at(right, bottom + r / 2)} ${at(left, bottom + r / 2)} ${at(left, bottom - r)}Z`;
    const rim = `M${at(left, top + r)}C${at(left, top + r * 2.5)} ${at(right, top + r * 2.5)} ${at(right, top + r)}`;
    return `<path class="shape" d="${lid}${body}"/><path class="rim" d="${rim}"/>`;
  }
  const round5 = role === "client" || role === "external" ? BOX.height / 2 : 5;
  return `<rect class="shape" x="${round(left)}" y="${round(top)}" width="${BOX.width}" height="${BOX.height}" rx="${round5}"/>`;
}

function textLines(lines: readonly string[], { x, y }: Point, name: string, step: number): string {
  const first = y - ((lines.length - 1) * step) / 2;
  const spans = lines.map(
    (line, index) =>
      `<tspan x="${round(x)}" y="${round(first + index * step)}">${escapeHtml(line)}</tspan>`,
  );
  return `<text class="${name}">${spans.join("")}</text>`;
}

function wrapLabel(label: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of label.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}

function at(x: number, y: number): string {
  return `${round(x)} ${round(y)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
