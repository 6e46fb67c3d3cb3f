import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { EXIT, type ExitCode, KataError, say } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { compareShares, type Comparison } from "../group/compare-shares.ts";
import { readShares } from "../group/read-shares.ts";
import { regradeShares } from "../group/regrade-shares.ts";
import { installedSpecs } from "../history/installed-specs.ts";
import { boardHtml } from "../report/board-html.ts";
import { compareCsv, compareText } from "../report/compare-text.ts";
import { pathFrom } from "../report/path-from.ts";
import { withoutControls } from "../report/style.ts";
import { cannotWrite } from "../workspace/write-problem.ts";

interface Args {
  readonly files: readonly string[];
  readonly kata?: string;
  readonly html?: string;
  readonly csv?: boolean;
  readonly json?: boolean;
  readonly regrade?: boolean;
}

/** Compares members' files kata by kata: 0, or 1 when a regrade found what was not claimed. */
export async function run(ctx: CliContext, args: Args): Promise<ExitCode> {
  const { shares, unreadable } = readShares(ctx.cwd, args.files);
  for (const { file, why } of unreadable) {
    const name = withoutControls(pathFrom(ctx.cwd, file));
    ctx.stderr.write(say`Left out ${name}: ${withoutControls(why)}.\n`);
  }
  const comparison = only(compareShares(shares, await installedSpecs(ctx)), args.kata);
  const regraded = args.regrade === true ? await regradeShares(ctx, comparison) : undefined;
  if (args.html !== undefined) {
    const file = resolve(ctx.cwd, args.html);
    try {
      writeFileSync(file, boardHtml(comparison, regraded));
    } catch (error) {
      throw cannotWrite(pathFrom(ctx.cwd, file), error);
    }
    ctx.stderr.write(say`Wrote ${pathFrom(ctx.cwd, file)}\n`);
  }
  if (args.json === true) {
    const result = { schemaVersion: 1, ...comparison, regraded, leftOut: unreadable };
    ctx.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  } else if (args.csv === true) ctx.stdout.write(compareCsv(comparison));
  else ctx.stdout.write(compareText(comparison, regraded, ctx, args.kata !== undefined));
  return regraded?.some(({ differs }) => differs !== undefined) === true ? EXIT.failed : EXIT.ok;
}

function only(comparison: Comparison, kata: string | undefined): Comparison {
  if (kata === undefined) return comparison;
  const katas = comparison.katas.filter((each) => each.kata === kata);
  if (katas.length > 0) return { ...comparison, katas };
  const known = comparison.katas.map((each) => each.kata).join(", ");
  const why = say`nobody shares it; there are ${known || say`no katas`}`;
  throw new KataError("bad-option", { option: "--kata", value: kata, why, command: "compare" });
}
