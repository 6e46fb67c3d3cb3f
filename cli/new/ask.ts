import { select, text } from "@clack/prompts";
import { KataError, say, sayKnown } from "../../graders/reading.ts";

/** The answers of an author, as they are typed. */
export interface Asked {
  readonly chapter: string;
  readonly title: string;
  readonly level: string;
  readonly difficulty: string;
  readonly minutes: string;
  readonly plan: string;
  readonly kind: string;
}

const NEW_CHAPTER = "";
const CHOICES = {
  level: ["beginner", "intermediate", "advanced"],
  difficulty: ["1", "2", "3", "4", "5"],
  kind: [
    "data-structure",
    "policy",
    "state-machine",
    "codec",
    "calculator",
    "checker",
    "async",
    "simulation",
  ],
} as const;

/** Asks for what the command line left open. @throws KataError `interrupted` on Ctrl-C. */
export async function askForKata(
  slug: string,
  chapters: readonly string[],
  suggested: Asked,
  told: Partial<Asked>,
): Promise<Asked> {
  const answer = async (question: Promise<string | symbol>): Promise<string> => {
    const given = await question;
    if (typeof given === "symbol") throw new KataError("new-interrupted", { slug });
    return given;
  };
  const type = (message: string, name: keyof Asked): Promise<string> =>
    answer(text({ message, initialValue: suggested[name] }));
  const choose = (message: string, name: keyof typeof CHOICES): Promise<string> => {
    const options = CHOICES[name].map((value) => ({
      value: value as string,
      label: sayKnown(value),
    }));
    return answer(select({ message, options, initialValue: suggested[name] }));
  };
  const chapter = async (): Promise<string> => {
    const options = [
      ...chapters.map((value) => ({ value, label: value })),
      { value: NEW_CHAPTER, label: say`a new chapter` },
    ];
    const chosen = await answer(select({ message: say`Which chapter?`, options, maxItems: 12 }));
    return chosen === NEW_CHAPTER ? type(say`Its name, in kebab-case`, "chapter") : chosen;
  };
  return {
    title: told.title ?? (await type(say`Title: what it is, in a few words`, "title")),
    chapter: told.chapter ?? (await chapter()),
    kind: told.kind ?? (await choose(say`What kind of kata?`, "kind")),
    level: told.level ?? (await choose(say`Which level?`, "level")),
    difficulty: told.difficulty ?? (await choose(say`How difficult?`, "difficulty")),
    minutes: told.minutes ?? (await type(say`Minutes for a prepared candidate`, "minutes")),
    plan: told.plan ?? (await type(say`Place in the 35-day plan, week.day`, "plan")),
  };
}
