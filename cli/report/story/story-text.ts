import { say, sayCount } from "../../../graders/reading.ts";
import type { Story } from "../../../graders/index.ts";
import { withoutControls, type Style } from "../style.ts";
import { wrap } from "../wrap.ts";

const INDENT = "  ";
const NAME = 11;

/** What happened in a simulated cluster, one event a line, as a terminal shows it. */
export function storyText(story: Story, style: Style, width: number): string {
  const { setting, faults, rows, hidden } = story;
  const wide = Math.max(0, ...rows.map((row) => place(row).length));
  const lines = [
    field(say`Cluster`, setting, width),
    ...faults.map((fault, i) => field(i === 0 ? say`Faults` : "", fault, width)),
    `${INDENT}${say`Story   ms`}`,
  ];
  for (const row of rows) {
    const time = row.lane === "" ? "" : String(row.at);
    const first = `${INDENT}${time.padStart(NAME - 1)}  ${place(row).padEnd(wide)}  `;
    const text = wrap(withoutControls(row.text), width, first, " ".repeat(first.length));
    lines.push(paint(row.kind, text, style));
  }
  if (hidden > 0) {
    const left = sayCount(
      hidden,
      "({n} event that did not lead to this is left out)",
      "({n} events that did not lead to this are left out)",
    );
    lines.push(style.dim(wrap(left, width, "  ")));
  }
  return lines.join("\n");
}

function place({ lane, from }: Story["rows"][number]): string {
  return from === undefined ? lane : `${from} -> ${lane}`;
}

function field(name: string, value: string, width: number): string {
  return wrap(withoutControls(value), width, `${INDENT}${name.padEnd(NAME)}`, " ".repeat(13));
}

function paint(kind: Story["rows"][number]["kind"], text: string, style: Style): string {
  if (kind === "crash" || kind === "lost") return style.red(text);
  if (kind === "output") return style.bold(text);
  return kind === "timer" || kind === "note" ? style.dim(text) : text;
}
