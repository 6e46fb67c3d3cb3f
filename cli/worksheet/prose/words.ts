/** A word of a text, with its place, so that evidence can be quoted. */
export interface Word {
  /** Lower case. */
  readonly text: string;
  /** Its singular, roughly. */
  readonly one: string;
  readonly from: number;
  readonly to: number;
  /** Whether a sentence or a clause ended before it. */
  readonly begins: boolean;
}

// A figure keeps its point (99.99); camelCase is two words, p99 and base62 are one.
const WORD = /\d+(?:\.\d+)+|[\p{Lu}]?[\p{Ll}\p{N}']+|[\p{Lu}\p{N}]+(?![\p{Ll}])|[\p{L}\p{N}]+/gu;

export function splitWords(text: string): Word[] {
  const words: Word[] = [];
  let end = 0;
  for (const match of text.matchAll(WORD)) {
    const between = text.slice(end, match.index);
    end = match.index + match[0].length;
    const word = match[0].toLowerCase().replace(/'s?$/, "");
    words.push({
      text: word,
      one: singular(word),
      from: match.index,
      to: end,
      begins: words.length === 0 || /[.;:!?\n]/.test(between),
    });
  }
  return words;
}

const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    "a an and are as at be by can do does each every for from get has have if in into is it its of on " +
    "one or our own per so than that the their them then there they this to up we when where which " +
    "who will with you your"
  ).split(" "),
);

/** Words that carry meaning. */
export function meaningfulWords(text: string): string[] {
  return splitWords(text)
    .map((word) => word.text)
    .filter((word) => !STOP_WORDS.has(word));
}

/** The singular of an English plural, roughly: entries, replicas, caches, boxes. */
export function singular(word: string): string {
  if (word.length > 4 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && /(?:s|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  if (word.length > 3 && word.endsWith("s") && !/(?:ss|us|is)$/.test(word))
    return word.slice(0, -1);
  return word;
}
