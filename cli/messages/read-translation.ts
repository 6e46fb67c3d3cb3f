import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { PACKAGE_ROOT, type Saying, type Translation } from "../../graders/reading.ts";

/** Where the catalogue and its translations lie. */
export const MESSAGES: string = join(PACKAGE_ROOT, "templates/messages");
/** Every message in English, written by `npm run docs`. */
export const CATALOGUE: string = join(MESSAGES, "en.json");

/** A translation as far as it can be used, and what is wrong with the rest. */
export interface ReadTranslation {
  readonly translation: Translation | undefined;
  readonly problems: readonly string[];
}

/** Reads a file of the catalogue's shape. What is missing, or the same as in English, is no problem. */
export function readTranslation(file: string): ReadTranslation {
  const name = basename(file);
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { translation: undefined, problems: [`${name} cannot be read: ${why}`] };
  }
  const { language, messages } = isRecord(read) ? read : {};
  if (!isLanguage(language) || !isRecord(messages)) {
    const why =
      'it needs a language, such as "de", and messages, as templates/messages/en.json has them';
    return { translation: undefined, problems: [`${name} is not a translation: ${why}`] };
  }
  const english = readCatalogue();
  const problems: string[] = [];
  const sayings = new Map<string, Saying>();
  for (const [key, entry] of Object.entries(messages)) {
    const text = isRecord(entry) ? entry["text"] : undefined;
    const problem = english.has(key)
      ? problemOf(english.get(key) ?? key, text)
      : "is not a message of this kata";
    if (problem !== undefined) problems.push(`${name}: ${JSON.stringify(key)} ${problem}`);
    else if (text !== "") sayings.set(key, text as Saying);
  }
  return { translation: { language, sayings }, problems };
}

/** The messages of this package, each with its English. */
function readCatalogue(): ReadonlyMap<string, Saying> {
  const { messages } = JSON.parse(readFileSync(CATALOGUE, "utf8")) as {
    messages: Record<string, { text: Saying }>;
  };
  return new Map(Object.entries(messages).map(([key, { text }]) => [key, text]));
}

function problemOf(english: Saying, text: unknown): string | undefined {
  if (text === "") return undefined;
  if (typeof english === "string") {
    return typeof text === "string" ? textProblem(english, text) : "needs one text";
  }
  const wanted = english.other ?? "";
  if (typeof text === "string") return textProblem(wanted, text);
  if (!isRecord(text)) return "needs a text, or one for each form";
  if (typeof text["other"] !== "string") return 'needs the form "other"';
  for (const [form, said] of Object.entries(text)) {
    if (!FORMS.has(form)) return `has no form "${form}", only ${[...FORMS].join(", ")}`;
    if (typeof said !== "string") return `needs a text for the form "${form}"`;
    const problem = textProblem(wanted, said);
    // One, and what else is a word in some language, may spell the number out.
    const isSpelledOut = SPELLED.has(form) && holesOf(wanted) === holesOf(`{n}${said}`);
    if (problem !== undefined && !isSpelledOut) return problem;
  }
  return undefined;
}

/** The plural forms of CLDR. */
const FORMS: ReadonlySet<string> = new Set(["zero", "one", "two", "few", "many", "other"]);
const SPELLED: ReadonlySet<string> = new Set(["zero", "one", "two"]);

function textProblem(english: string, text: string): string | undefined {
  if (!sameEnds(english, text)) return "needs the same spaces and line ends around it";
  return holesOf(english) === holesOf(text) ? undefined : `needs the holes ${holesOf(english)}`;
}

/** Spaces and line ends around a message are part of the layout. */
function sameEnds(english: string, text: string): boolean {
  const ends = /^\s*|\s*$/g;
  return english.match(ends)?.join("|") === text.match(ends)?.join("|");
}

function holesOf(text: string): string {
  const holes = [...new Set([...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole))];
  return holes.sort().join(" ") || "(none)";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isLanguage(value: unknown): value is string {
  try {
    return typeof value === "string" && Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}
