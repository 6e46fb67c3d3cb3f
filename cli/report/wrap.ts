import { textWidth } from "./style.ts";

/**
 * Breaks text at spaces so that no line is wider than `width`; a word wider than that stands alone.
 * Line breaks of the text stay. `first` stands before the first line, `rest` before the others.
 */
export function wrap(text: string, width: number, first = "", rest = first): string {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = lines.length === 0 ? first : rest;
    let empty = true;
    for (const word of paragraph.split(/ +/)) {
      if (!empty && textWidth(line) + 1 + textWidth(word) > width) {
        lines.push(line);
        line = rest + word;
      } else {
        line += empty ? word : ` ${word}`;
        empty = false;
      }
    }
    lines.push(line);
  }
  return lines.join("\n");
}
