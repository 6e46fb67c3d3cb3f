import { Marked, type Token, type Tokens } from "marked";
import { COLUMNS, SLOT_MARKER } from "../document/slots.ts";
import { escapeHtml } from "./escape-html.ts";

export interface BodyOptions {
  /** Whether empty cells and slots become fields. */
  readonly fillable: boolean;
  /** Stands before the source of the diagram. */
  readonly diagram: string | undefined;
}

/** Fields say by `data-line` which line of the Markdown they stand for, the first being 0. */
export function renderBody(markdown: string, options: BodyOptions): string {
  const front = /^---\n[\s\S]*?\n---\n/.exec(markdown)?.[0] ?? "";
  const body = new BodyWriter(options, countLines(front));
  for (const token of MARKED.lexer(markdown.slice(front.length))) body.write(token);
  return body.html.join("\n");
}

/** Definitions are text: what looks like HTML in them is shown, not obeyed. */
const MARKED = new Marked({ renderer: { html: ({ text }) => escapeHtml(text) } });
const NOTE = /^<!-- note: (.*) -->/;
const FIELDS: readonly string[] = [COLUMNS.yours, COLUMNS.answer, COLUMNS.how];

class BodyWriter {
  readonly html: string[] = [];
  readonly #options: BodyOptions;
  #line: number;
  #slot: string | undefined;
  #heading = "";

  constructor(options: BodyOptions, firstLine: number) {
    this.#options = options;
    this.#line = firstLine;
  }

  write(token: Token): void {
    this.html.push(this.#render(token));
    this.#line += countLines(token.raw);
  }

  #render(token: Token): string {
    switch (token.type) {
      case "space":
        return "";
      case "heading":
        this.#heading = (token as Tokens.Heading).text;
        return MARKED.parser([token]);
      case "html":
        return this.#comment(token.raw);
      case "code":
        return this.#code(token as Tokens.Code);
      case "table":
        return this.#table(token as Tokens.Table);
      case "list":
        return this.#list(token as Tokens.List);
      default:
        return MARKED.parser([token]);
    }
  }

  #comment(raw: string): string {
    const slot = SLOT_MARKER.exec(raw.trimEnd())?.[1];
    if (slot !== undefined) {
      this.#slot = slot;
      return "";
    }
    const note = NOTE.exec(raw)?.[1];
    if (note === undefined) return `<p>${escapeHtml(raw)}</p>`;
    return `<textarea class="note" rows="3" data-kind="note" data-line="${this.#line}" aria-label="Notes: ${escapeHtml(note)}"></textarea>`;
  }

  #code({ text, raw }: Tokens.Code): string {
    const slot = this.#slot;
    this.#slot = undefined;
    const source = `<pre><code>${escapeHtml(text)}</code></pre>`;
    if (slot === undefined) return source;
    if (this.#options.fillable) {
      const info = /^`+(\w*)/.exec(raw)?.[1] ?? "";
      const size = slot === "diagram" ? 14 : 8;
      return `<textarea rows="${size}" spellcheck="false" data-kind="slot" data-info="${info}" data-line="${this.#line}" aria-label="${escapeHtml(this.#heading)}"></textarea>`;
    }
    if (slot !== "diagram" || this.#options.diagram === undefined) return source;
    return `<figure class="scroll" tabindex="0" role="group" aria-label="Diagram">${this.#options.diagram}</figure><details><summary>Its Mermaid source</summary>${source}</details>`;
  }

  #table({ header, rows }: Tokens.Table): string {
    const names = header.map(({ text }) => text.toLowerCase());
    const head = header
      .map(({ tokens }) => `<th scope="col">${this.#inline(tokens)}</th>`)
      .join("");
    const body = rows.map((row, index) => {
      const id = row[0]?.text.replaceAll("`", "") ?? "";
      const cells = row.map(({ tokens, text }, column) => {
        const name = names[column] ?? "";
        const isField = this.#options.fillable && text === "" && FIELDS.includes(name);
        if (!isField) return `<td>${this.#inline(tokens)}</td>`;
        return `<td><input data-kind="cell" data-line="${this.#line + 2 + index}" data-column="${column}" aria-label="${escapeHtml(`${id}: ${name}`)}"></td>`;
      });
      return `<tr>${cells.join("")}</tr>`;
    });
    const label = escapeHtml(`Table: ${this.#heading}`);
    return `<div class="scroll" tabindex="0" role="group" aria-label="${label}"><table><thead><tr>${head}</tr></thead><tbody>${body.join("\n")}</tbody></table></div>`;
  }

  /** Task lists are the rubric: boxes that can be ticked. */
  #list(list: Tokens.List): string {
    if (!list.items.some(({ task }) => task)) return MARKED.parser([list]);
    let line = this.#line;
    const items = list.items.map((item) => {
      const text = item.text.replace(/^\[[ x]\]\s*/, "");
      const box = `<li><label><input type="checkbox" data-kind="check" data-line="${line}"> ${escapeHtml(text)}</label></li>`;
      line += countLines(item.raw);
      return box;
    });
    return `<ul class="ticks">${items.join("\n")}</ul>`;
  }

  #inline(tokens: readonly Token[]): string {
    return MARKED.Parser.parseInline([...tokens], MARKED.defaults);
  }
}

function countLines(raw: string): number {
  return raw.split("\n").length - 1;
}
