import { EXIT, KataError, type ExitCode, readIndex } from "../../graders/reading.ts";
import { loadKata, proofHash, verifyKata, type Verification } from "../../graders/index.ts";
import type { CliContext } from "../context.ts";
import { keepProof } from "../packs/require-proof.ts";
import { untilInterrupted } from "../progress/interrupt.ts";
import { LiveLine } from "../progress/live-line.ts";
import { verificationText } from "../report/verification.ts";
import { isInWorkspace } from "../workspace/workspace.ts";

interface Args {
  readonly slugs: readonly string[];
  readonly all?: boolean;
  readonly json?: boolean;
}

/** Proves katas: 0 when all are sound, 1 when there are findings. */
export async function run(ctx: CliContext, { slugs, all, json }: Args): Promise<ExitCode> {
  if (slugs.length === 0 && all !== true) {
    const params = { option: "verify", value: "no kata", why: "name one or more, or say --all" };
    throw new KataError("bad-option", { ...params, command: "verify" });
  }
  const named = await expand(ctx, all === true ? undefined : slugs);
  const katas = named.map((slug) => loadKata(ctx, slug));
  const live = new LiveLine(ctx);
  const results: Verification[] = [];
  await untilInterrupted(async (signal) => {
    for (const kata of katas) {
      const onStep = (step: string): void => live.show(`${kata.slug}: ${step}`);
      const hash =
        kata.pack === undefined ? "" : proofHash(kata, ctx.env["KATA_PROTECTIONS"] ?? "");
      const result = await verifyKata(kata, { root: kata.root, signal, onStep });
      live.clear();
      if (signal.aborted) throw new KataError("interrupted", { slug: kata.slug });
      results.push(result);
      if (result.findings.length === 0 && isInWorkspace(ctx.cwd)) keepProof(ctx, kata, hash);
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

/** Every slug there is; or those that were named, where a pack's namespace stands for all its katas. */
async function expand(ctx: CliContext, names: readonly string[] | undefined): Promise<string[]> {
  const entries = await readIndex(ctx, (place, error) => {
    if (names === undefined || names.includes(place.namespace)) throw error;
  });
  if (names === undefined) return entries.map(({ slug }) => slug);
  const slugs = names.flatMap((name) => {
    const ofPack = entries.filter(({ pack }) => pack?.namespace === name);
    return ofPack.length === 0 ? [name] : ofPack.map(({ slug }) => slug);
  });
  return [...new Set(slugs)];
}
