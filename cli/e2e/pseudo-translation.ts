import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PACKAGE_ROOT, type Saying } from "../../graders/reading.ts";

/** Around each message of a pseudo-translation, so that what is none stands out. */
const [OPEN, CLOSE] = ["⟦", "⟧"];

/** Writes a translation in which each message is its English in brackets; its path is for KATA_MESSAGES. */
export function writePseudoTranslation(folder: string): string {
  const catalogue = join(PACKAGE_ROOT, "templates/messages/en.json");
  const { messages } = JSON.parse(readFileSync(catalogue, "utf8")) as {
    messages: Record<string, { text: Saying }>;
  };
  const bracketed = Object.entries(messages).map(([key, { text }]) => [
    key,
    { text: typeof text === "string" ? bracket(text) : mapForms(text) },
  ]);
  const written = join(folder, "pseudo.json");
  const translation = { language: "en-GB", messages: Object.fromEntries(bracketed) as object };
  writeFileSync(written, JSON.stringify(translation));
  return written;
}

/** The words of a text that belong neither to a message nor to `content`: names, files, commands. */
export function unsaid(text: string, content: readonly string[] = []): string[] {
  let rest = flat(text.replaceAll(/⟦[^⟦⟧]*⟧/g, " "));
  // The longest first: a name may be part of another.
  for (const known of content.map(flat).toSorted((a, b) => b.length - a.length)) {
    const escaped = known.replaceAll(/[$()*+.?[\\\]^{|}]/g, "\\$&");
    rest = rest.replaceAll(new RegExp(`(?<!\\p{L})${escaped}(?!\\p{L})`, "gu"), " ");
  }
  return rest.match(/\p{L}[\p{L}'’-]+/gu) ?? [];
}

/** Holes stay outside: English that is put into one is not a message by that. */
function bracket(text: string): string {
  return text
    .split(/(\{\w+\})/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/\S(?:[\s\S]*\S)?/, enclose)))
    .join("");
}

function enclose(text: string): string {
  return `${OPEN}${text}${CLOSE}`;
}

function mapForms(forms: Exclude<Saying, string>): Saying {
  return Object.fromEntries(
    Object.entries(forms).map(([form, text]) => [form, bracket(text ?? "")]),
  );
}

function flat(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
