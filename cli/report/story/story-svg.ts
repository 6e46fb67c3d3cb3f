import type { Story } from "../../../graders/index.ts";
import { escapeXml } from "./escape-xml.ts";

type Row = Story["rows"][number];

const LEFT = 70;
const TOP = 46;
const ROW = 30;
const LANE = 230;
const LETTER = 6.6;

/**
 * A story as a space-time diagram: a line down for each node or client, time downwards, arrows from
 * where a message was sent to where it arrived. Complete in itself: no script, font or image.
 */
export function storySvg(story: Story): string {
  const { lanes, rows } = story;
  const x = new Map(lanes.map((lane, index) => [lane, LEFT + 60 + index * LANE]));
  const height = TOP + (rows.length + 1) * ROW;
  const width = LEFT + 60 + lanes.length * LANE;
  const at = (time: number): number => TOP + ROW * positionOf(time, rows);
  const drawn = rows.map((row, index) => drawRow(row, TOP + ROW * (index + 1), x, at, width));
  const heads = lanes.map((lane) => {
    const place = x.get(lane) ?? 0;
    return (
      `<line class="lane" x1="${place}" y1="${TOP - 12}" x2="${place}" y2="${height - 8}"/>` +
      `<text class="head" x="${place}" y="${TOP - 22}">${escapeXml(lane)}</text>`
    );
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="story" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escapeXml(`What happened: ${story.setting}`)}</title>`,
    `<defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path class="tip" d="M0 0 10 5 0 10z"/></marker></defs>`,
    `<text class="time" x="${LEFT - 12}" y="${TOP - 22}">ms</text>`,
    ...heads,
    ...drawn,
    "</svg>",
  ].join("\n");
}

function drawRow(
  row: Row,
  y: number,
  x: ReadonlyMap<string, number>,
  yOf: (time: number) => number,
  width: number,
): string {
  if (row.lane === "") {
    return `<text class="gap" x="${width / 2}" y="${y}">${escapeXml(row.text)}</text>`;
  }
  const place = x.get(row.lane) ?? 0;
  const time = `<text class="time" x="${LEFT - 12}" y="${y + 4}">${row.at}</text>`;
  if (row.from === undefined) return time + note(row, place, y);
  const start = x.get(row.from) ?? 0;
  const startY = Math.min(yOf(row.sentAt ?? row.at), y);
  const isRight = start < place;
  if (row.kind === "lost") {
    const endX = start + (place - start) * 0.7;
    const cross = `<path class="cross" d="M${endX - 5} ${y - 5}l10 10m0-10l-10 10"/>`;
    const line = `<line class="lost" x1="${start}" y1="${startY}" x2="${endX}" y2="${y}"/>`;
    return time + line + cross + caption(row.text, endX, y, isRight, "lost-text");
  }
  const line = `<line class="arrow" x1="${start}" y1="${startY}" x2="${place}" y2="${y}" marker-end="url(#arrow)"/>`;
  return time + line + caption(row.text, place, y, isRight, "caption");
}

function note(row: Row, x: number, y: number): string {
  const shape = {
    crash: `<path class="cross" d="M${x - 7} ${y - 7}l14 14m0-14l-14 14"/>`,
    boot: `<circle class="boot" cx="${x}" cy="${y}" r="6"/>`,
    output: `<rect class="output" x="${x - 6}" y="${y - 6}" width="12" height="12"/>`,
  };
  const own = row.kind in shape ? shape[row.kind as keyof typeof shape] : undefined;
  const mark = own ?? `<circle class="dot" cx="${x}" cy="${y}" r="4"/>`;
  const loud = row.kind === "output" || row.kind === "crash" ? "caption loud" : "caption";
  return mark + caption(row.text, x, y, false, loud);
}

/** Beside the line; on the side the arrow comes from it would lie on the arrow. */
function caption(text: string, x: number, y: number, isRight: boolean, style: string): string {
  const most = Math.floor((LANE - 24) / LETTER);
  const letters = Array.from(text);
  const shown = letters.length > most ? `${letters.slice(0, most - 1).join("")}…` : text;
  const full = shown === text ? "" : `<title>${escapeXml(text)}</title>`;
  const shift = isRight ? 10 : 12;
  return `<text class="${style}" x="${x + shift}" y="${y + 4}">${full}${escapeXml(shown)}</text>`;
}

/** Where an instant lies among the rows, in rows from the top. */
function positionOf(time: number, rows: readonly Row[]): number {
  const after = rows.findIndex(({ at, lane }) => lane !== "" && at >= time);
  if (after < 0) return rows.length;
  const next = rows[after];
  const before = rows[after - 1];
  if (next === undefined || before === undefined || next.at === time) return after + 1;
  const share = (time - before.at) / Math.max(1, next.at - before.at);
  return after + Math.max(0, Math.min(1, share));
}
