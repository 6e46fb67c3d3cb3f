import { type Word, splitWords } from "./words.ts";

/** One claim of a text: a bullet, a table row or a paragraph. */
export interface Item {
  readonly text: string;
  /** 1-based line of the file. */
  readonly line: number;
  readonly words: readonly Word[];
}

const MAX_ITEMS = 200;
const MAX_ITEM_LENGTH = 2000;
/** "Non-functional:" says where one is, not what is claimed. */
const LONGEST_TITLE = 40;
const BULLET = /^\s*(?:[-*+•]|\d{1,3}[.)])\s+/;

/**
 * The items of a slot, the first 200 of them. Identical ones count once.
 *
 * @param firstLine the line of the file on which the text begins
 */
export function splitItems(text: string, firstLine: number): Item[] {
  const drafts: { lines: string[]; line: number }[] = [];
  let open = false;
  for (const [index, raw] of text.split("\n").entries()) {
    const isTitle = /^\S.*:$/.test(raw.trimEnd()) && !BULLET.test(raw);
    const isNew = isTitle || BULLET.test(raw) || raw.trimStart().startsWith("|");
    const words = raw
      .replace(BULLET, "")
      .replace(/^\s*(?:#+|>)\s*/, "")
      .trim();
    if (words === "" || (isTitle && words.length <= LONGEST_TITLE)) {
      open = false;
    } else if (isNew || !open) {
      drafts.push({ lines: [words], line: firstLine + index });
      open = true;
    } else {
      drafts.at(-1)?.lines.push(words);
    }
  }
  const seen = new Set<string>();
  return drafts.slice(0, MAX_ITEMS).flatMap(({ lines, line }) => {
    const item = lines.join(" ").slice(0, MAX_ITEM_LENGTH);
    const words = splitWords(item);
    const key = words.map((word) => word.text).join(" ");
    if (words.length === 0 || seen.has(key)) return [];
    seen.add(key);
    return [{ text: item, line, words }];
  });
}
