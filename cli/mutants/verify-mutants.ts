import { EXIT, KataError, type ExitCode, say } from "../../graders/reading.ts";
import {
  recordEquivalent,
  verifyMutants,
  type Kata,
  type MutantVerification,
} from "../../graders/index.ts";
import type { CliContext } from "../context.ts";
import { untilInterrupted } from "../progress/interrupt.ts";
import { VerifyProgress } from "../progress/verify-progress.ts";
import { mutantsTable, mutantsText } from "../report/mutants-text.ts";
import { cannotWrite } from "../workspace/write-problem.ts";

export interface MutantArgs {
  readonly mutants?: boolean;
  readonly equivalent?: string;
  readonly reason?: string;
  /** Tries again what was tried before. */
  readonly fresh?: boolean;
  readonly json?: boolean;
}

/** `--mutants`: 0 when the specs notice enough, 1 when there are findings. */
export async function showMutants(
  ctx: CliContext,
  katas: readonly Kata[],
  { json, fresh = false }: MutantArgs,
): Promise<ExitCode> {
  const results: MutantVerification[] = [];
  const progress = new VerifyProgress(ctx, katas.length);
  for (const kata of katas) {
    const result = await tryKata(ctx, kata, { progress, fresh });
    results.push(result);
    if (json !== true) ctx.stdout.write(mutantsText(result, kata.reference.file, ctx));
  }
  if (json === true) {
    ctx.stdout.write(`${JSON.stringify({ schemaVersion: 1, results }, null, 2)}\n`);
  } else {
    ctx.stdout.write(closing(results, ctx));
  }
  return results.every(({ findings }) => findings.length === 0) ? EXIT.ok : EXIT.failed;
}

function closing(results: readonly MutantVerification[], ctx: CliContext): string {
  if (results.length === 0) return say`Nothing has changed: there are no mutants to try.\n`;
  return results.length > 1 ? mutantsTable(results, ctx) : "";
}

/** `--equivalent <id> --reason <why>`: writes a review into kata.json. */
export async function recordMutant(
  ctx: CliContext,
  katas: readonly Kata[],
  { equivalent: id, reason, json }: MutantArgs,
): Promise<ExitCode> {
  const refuse = (option: string, value: string, why: string): KataError =>
    new KataError("bad-option", { option, value, why, command: "verify" });
  if (id === undefined) {
    throw refuse(
      "--reason",
      say`a reason alone`,
      say`say which mutant it is for: --equivalent <id>`,
    );
  }
  if (reason === undefined) {
    throw refuse("--equivalent", say`no reason`, say`say why nobody can notice it: --reason <why>`);
  }
  const [kata] = katas;
  if (kata === undefined || katas.length > 1) {
    throw refuse(
      "--equivalent",
      say`${katas.length} katas`,
      say`name the one kata that the mutant is of`,
    );
  }
  const { mutants } = await tryKata(ctx, kata, { progress: new VerifyProgress(ctx, 1) });
  try {
    const record = recordEquivalent(kata, mutants, { id, reason });
    const told = say`Recorded in ${kata.paths.manifest}:\n  ${record.change}\n  ${record.reason}\n`;
    ctx.stdout.write(json === true ? `${JSON.stringify(record)}\n` : told);
  } catch (error) {
    throw cannotWrite(kata.paths.manifest, error);
  }
  return EXIT.ok;
}

async function tryKata(
  ctx: CliContext,
  kata: Kata,
  { progress, fresh = false }: { progress: VerifyProgress; fresh?: boolean },
): Promise<MutantVerification> {
  return untilInterrupted(async (signal) => {
    const onStep = (step: string): void => progress.step(kata.slug, step);
    const task = verifyMutants(kata, { root: kata.root, fresh, signal, onStep });
    const result = await task.finally(() => {
      progress.finished(kata.slug);
      progress.clear();
    });
    if (signal.aborted) throw new KataError("interrupted", { slug: kata.slug });
    return result;
  });
}
