/** What a translation says for one message: a text, or one for each plural form of its language. */
export type Saying = string | Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;

/** Messages in another language, by their English; what is missing stays English. */
export interface Translation {
  /** As BCP 47 names it: `de`, `pt-BR`. It decides the plural forms. */
  readonly language: string;
  readonly sayings: ReadonlyMap<string, Saying>;
}

type Holes = Readonly<Record<string, string | number>>;

let spoken: Translation | undefined;

/** Speaks this language from here on; English when there is none. */
export function speak(translation: Translation | undefined): void {
  spoken = translation;
}

/** Its name, "" for English: part of the key of what is kept with its messages. */
export function spokenLanguage(): string {
  return spoken?.language ?? "";
}

/** Does something in English, for what is written down or compared. */
export function inEnglish<T>(work: () => T): T {
  const before = spoken;
  spoken = undefined;
  try {
    return work();
  } finally {
    spoken = before;
  }
}

/**
 * A message for the user, in the language that is spoken: say`${slug} holds now.` English is at its
 * place of use and costs a concatenation. A translation finds the message by its English with numbers
 * for holes, `{0} holds now.`, and may put them in another order.
 */
export function say(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | null | undefined)[]
): string {
  if (spoken !== undefined) {
    const saying = spoken.sayings.get(keyOf(parts));
    if (typeof saying === "string")
      return fill(saying, Object.fromEntries(values.map(String).entries()));
  }
  return parts.reduce((text, part, index) => `${text}${String(values[index - 1])}${part}`);
}

/**
 * A message with a number in it, `{n}`: sayCount(3, "{n} kata", "{n} katas"). Its key is the second
 * form; a translation has as many as its language asks for.
 */
export function sayCount(count: number, one: string, other: string, holes: Holes = {}): string {
  const all = { n: count, ...holes };
  const saying = spoken?.sayings.get(other);
  if (spoken === undefined || saying === undefined) return fill(count === 1 ? one : other, all);
  if (typeof saying === "string") return fill(saying, all);
  const form = new Intl.PluralRules(spoken.language).select(count);
  return fill(saying[form] ?? saying.other ?? other, all);
}

/** A message that stands in a table, such as the one of errors, or an id that is shown as a word. */
export function sayKnown(english: string, holes?: Readonly<Record<string, string>>): string {
  const saying = spoken?.sayings.get(english);
  const text = typeof saying === "string" ? saying : english;
  return holes === undefined ? text : fill(text, holes);
}

/** The English of a message with its holes numbered: what a translation finds it by. */
export function keyOf(parts: readonly string[]): string {
  return parts.reduce((key, part, index) => `${key}{${index - 1}}${part}`);
}

function fill(text: string, holes: Readonly<Record<string, string | number | undefined>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(holes[name] ?? ""));
}
