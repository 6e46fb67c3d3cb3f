import { existsSync, readFileSync } from "node:fs";
import { loadKata } from "../../graders/index.ts";
import { EXIT, type ExitCode, KataError, parseStatement, say } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { oneKey } from "../loop/one-key.ts";
import { renderMarkdown } from "../report/markdown.ts";
import { designsText } from "../report/review-text.ts";
import { readDesigns } from "../review/read-designs.ts";
import { splitNotes } from "../review/split-notes.ts";
import { unlockSolution } from "../workspace/unlock-solution.ts";
import { requireSlug } from "../workspace/workspace.ts";

interface Args {
  readonly slug?: string;
  readonly giveUp?: boolean;
  readonly json?: boolean;
}

/** Sets a passed attempt beside our designs; then notes, all hints, and the follow-up questions. */
export async function run(ctx: CliContext, args: Args): Promise<ExitCode> {
  const slug = await requireSlug(ctx, args.slug, "review");
  const kata = loadKata(ctx, slug);
  const { statement, notes: notesFile, reference } = kata.paths;
  for (const file of [statement, notesFile, reference]) {
    if (!existsSync(file)) {
      throw new KataError("content-broken", { slug, why: say`${file} is missing` });
    }
  }
  unlockSolution(ctx, slug, args.giveUp === true);
  const found = await readDesigns(ctx, kata);
  const { hints, followUps } = parseStatement(readFileSync(statement, "utf8"));
  const { notes, answers } = splitNotes(readFileSync(notesFile, "utf8"));
  if (args.json === true) {
    const { designs, grade } = found;
    const budgets = grade?.budgets ?? [];
    const review = { kata: slug, designs, budgets, notes, hints, followUps, answers };
    ctx.stdout.write(`${JSON.stringify({ schemaVersion: 1, ...review }, null, 2)}\n`);
    return EXIT.ok;
  }
  ctx.stdout.write(`${designsText(found, slug, ctx)}\n`);
  ctx.stdout.write(`${renderMarkdown(notes, ctx)}\n`);
  ctx.stdout.write(`${renderMarkdown(asMarkdown("Hints", hints), ctx)}\n`);
  const isAnswered = await askFollowUps(ctx, followUps);
  if (isAnswered && answers !== "") ctx.stdout.write(`\n${renderMarkdown(answers, ctx)}`);
  ctx.stdout.write(say`\nOur code: kata solution ${slug}   What is next: kata next\n`);
  return EXIT.ok;
}

function asMarkdown(heading: string, items: readonly string[]): string {
  const numbered = items.map((item, index) => say`**${index + 1} of ${items.length}**\n\n${item}`);
  return `## ${heading}\n\n${numbered.join("\n\n")}\n`;
}

/** One by one where there is somebody to answer, else all at once. False when the user left. */
async function askFollowUps(ctx: CliContext, questions: readonly string[]): Promise<boolean> {
  if (!ctx.isTty || !process.stdin.isTTY) {
    ctx.stdout.write(renderMarkdown(asMarkdown(say`Follow-up questions`, questions), ctx));
    return true;
  }
  ctx.stdout.write(renderMarkdown(say`## Follow-up questions`, ctx));
  for (const [index, question] of questions.entries()) {
    const number = say`**${index + 1} of ${questions.length}**`;
    ctx.stdout.write(`\n${renderMarkdown(`${number} ${question}`, ctx)}`);
    const isLast = index === questions.length - 1;
    ctx.stdout.write(
      say`\nSay it aloud, then Enter ${isLast ? say`for the answers` : say`goes on`}. `,
    );
    const key = await oneKey();
    ctx.stdout.write("\n");
    if (key !== "return" && key !== "enter") return false;
  }
  return true;
}
