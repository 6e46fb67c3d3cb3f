import type { Story } from "../../../graders/index.ts";

const LONGEST_LABEL = 40;
const MOST_LINES = 60;

/** A story as the source of a Mermaid sequence diagram: one participant a node or client. */
export function storyMermaid({ lanes, rows }: Story): string {
  const head = ["sequenceDiagram", ...lanes.map((lane) => `  participant ${lane}`)];
  const lines = rows.map(({ at, lane, from, kind, text }) => {
    if (lane === "") return `  Note over ${lanes.join(",")}: ${label(text)}`;
    const shown = label(`${at} ms ${text}`);
    if (from === undefined) return `  Note over ${lane}: ${shown}`;
    return `  ${from}${kind === "lost" ? "-x" : "->>"}${lane}: ${shown}`;
  });
  const room = MOST_LINES - head.length;
  if (lines.length <= room) return [...head, ...lines].join("\n");
  const left = lines.length - room + 1;
  const folded = `  Note over ${lanes.join(",")}: ${left} earlier steps are left out`;
  return [...head, folded, ...lines.slice(left)].join("\n");
}

/** Mermaid reads some characters as its own, also inside a label. */
function label(text: string): string {
  const letters = Array.from(text);
  const cut =
    letters.length > LONGEST_LABEL ? [...letters.slice(0, LONGEST_LABEL - 1), "…"] : letters;
  return cut.map((letter) => ESCAPES[letter] ?? letter).join("");
}

const ESCAPES: Readonly<Record<string, string>> = {
  "#": "#35;",
  ";": "#59;",
  "<": "#lt;",
  ">": "#gt;",
  ":": "#58;",
  "\n": " ",
};
