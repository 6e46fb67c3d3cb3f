import { EXIT, KataError, type ExitCode } from "../../graders/reading.ts";
import { findKatas, loadKata, verifyKata, type Verification } from "../../graders/index.ts";
import type { CliContext } from "../context.ts";
import { untilInterrupted } from "../progress/interrupt.ts";
import { LiveLine } from "../progress/live-line.ts";
import { verificationText } from "../report/verification.ts";
import { recordMutant, showMutants, type MutantArgs } from "../mutants/verify-mutants.ts";

interface Args extends MutantArgs {
  readonly slugs: readonly string[];
  readonly all?: boolean;
}

/** Proves katas: 0 when all are sound, 1 when there are findings. */
export async function run(ctx: CliContext, args: Args): Promise<ExitCode> {
  const { slugs, all, json, mutants } = args;
  if (slugs.length === 0 && all !== true) {
    const params = { option: "verify", value: "no kata", why: "name one or more, or say --all" };
    throw new KataError("bad-option", { ...params, command: "verify" });
  }
  const named = all === true ? findKatas(ctx.root).map(({ slug }) => slug) : [...new Set(slugs)];
  const katas = named.map((slug) => loadKata(ctx.root, slug));
  if (args.equivalent !== undefined || args.reason !== undefined) {
    return recordMutant(ctx, katas, args);
  }
  if (mutants === true) return showMutants(ctx, katas, args);
  const live = new LiveLine(ctx);
  const results: Verification[] = [];
  await untilInterrupted(async (signal) => {
    for (const kata of katas) {
      const onStep = (step: string): void => live.show(`${kata.slug}: ${step}`);
      const result = await verifyKata(kata, { root: ctx.root, signal, onStep });
      live.clear();
      if (signal.aborted) throw new KataError("interrupted", { slug: kata.slug });
      results.push(result);
      if (json !== true) ctx.stdout.write(verificationText(result, ctx));
    }
  });
  if (json === true)
    ctx.stdout.write(`${JSON.stringify({ schemaVersion: 1, results }, null, 2)}\n`);
  const faulty = results.filter(({ findings }) => findings.length > 0).length;
  if (json !== true) {
    const sound = `${results.length - faulty} of ${results.length} katas are sound.\n`;
    ctx.stdout.write(results.length > 1 ? sound : "");
  }
  return faulty === 0 ? EXIT.ok : EXIT.failed;
}
