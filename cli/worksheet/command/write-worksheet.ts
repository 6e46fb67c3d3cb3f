import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { EXIT, type ExitCode, KataError, say } from "../../../graders/reading.ts";
import type { CliContext } from "../../context.ts";
import { pathFrom } from "../../report/path-from.ts";
import { shellWord } from "../../report/shell-word.ts";
import { cannotWrite } from "../../workspace/write-problem.ts";
import { openSystem } from "../definition/open-system.ts";
import { implausible, readOverrides } from "../definition/read-overrides.ts";
import { createVariant } from "../definition/variant.ts";
import { kataRows } from "../render/kata-rows.ts";
import {
  AUDIENCES,
  type Audience,
  type MarkdownRequest,
  renderMarkdown,
} from "../render/render-markdown.ts";
import { isPristine } from "./is-pristine.ts";

export interface WriteArgs {
  readonly system: string;
  readonly for?: string;
  readonly format?: string;
  readonly set?: readonly string[];
  readonly setFile?: string;
  readonly out?: string;
  readonly hints?: boolean;
  readonly binary?: boolean;
}

const FORMATS = ["md", "html"] as const;
type Format = (typeof FORMATS)[number];

/**
 * Writes a worksheet, never over one that somebody has worked on.
 * @throws KataError `unknown-system`, `bad-option`, `unknown-assumption`, `worksheet-exists`, `cannot-write`.
 */
export async function writeWorksheet(
  ctx: CliContext,
  workspace: string,
  args: WriteArgs,
): Promise<ExitCode> {
  const audience = oneOf("--for", args.for ?? "candidate", AUDIENCES);
  const format = oneOf("--format", args.format ?? "md", FORMATS);
  const system = await openSystem(workspace, args.system);
  const overrides = readOverrides(system, { ...args, cwd: ctx.cwd });
  for (const warning of implausible(system, overrides)) ctx.stderr.write(`${warning}\n`);
  const request: MarkdownRequest = {
    variant: createVariant(system, overrides),
    audience,
    prefix: args.binary === true ? "binary" : system.conventions.prefix,
    hints: args.hints === true,
    katas: await kataRows(ctx, system),
  };
  const text = await renderAs(format, request);
  if (args.out === "-") {
    ctx.stdout.write(text);
    return EXIT.ok;
  }
  const file =
    args.out === undefined
      ? join(workspace, "worksheets", fileName(system.slug, audience, format))
      : resolve(ctx.cwd, args.out);
  place(ctx, file, text, request);
  ctx.stdout.write(nextSteps(ctx, file, request, format));
  return EXIT.ok;
}

async function renderAs(format: Format, request: MarkdownRequest): Promise<string> {
  const markdown = renderMarkdown(request);
  if (format === "md") return markdown;
  const { renderPage } = await import("../page/render-page.ts");
  return renderPage(markdown, request);
}

function oneOf<T extends string>(option: string, value: string, valid: readonly T[]): T {
  const found = valid.find((known) => known === value);
  if (found !== undefined) return found;
  const why = say`it is one of ${valid.join(", ")}`;
  throw new KataError("bad-option", { option, value: `"${value}"`, why, command: "worksheet" });
}

function fileName(slug: string, audience: Audience, format: Format): string {
  return audience === "candidate" ? `${slug}.${format}` : `${slug}.${audience}.${format}`;
}

function place(ctx: CliContext, file: string, text: string, request: MarkdownRequest): void {
  const shown = pathFrom(ctx.cwd, file);
  try {
    if (existsSync(file)) {
      const standing = readFileSync(file, "utf8");
      if (standing === text) return;
      if (!isPristine(standing, request)) {
        const { slug } = request.variant.system;
        throw new KataError("worksheet-exists", { file: shown, slug });
      }
    }
    mkdirSync(dirname(file), { recursive: true });
    const fresh = `${file}.${process.pid}.new`;
    writeFileSync(fresh, text);
    renameSync(fresh, file);
  } catch (error) {
    throw cannotWrite(shown, error);
  }
}

function nextSteps(
  ctx: CliContext,
  file: string,
  { variant, audience }: MarkdownRequest,
  format: Format,
): string {
  const shown = pathFrom(ctx.cwd, file);
  const { slug } = variant.system;
  const lines = [say`Wrote ${shown}`, ""];
  if (audience === "candidate" && format === "md") {
    lines.push(say`Fill:    ${shown}`, say`Grade:   kata worksheet grade ${shellWord(shown)}`);
  } else if (audience === "candidate") {
    lines.push(
      say`Fill:    open it in a browser; Save gives you the Markdown`,
      say`Grade:   kata worksheet grade <what you saved>`,
    );
  }
  if (audience !== "answers") lines.push(say`Answers: kata worksheet ${slug} --for answers`);
  return `${lines.join("\n").trimEnd()}\n`;
}
