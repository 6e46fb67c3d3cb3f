import type { Stuck } from "./explain.ts";

const WIDTH = 80;
const MOST_ROWS = 24;
const LONGEST_NAME = 34;
const MARK = " <- breaks it";

interface Row {
  readonly name: string;
  /** Places among the events that are shown, from 0. */
  readonly from: number;
  readonly to: number;
  /** It had not returned yet. */
  readonly isOpen: boolean;
  /** One of those that cannot be ordered; the others only give the picture. */
  readonly isBlocked: boolean;
  readonly isLast: boolean;
}

interface Drawing {
  readonly rows: readonly Row[];
  readonly events: number;
  readonly words: readonly string[];
}

/**
 * The failure in words, and below it the operations as intervals from call to return, one a line,
 * in 80 columns: solid those that cannot be ordered, dotted what went on beside them.
 */
export function stuckAsText(stuck: Stuck): string {
  const { rows, events, words } = layOut(stuck);
  const nameWidth = Math.max(...rows.map((row) => row.name.length));
  const columns = WIDTH - 4 - nameWidth - 2 - MARK.length;
  const scale = Math.min(3, columns / events);
  const lines = rows.map((row) => {
    const from = Math.floor(row.from * scale);
    const to = Math.max(from + 1, Math.floor(row.to * scale));
    const [cap, dash] = row.isBlocked ? ["|", "-"] : [":", "."];
    const bar = cap + dash.repeat(to - from - 1) + (row.isOpen ? ">" : cap);
    return `  ${row.name.padEnd(nameWidth)}  ${" ".repeat(from)}${bar}${row.isLast ? MARK : ""}`;
  });
  return [...words, "", ...lines].join("\n");
}

/** The same drawing as one `<svg>` element that needs nothing from elsewhere. */
export function stuckAsSvg(stuck: Stuck): string {
  const { rows, events, words } = layOut(stuck);
  const [top, rowPx, namePx] = [60, 26, 280];
  const eventPx = Math.max(8, Math.min(36, 480 / events));
  const [width, height] = [Math.ceil(namePx + events * eventPx) + 110, top + rows.length * rowPx];
  const drawn = rows.map((row, index) => {
    const y = top + index * rowPx;
    const [x1, x2] = [namePx + row.from * eventPx, namePx + row.to * eventPx];
    const colour = row.isLast ? "#b3261e" : row.isBlocked ? "#1a5fb4" : "#6b6b6b";
    const line = `stroke="${colour}" stroke-width="${row.isBlocked ? 4 : 2}"`;
    const dash = row.isBlocked ? "" : ' stroke-dasharray="2 5"';
    const end = row.isOpen ? `M${x2 - 6} ${y - 6}L${x2} ${y}L${x2 - 6} ${y + 6}` : capAt(x2, y);
    return [
      `<text x="8" y="${y + 4}"${row.isLast ? ' font-weight="bold"' : ""}>${escape(row.name)}</text>`,
      `<path d="M${x1} ${y}H${x2}" ${line}${dash}/>`,
      `<path d="${capAt(x1, y)}${end}" ${line} fill="none"/>`,
      row.isLast ? `<text x="${x2 + 8}" y="${y + 4}" fill="${colour}">breaks it</text>` : "",
    ].join("");
  });
  const size = `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`;
  const font = 'font-family="monospace" font-size="13" fill="#1c1c1c"';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" ${font}>`,
    `<title>${escape(words.join(" "))}</title>`,
    '<rect width="100%" height="100%" fill="#ffffff"/>',
    ...words.map((line, i) => `<text x="8" y="${18 + 16 * i}">${escape(line)}</text>`),
    ...drawn,
    "</svg>",
  ].join("\n");
}

function capAt(x: number, y: number): string {
  return `M${x} ${y - 6}V${y + 6}`;
}

function layOut({ partition, prefix, last, blocked, told }: Stuck): Drawing {
  const start = blocked[0]!.call;
  const beside = prefix.filter((op) => !blocked.includes(op) && op.ret > start);
  const room = Math.max(0, MOST_ROWS - blocked.length);
  const shown = new Set([
    ...blocked.slice(-MOST_ROWS),
    ...beside.slice(Math.max(0, beside.length - room)),
  ]);
  const ops = prefix.filter((op) => shown.has(op));
  const events = ops.flatMap(({ call, ret }) => (ret === Infinity ? [call] : [call, ret]));
  events.sort((a, b) => a - b);
  const rows = ops.map((op): Row => {
    const isOpen = op.ret === Infinity;
    return {
      name: plain(told[prefix.indexOf(op)]!, LONGEST_NAME),
      from: events.indexOf(op.call),
      to: isOpen ? events.length : events.indexOf(op.ret),
      isOpen,
      isBlocked: blocked.includes(op),
      isLast: op === last,
    };
  });
  const of = partition === undefined ? "" : ` of ${plain(JSON.stringify(partition), 30)}`;
  const solid = blocked.length === 1 ? "the one drawn solid" : `the ${blocked.length} drawn solid`;
  const dotted = rows.some((row) => !row.isBlocked)
    ? "; dotted ones do not help, wherever they go"
    : "";
  const hidden = blocked.length - rows.filter((row) => row.isBlocked).length;
  return {
    rows,
    events: events.length,
    words: [
      `no order for the first ${prefix.length} operations${of}:`,
      `${solid} cannot be ordered${dotted}`,
      ...(hidden > 0 ? [`(${hidden} of them, earlier, are left out of the drawing)`] : []),
    ],
  };
}

/** One line of ordinary characters: names come from values that a candidate made. */
function plain(text: string, longest: number): string {
  const shown = text.replaceAll(/[\p{C}\p{Z}]/gu, (one) => (one === " " ? " " : "?"));
  const characters = Array.from(shown);
  if (characters.length <= longest) return shown;
  return `${characters.slice(0, longest - 1).join("")}…`;
}

function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
