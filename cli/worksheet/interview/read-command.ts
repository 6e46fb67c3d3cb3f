/** What a line typed during an interview asks for. */
export type Command =
  | { readonly kind: "note"; readonly text: string; readonly tag?: string }
  | { readonly kind: (typeof WORDS)[number] }
  | { readonly kind: "unknown"; readonly word: string };

const WORDS = [
  "next",
  "back",
  "time",
  "pause",
  "ask",
  "hint",
  "skip",
  "twist",
  "done",
  "help",
] as const;

/** Rows of the rubric by the letter that stands before a note: `t: weighs two stores`. */
export const TAGS: Readonly<Record<string, string>> = {
  e: "exploration",
  t: "tradeOffs",
  d: "depth",
  f: "failure",
  c: "communication",
  r: "change",
};

const MAX_NOTE = 4000;

/** Undefined for an empty line. */
export function readCommand(line: string): Command | undefined {
  const text = line.trim().slice(0, MAX_NOTE);
  if (text === "") return undefined;
  if (text.startsWith("/")) {
    const word = text.slice(1).split(/\s/)[0]?.toLowerCase() ?? "";
    const known = WORDS.find((it) => it === word);
    return known === undefined ? { kind: "unknown", word } : { kind: known };
  }
  const [, letter = "", rest = ""] = /^([a-z]):\s*(.+)$/i.exec(text) ?? [];
  const tag = TAGS[letter.toLowerCase()];
  return tag === undefined ? { kind: "note", text } : { kind: "note", text: rest, tag };
}
