import {
  EXIT,
  type ExitCode,
  KataError,
  LEVEL_ORDER,
  type LibraryEntry,
  readIndex,
  say,
} from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { listTable } from "../report/list-table.ts";
import { NO_PROGRESS, isByOlderSpec, readProgress } from "../workspace/progress.ts";
import { findWorkspace } from "../workspace/workspace.ts";

export interface ListArgs {
  readonly chapter?: string;
  readonly level?: string;
  readonly json?: boolean;
}

/** Shows the katas and where the user stands with each. Loads nothing heavy. */
export async function run(ctx: CliContext, args: ListArgs): Promise<ExitCode> {
  const index = (await readIndex(ctx, warnOf(ctx))).filter((entry) => entry.status !== "draft");
  const chapters = [...new Set(index.map((entry) => entry.chapter))].sort();
  requireOneOf("--chapter", args.chapter, chapters);
  requireOneOf("--level", args.level, LEVEL_ORDER);

  const progress = readProgress(ctx, findWorkspace(ctx.cwd));
  const rows = index
    .filter((entry) => args.chapter === undefined || entry.chapter === args.chapter)
    .filter((entry) => args.level === undefined || entry.level === args.level)
    .sort(byChapterThenDifficulty)
    .map((entry) => ({ ...entry, progress: progress.get(entry.slug) ?? NO_PROGRESS }));

  if (args.json === true) {
    const katas = rows.map(({ progress, pack, ...entry }) => ({
      ...entry,
      pack: pack ?? null,
      state: progress.state,
      best: progress.best ?? null,
      isByOlderSpec: isByOlderSpec(progress, entry.specHash),
    }));
    ctx.stdout.write(`${JSON.stringify({ schemaVersion: 1, katas }, null, 2)}\n`);
  } else {
    ctx.stdout.write(listTable(rows, ctx));
  }
  return EXIT.ok;
}

function warnOf({ stderr }: CliContext): Parameters<typeof readIndex>[1] {
  return ({ namespace }, error) => {
    stderr.write(say`Warning: the pack ${namespace} is left out. ${error.message} ${error.hint}\n`);
  };
}

function requireOneOf(option: string, value: string | undefined, valid: readonly string[]): void {
  if (value === undefined || valid.includes(value)) return;
  const why = say`it is one of ${valid.join(", ")}`;
  throw new KataError("bad-option", { option, value: `"${value}"`, why, command: "list" });
}

function byChapterThenDifficulty(a: LibraryEntry, b: LibraryEntry): number {
  const [one = "", other = ""] = [a, b].map(({ pack }) => pack?.namespace);
  if (one !== other) return one < other ? -1 : 1;
  if (a.chapter !== b.chapter) return a.chapter < b.chapter ? -1 : 1;
  if (a.difficulty !== b.difficulty) return a.difficulty - b.difficulty;
  return a.slug < b.slug ? -1 : 1;
}
