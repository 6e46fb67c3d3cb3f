import { type Style, textWidth } from "./style.ts";
import { wrap } from "./wrap.ts";

/** Code with its comments dimmed; a line that is too wide goes on further in. */
export function wrapCode(code: string, width: number, style: Style): string {
  return code
    .split("\n")
    .map((line) => {
      const lines = textWidth(line) <= width ? line : wrapLine(line, width);
      return lines
        .split("\n")
        .map((part) => dimComment(part, style))
        .join("\n");
    })
    .join("\n");
}

function wrapLine(line: string, width: number): string {
  const [, indent = "", opening = ""] = /^(\s*)(\/\/ |\/\*\*? |\* )?/.exec(line) ?? [];
  const rest = opening === "" ? "    " : opening.startsWith("/*") ? " * " : opening;
  return wrap(line.slice(indent.length + opening.length), width, indent + opening, indent + rest);
}

function dimComment(line: string, style: Style): string {
  const start = /^\s*(?:\/?\*)|(?:^|\s)\/\//.exec(line)?.index;
  return start === undefined ? line : line.slice(0, start) + style.dim(line.slice(start));
}
