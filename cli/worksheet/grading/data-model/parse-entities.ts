import type { WrittenColumn, WrittenEntity } from "./written-entity.ts";

const MAX_ENTITIES = 60;
const MAX_COLUMNS = 60;
const MAX_LINE = 1000;

const NAME = String.raw`["'\`\[]?[A-Za-z_][\w. -]{0,60}?["'\`\]]?`;
const CREATE_TABLE = new RegExp(
  String.raw`^create\s+table\s+(?:if\s+not\s+exists\s+)?(${NAME})\s*(?:\(|$)(.*)$`,
  "i",
);
const CREATE_INDEX =
  /^create\s+(?:unique\s+)?index\b.*?\bon\s+["'`]?([\w.]+)["'`]?\s*(?:using\s+\w+\s*)?\(([^)]*)\)/i;
const BLOCK = new RegExp(String.raw`^(?:entity\s+|table\s+|type\s+)?(${NAME})\s*\{(.*)$`, "i");
const OPEN = new RegExp(String.raw`^(?:table\s+|entity\s+)?(${NAME})\s*\((.*)$`, "i");
const LISTED = new RegExp(
  String.raw`^(?:table\s+|entity\s+)?(${NAME})\s*(?::|[-–—]>?(?=\s))\s*(.*)$`,
  "i",
);
const RELATION = /[|}o][|o]?(?:--|\.\.)[|o]?[|{o]/;
const TABLE_KEYS =
  /^(?:constraint\s+\S+\s+)?(primary\s+key|unique(?:\s+(?:key|index))?|foreign\s+key|(?:partition|clustering|sort|shard)(?:ed)?(?:\s+(?:key|by|on))?|index|key|indexes|pk)\b\s*:?\s*\S*?\s*\(?([^)]*)\)?/i;

/**
 * Reads `CREATE TABLE`, Mermaid `erDiagram`, `name(col, col pk)`, `name: col type, …`, nested bullets
 * and tables. What is none of these is left out.
 *
 * @param firstLine the line of the file on which the text begins
 */
export function parseEntities(text: string, firstLine: number): WrittenEntity[] {
  const reader = new EntityReader();
  for (const [index, raw] of text.split("\n").entries()) {
    reader.read(raw.slice(0, MAX_LINE), firstLine + index);
  }
  return reader.entities;
}

interface Draft {
  readonly name: string;
  readonly line: number;
  readonly columns: WrittenColumn[];
}

class EntityReader {
  readonly entities: Draft[] = [];
  /** The entity whose columns follow, and what ends it. */
  #open: Draft | undefined;
  #end: ")" | "}" | "outdent" = "outdent";
  #indent = 0;

  read(raw: string, line: number): void {
    const indent = /^\s*/.exec(raw)?.[0].length ?? 0;
    const isBullet = /^\s*(?:[-*+•]|\d{1,3}[.)])\s+/.test(raw);
    if (raw.trimStart().startsWith("|")) return this.#readTableRow(raw, line);
    const words = plain(raw);
    if (words === "" || words === "erDiagram" || RELATION.test(words)) return;
    const index = CREATE_INDEX.exec(words);
    if (index !== null) return this.#addIndex(index[1] ?? "", index[2] ?? "");
    if (this.#open !== undefined && this.#takesLine(words, indent, isBullet)) return;
    this.#readHead(words, line, indent);
  }

