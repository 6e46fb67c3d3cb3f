import type { Concept } from "../definition/system.ts";
import type { Item } from "./split-items.ts";
import { type Word, splitWords } from "./words.ts";

/** Where an item speaks of a concept. */
export interface Mention {
  /** The words of the answer, as they stand there. */
  readonly quote: string;
  /** Index of the first word and of the one after the last. */
  readonly from: number;
  readonly to: number;
  /** "no cache", "instead of Kafka": what is meant, a person must say. */
  readonly negated: boolean;
}

/** The first mention that is not negated, else the first, else none. */
export function findConcept(item: Item, concept: Concept): Mention | undefined {
  return findTerms(item, concept.any);
}

/** @param terms phrases; a word that ends in `*` may end otherwise */
export function findTerms(item: Item, terms: readonly string[]): Mention | undefined {
  let negated: Mention | undefined;
  for (const mention of allMentions(item, terms)) {
    if (!mention.negated) return mention;
    negated ??= mention;
  }
  return negated;
}

/** Every mention of any of the terms. */
export function allMentions(item: Item, terms: readonly string[]): Mention[] {
  return terms.flatMap((term) => {
    const pattern = patternOf(term);
    if (pattern.length === 0) return [];
    const found: Mention[] = [];
    for (let from = 0; from + pattern.length <= item.words.length; from += 1) {
      if (pattern.every((fits, index) => fits(item.words[from + index] as Word))) {
        const to = from + pattern.length;
        found.push({
          quote: quoteOf(item, from, to),
          from,
          to,
          negated: isNegated(item.words, from),
        });
      }
    }
    return found;
  });
}

type Fits = (word: Word) => boolean;

const patterns = new Map<string, readonly Fits[]>();

function patternOf(term: string): readonly Fits[] {
  const known = patterns.get(term);
  if (known !== undefined) return known;
  const pattern = splitWords(term).map(({ text, one, to }): Fits => {
    if (term[to] === "*") return (word) => word.text.startsWith(text);
    return (word) => word.one === one;
  });
  patterns.set(term, pattern);
  return pattern;
}

const NEGATIONS: ReadonlySet<string> = new Set(
  "no not never without nor avoid avoids don't doesn't isn't aren't won't can't cannot skip drop".split(
    " ",
  ),
);
const NEGATION_WINDOW = 3;

/** Whether "no", "without", "instead of" stands at most three words before, in the same clause. */
function isNegated(words: readonly Word[], from: number): boolean {
  for (let at = from - 1; at >= Math.max(0, from - NEGATION_WINDOW); at -= 1) {
    if (words[at + 1]?.begins === true) return false;
    const word = words[at]?.text ?? "";
    const pair = `${words[at - 1]?.text ?? ""} ${word}`;
    if (NEGATIONS.has(word) || pair === "instead of" || pair === "rather than") return true;
  }
  return false;
}

const AROUND = 2;
const MAX_QUOTE = 60;

/** The mention with a little of what stands around it. */
function quoteOf(item: Item, from: number, to: number): string {
  const start = item.words[Math.max(0, from - AROUND)]?.from ?? 0;
  const end = item.words[Math.min(item.words.length, to + AROUND) - 1]?.to ?? item.text.length;
  const quote = item.text.slice(start, end);
  return quote.length <= MAX_QUOTE ? quote : `${quote.slice(0, MAX_QUOTE - 1)}…`;
}
