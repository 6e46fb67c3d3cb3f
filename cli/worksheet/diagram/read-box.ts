import type { LineCursor } from "./line-cursor.ts";

/** A box where it is mentioned; without a shape it says nothing about its label. */
export interface BoxMention {
  readonly id: string;
  readonly label?: string;
  readonly shape?: string;
  readonly classes: readonly string[];
}

// A single hyphen may stand inside an id (`api-gw`); two begin an arrow.
const ID = /[\p{L}\p{N}_](?:[\p{L}\p{N}_.]|-(?=[\p{L}\p{N}_]))*/uy;
const CLASS = /:::([\w-]+)/y;
const ATTRIBUTES = /@\{([^}]*)\}/y;

/** Longest first, so that `[[` is not read as `[`. */
const SHAPES: readonly (readonly [open: string, ...close: string[]])[] = [
  ["(((", ")))"],
  ["((", "))"],
  ["([", "])"],
  ["[[", "]]"],
  ["[(", ")]"],
  ["[/", "/]", "\\]"],
  ["[\\", "\\]", "/]"],
  ["{{", "}}"],
  ["{", "}"],
  ["(", ")"],
  ["[", "]"],
  [">", "]"],
];

/** `A`, `A[Label]`, `A[(Label)]:::class`, `A@{ shape: cyl, label: "Label" }`. */
export function readBox(cursor: LineCursor): BoxMention | undefined {
  const id = cursor.take(ID)?.[0];
  if (id === undefined) return undefined;
  const attributes = cursor.take(ATTRIBUTES)?.[1];
  const drawn = attributes === undefined ? readShape(cursor) : fromAttributes(attributes);
  if (drawn === null) return undefined;
  const classes: string[] = [];
  for (let name = cursor.take(CLASS); name !== undefined; name = cursor.take(CLASS)) {
    classes.push(name[1] ?? "");
  }
  return { id, ...drawn, classes };
}

/** Nothing where no shape begins, null where one begins and does not end. */
function readShape(cursor: LineCursor): Pick<BoxMention, "label" | "shape"> | null {
  const start = cursor.at;
  for (const [open, ...close] of SHAPES) {
    cursor.at = start;
    if (!cursor.skip(open)) continue;
    const label = readQuoted(cursor, close) ?? readPlain(cursor, close);
    if (label !== undefined) return { label: cleanLabel(label), shape: open };
  }
  cursor.at = start;
  return "([{>".includes(cursor.peek()) && cursor.peek() !== "" ? null : {};
}

function readQuoted(cursor: LineCursor, closers: readonly string[]): string | undefined {
  const start = cursor.at;
  cursor.skipSpace();
  if (cursor.skip('"')) {
    const end = cursor.text.indexOf('"', cursor.at);
    const label = cursor.text.slice(cursor.at, end);
    cursor.at = end + 1;
    cursor.skipSpace();
    if (end !== -1 && closers.some((close) => cursor.skip(close))) return label;
  }
  cursor.at = start;
  return undefined;
}

/** Up to the first closer that leaves the brackets inside the label in pairs. */
function readPlain(cursor: LineCursor, closers: readonly string[]): string | undefined {
  let first: { readonly label: string; readonly end: number } | undefined;
  for (let end = cursor.at; end < cursor.text.length; end += 1) {
    const close = closers.find((it) => cursor.text.startsWith(it, end));
    if (close === undefined) continue;
    const label = cursor.text.slice(cursor.at, end);
    first ??= { label, end: end + close.length };
    if (isPaired(label)) {
      cursor.at = end + close.length;
      return label;
    }
  }
  if (first === undefined) return undefined;
  cursor.at = first.end;
  return first.label;
}

function isPaired(label: string): boolean {
  let depth = 0;
  for (const char of label) {
    if ("([{".includes(char)) depth += 1;
    else if (")]}".includes(char)) depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

function fromAttributes(attributes: string): Pick<BoxMention, "label" | "shape"> {
  const label = /label:\s*(?:"([^"]*)"|([^,}]*))/.exec(attributes);
  const shape = /shape:\s*([\w-]+)/.exec(attributes)?.[1] ?? "";
  const text = label?.[1] ?? label?.[2];
  const open = shape === "processes" || shape.startsWith("subproc") ? "[[" : "[";
  return text === undefined ? { shape: open } : { label: cleanLabel(text), shape: open };
}

const MAX_LABEL = 200;

/** The words of a label, without quotes, tags and entities. */
export function cleanLabel(text: string): string {
  return text
    .replace(/<[^<>]*>/g, " ")
    .replace(/#(?:\w+|\d+);/g, " ")
    .replace(/["`*_]/g, " ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, MAX_LABEL);
}
