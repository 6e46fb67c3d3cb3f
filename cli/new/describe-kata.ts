import { KataError, say } from "../../graders/reading.ts";
import { findKatas, KataManifest } from "../../graders/index.ts";
import type { CliContext } from "../context.ts";
import { classNameOf, titleOf, type NewKata } from "../scaffold/kata-files.ts";
import type { Asked } from "./ask.ts";

/** What `kata new` was told on the command line. */
export interface NewArgs extends Partial<Asked> {
  readonly slug: string;
  readonly class?: string;
}

const DEFAULTS = {
  level: "intermediate",
  difficulty: "3",
  minutes: "45",
  plan: "1.1",
  kind: "data-structure",
} as const;

/**
 * The kata to write: from the flags, else from the questions when there is somebody to ask, else
 * from the defaults.
 * @throws KataError `kata-exists`, or `bad-option` for an answer that kata.json would not accept.
 */
export async function describeKata(ctx: CliContext, root: string, args: NewArgs): Promise<NewKata> {
  const { slug } = args;
  checkField("slug", "<slug>", slug);
  const katas = findKatas(root);
  const taken = katas.find((kata) => kata.slug === slug);
  if (taken !== undefined) throw new KataError("kata-exists", { slug, chapter: taken.chapter });
  const chapters = [...new Set(katas.map(({ chapter }) => chapter))];
  const suggested = { ...DEFAULTS, title: titleOf(slug), chapter: "" };
  let told: Partial<Asked> = args;
  if (ctx.isTty && ctx.stderrIsTty) {
    const { askForKata } = await import("./ask.ts");
    told = await askForKata(slug, chapters, suggested, args);
  }
  const { chapter, title, level, difficulty, minutes, plan, kind } = { ...suggested, ...told };
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(chapter)) {
    const why = say`name one in kebab-case; there are ${chapters.join(", ") || say`none yet`}`;
    throw refused("--chapter", chapter, why);
  }
  const className = args.class ?? classNameOf(slug);
  if (!/^[A-Z][A-Za-z0-9]*$/.test(className)) {
    throw refused("--class", className, say`a class is named like BloomFilter`);
  }
  const kata = { slug, chapter, title, className, level, plan, kind };
  for (const field of ["title", "level", "plan", "kind"] as const) {
    checkField(field, `--${field}`, kata[field]);
  }
  const numbers = { difficulty: Number(difficulty), minutes: Number(minutes) };
  checkField("difficulty", "--difficulty", numbers.difficulty, difficulty);
  checkField("minutes", "--minutes", numbers.minutes, minutes);
  return { ...kata, ...numbers };
}

function checkField(
  field: keyof KataManifest,
  option: string,
  value: unknown,
  typed: unknown = value,
): void {
  const { error } = KataManifest.shape[field].safeParse(value);
  if (error === undefined) return;
  throw refused(option, typed, error.issues.map(({ message }) => message).join("; "));
}

function refused(option: string, value: unknown, why: string): KataError {
  const shown = value === "" ? say`nothing` : String(value);
  return new KataError("bad-option", { option, value: shown, why, command: "new" });
}
