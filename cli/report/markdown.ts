import { Marked, type RendererObject, type Tokens } from "marked";
import { markedTerminal } from "marked-terminal";
import type { CliContext } from "../context.ts";
import { layTable } from "./lay-table.ts";
import { type Style, createStyle, textWidth, withoutControls } from "./style.ts";
import { wrap } from "./wrap.ts";
import { wrapCode } from "./wrap-code.ts";

/** Lines longer than this are hard to read, however wide the terminal is. */
const WIDEST = 100;
/** A hard line break, until the text around it is wrapped. */
const BREAK = "\u2028";

/** Markdown as text for a terminal, no wider than it. */
export function renderMarkdown(
  markdown: string,
  { color, columns }: Pick<CliContext, "color" | "columns">,
): string {
  const style = createStyle(color);
  const { bold, italic, dim } = style;
  const spans = markedTerminal({
    strong: bold,
    em: italic,
    del: dim,
    blockquote: dim,
    emoji: false,
  });
  const blocks = blockRenderer(style, Math.min(columns, WIDEST));
  const marked = new Marked(spans, { renderer: blocks });
  const text = marked.parse(withoutControls(markdown), { async: false });
  return `${text.replace(/\n{3,}/g, "\n\n").trim()}\n`;
}

/**
 * What marked-terminal leaves to wish for: lists keep their numbers, their styles and the width,
 * tables fit, and colours are ours, so that NO_COLOR holds everywhere.
 */
function blockRenderer(style: Style, columns: number): RendererObject {
  /** Shrinks while a list is rendered. */
  let width = columns;
  const flow = (text: string): string =>
    wrap(text.replace(/\s*\n\s*/g, " ").replaceAll(BREAK, "\n"), width);

  return {
    heading({ tokens, depth }) {
      const text = flow(this.parser.parseInline(tokens));
      if (depth > 2) return `${style.bold(text)}\n\n`;
      const widest = Math.max(...text.split("\n").map(textWidth));
      return `\n${style.bold(text)}\n${style.dim((depth === 1 ? "=" : "-").repeat(widest))}\n\n`;
    },
    paragraph({ tokens }) {
      return `${flow(this.parser.parseInline(tokens))}\n\n`;
    },
    text(token) {
      if ("tokens" in token && token.tokens)
        return `${flow(this.parser.parseInline(token.tokens))}\n`;
      return unescapeEntities(token.text);
    },
    list({ ordered, start, loose, items }) {
      const lines = items.map((item, index) => {
        const marker = ordered ? `${Number(start || 1) + index}. ` : "- ";
        width -= marker.length;
        const body = this.parser.parse(item.tokens).trim();
        width += marker.length;
        const box = item.task ? `[${item.checked ? "x" : " "}] ` : "";
        return marker + (box + body).replaceAll("\n", `\n${" ".repeat(marker.length)}`);
      });
      return `${lines.join(loose ? "\n\n" : "\n").replace(/ +$/gm, "")}\n\n`;
    },
    code({ text }) {
      return `${wrapCode(text, width, style)}\n\n`;
    },
    codespan({ text }) {
      return style.cyan(style.color ? text : `\`${text}\``);
    },
    link({ href, tokens }) {
      const text = this.parser.parseInline(tokens);
      return text === href ? style.underline(href) : `${text} (${style.underline(href)})`;
    },
    table({ header, align, rows }) {
      const cell = ({ tokens }: Tokens.TableCell): string => this.parser.parseInline(tokens);
      const cells = [header, ...rows].map((row) => row.map(cell));
      return `${layTable(cells, align, width, style)}\n\n`;
    },
    br: () => BREAK,
    hr: () => `${style.dim("-".repeat(width))}\n\n`,
    html: ({ text }) => text.replace(/<[^>]*>/g, ""),
  };
}

function unescapeEntities(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    lt: "<",
    gt: ">",
    quot: '"',
    "#39": "'",
    amp: "&",
  };
  return text.replace(/&(lt|gt|quot|#39|amp);/g, (whole, name: string) => entities[name] ?? whole);
}