  /** Whether the line belonged to the open entity. */
  #takesLine(words: string, indent: number, isBullet: boolean): boolean {
    const open = this.#open;
    if (open === undefined) return false;
    if (this.#end === "outdent") {
      if (indent <= this.#indent) {
        this.#open = undefined;
        return false;
      }
      if (isBullet || indent > this.#indent) addColumns(open, words);
      return true;
    }
    const end = closingIndex(words, this.#end);
    addColumns(open, end === -1 ? words : words.slice(0, end));
    if (end !== -1) this.#open = undefined;
    return true;
  }

  #readHead(words: string, line: number, indent: number): void {
    const table = CREATE_TABLE.exec(words) ?? OPEN.exec(words);
    const block = table === null ? BLOCK.exec(words) : null;
    const match = table ?? block;
    if (match !== null) {
      const close = table === null ? "}" : ")";
      const inside = match[2] ?? "";
      const draft = this.#begin(match[1] ?? "", line);
      if (draft === undefined) return;
      const end = closingIndex(inside, close);
      addColumns(draft, end === -1 ? inside : inside.slice(0, end));
      if (end === -1) this.#wait(draft, close, indent);
      else addKeys(draft, inside.slice(end + 1));
      return;
    }
    const listed = LISTED.exec(words);
    const name =
      listed?.[1] ?? (/^[A-Za-z_][\w ]{0,40}:?$/.test(words) ? words.replace(/:$/, "") : "");
    const draft = name === "" ? undefined : this.#begin(name, line);
    if (draft === undefined) return;
    addColumns(draft, listed?.[2] ?? "");
    this.#wait(draft, "outdent", indent);
  }

  #readTableRow(raw: string, line: number): void {
    const cells = raw
      .trim()
      .replace(/^\||\|$/g, "")
      .split("|")
      .map((cell) => plain(cell));
    const [name = "", columns = "", ...rest] = cells;
    if (name === "" || /^[-: ]+$/.test(name) || /^(?:entity|table|name|collection)$/i.test(name))
      return;
    const draft = this.#begin(name, line);
    if (draft === undefined) return;
    addColumns(draft, columns);
    addKeys(draft, rest.join(", "), "primary");
  }

  #begin(name: string, line: number): Draft | undefined {
    if (this.entities.length >= MAX_ENTITIES) return undefined;
    const draft = { name: unquote(name), line, columns: [] };
    this.entities.push(draft);
    return draft;
  }

  #wait(draft: Draft, end: ")" | "}" | "outdent", indent: number): void {
    this.#open = draft;
    this.#end = end;
    this.#indent = indent;
  }

  #addIndex(table: string, columns: string): void {
    const draft = this.entities.find(({ name }) => name.toLowerCase() === table.toLowerCase());
    if (draft !== undefined) markKeys(draft, columns, false);
  }
}

/** Columns between commas, and table-wide keys among them. */
function addColumns(draft: Draft, text: string): void {
  for (const part of splitOutside(text)) {
    const words = part
      .replace(/^[-*+•]\s+/, "")
      .replace(/[;,]$/, "")
      .trim();
    const keys = TABLE_KEYS.exec(words);
    if (keys !== null && (keys[2] ?? "") !== "" && !isColumnNamedLikeKey(words)) {
      markKeys(draft, keys[2] ?? "", /^(?:primary|pk)/i.test(keys[1] ?? ""));
    } else if (ONLY_MARKS.test(words)) {
      markKeys(draft, draft.columns.at(-1)?.name ?? "", /^\W*p/i.test(words));
    } else if (words !== "" && draft.columns.length < MAX_COLUMNS) {
      const column = readColumn(words);
      if (column !== undefined) draft.columns.push(column);
    }
  }
}

/** `hash: string, pk`: said of the column before. */
const ONLY_MARKS = /^\(?(?:pk|primary(?: key)?|fk|uk|unique|index(?:ed)?)\)?$/i;

/** `key varchar(7) pk`, `index int`: a column may be called like a key. */
function isColumnNamedLikeKey(words: string): boolean {
  return /^(?:key|index)\s+(?:var|char|int|big|text|string|uuid|pk|primary)/i.test(words);
}

/**
 * What stands after the columns: `(…) partition by chatID`, or in a cell of its own: `pk hash, index
 * userID`. A word says what the names after it are.
 */
