import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { speak } from "../../graders/reading.ts";
import { MESSAGES, readTranslation } from "./read-translation.ts";

const MOST_PROBLEMS = 3;

/**
 * Speaks the language that KATA_LANG names, or that of the file KATA_MESSAGES; JSON is for programs and
 * stays English. Returns what the user should know of a translation that cannot be used as it is.
 */
export function chooseLanguage(
  env: Readonly<Record<string, string | undefined>>,
  argv: readonly string[],
): readonly string[] {
  const { KATA_LANG: language = "", KATA_MESSAGES: own = "" } = env;
  if (argv.includes("--json")) return [];
  if (own === "" && (language === "" || language === "en")) return [];
  const file = own === "" ? join(MESSAGES, `${language}.json`) : resolve(own);
  if (own === "" && (!/^[\w-]+$/.test(language) || !existsSync(file))) {
    return [
      `There is no templates/messages/${language}.json: KATA_LANG names a translation. English is used.`,
    ];
  }
  const { translation, problems } = readTranslation(file);
  speak(translation);
  const rest = problems.length - MOST_PROBLEMS;
  return [
    ...problems.slice(0, MOST_PROBLEMS).map((problem) => `${problem}. English is used.`),
    ...(rest > 0 ? [`… and ${rest} more. See CONTRIBUTING.md, "Translate kata".`] : []),
  ];
}

/** Chosen as this file loads, before any other file that has a message: main.ts imports it first. */
export const LANGUAGE_PROBLEMS: readonly string[] = chooseLanguage(process.env, process.argv);