function addKeys(draft: Draft, text: string, unsaid?: "primary"): void {
  let current: "primary" | "other" | undefined = unsaid;
  for (const word of text.split(/[\s,;:()+]+/)) {
    if (/^(?:primary|pk)$/i.test(word)) current = "primary";
    else if (
      /^(?:partition\w*|shard\w*|index\w*|unique|sort\w*|clustering|fk|foreign|secondary)$/i.test(
        word,
      )
    ) {
      current = "other";
    } else if (current !== undefined) markKeys(draft, word, current === "primary");
  }
}

function markKeys(draft: Draft, names: string, isPrimary: boolean): void {
  for (const name of names.split(/[\s,+()]+/).map(unquote)) {
    const at = draft.columns.findIndex((it) => it.name.toLowerCase() === name.toLowerCase());
    const column = draft.columns[at];
    if (column === undefined) continue;
    draft.columns[at] = { ...column, isKey: true, isPrimary: column.isPrimary || isPrimary };
  }
}

const IS_PRIMARY = /\bpk\b|primary|🔑/i;
const IS_KEY =
  /\bfk\b|foreign|references|unique|\buk\b|\bindex(?:ed)?\b|\bidx\b|partition|clustering|\bsort\b|shard|\bsk\b|\bkey\b/i;
const TYPE =
  /^(?:var|char|n?varchar|text|string|str|int|integer|bigint|smallint|serial|bigserial|uuid|ulid|timestamp|timestamptz|datetime|date|time|bool|boolean|float|double|decimal|numeric|blob|bytea|binary|json|jsonb|number|long|enum|array|list|set|map|id|bytes|varbinary|geo\w*|point)\b/i;

/** `col`, `col type`, `col type pk`, `col: type (pk)`, and Mermaid's `type col PK`. */
function readColumn(text: string): WrittenColumn | undefined {
  const isNullable = text.replace(/[?]/g, " ");
  const tokens = isNullable.split(/[\s:]+/).filter((token) => token !== "");
  const [first = "", second = ""] = tokens;
  const typeFirst =
    TYPE.test(first) && /^[A-Za-z_]\w*$/.test(second) && !TYPE.test(second) && !isMark(second);
  const name = unquote(typeFirst ? second : first).replace(/^[([]+|[)\],]+$/g, "");
  if (!/^[\p{L}_#*][\p{L}\p{N}_.]*$/u.test(name)) return undefined;
  const rest = tokens.filter((_, index) => index !== (typeFirst ? 1 : 0)).join(" ");
  const isPrimary = IS_PRIMARY.test(rest);
  return {
    name,
    type: typeFirst ? first : rest.replace(/[()[\]]*\b(?:pk|fk|uk)\b[()[\]]*/gi, "").trim(),
    isPrimary,
    isKey: isPrimary || IS_KEY.test(rest),
  };
}

function isMark(word: string): boolean {
  return /^(?:pk|fk|uk|primary|unique|index|not|null|references|key)$/i.test(word);
}

/** Splits at commas and semicolons that stand in no bracket. */
function splitOutside(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? "";
    if ("([{<".includes(char)) depth += 1;
    else if (")]}>".includes(char)) depth = Math.max(0, depth - 1);
    else if ((char === "," || char === ";") && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(text.slice(from));
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

/** The closer that belongs to a bracket opened before the text. */
function closingIndex(text: string, close: ")" | "}"): number {
  const open = close === ")" ? "(" : "{";
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === open) depth += 1;
    else if (text[at] === close) {
      if (depth === 0) return at;
      depth -= 1;
    }
  }
  return -1;
}

function plain(line: string): string {
  return line
    .replace(/\*\*|`|^\s*#+\s*/g, " ")
    .replace(/^\s*(?:[-*+•]|\d{1,3}[.)])\s+/, "")
    .replace(/--.*$/, (comment) => (RELATION.test(line) ? comment : ""))
    .replace(/\s+/g, " ")
    .trim();
}

function unquote(name: string): string {
  return name
    .trim()
    .replace(/^["'`[]+|["'`\]]+$/g, "")
    .trim();
}
