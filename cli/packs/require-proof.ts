import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Kata } from "../../graders/index.ts";
import { KataError, type KataOnDisk } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { untilInterrupted } from "../progress/interrupt.ts";
import { LiveLine } from "../progress/live-line.ts";
import { STATE, findWorkspace } from "../workspace/workspace.ts";
import { writeProblem } from "../workspace/write-problem.ts";

/**
 * The gate before a pack's kata is used: it passes `kata verify`, now or earlier with the same
 * content. Our own katas were proven before they were published.
 * @throws KataError `pack-unproven` when it has findings, `interrupted`, or what is broken in it.
 */
export async function requireProof(
  ctx: CliContext,
  { slug, pack }: Pick<KataOnDisk, "slug" | "pack">,
): Promise<void> {
  if (pack === undefined) return;
  const { loadKata, proofHash, verifyKata } = await import("../../graders/index.ts");
  const kata = loadKata(ctx, slug);
  const hash = proofHash(kata, ctx.env["KATA_PROTECTIONS"] ?? "");
  const workspace = findWorkspace(ctx.cwd);
  if (readProof(workspace, slug) === hash) return;
  ctx.stderr.write(`${slug} is new here. Proving once that it judges fairly …\n`);
  const live = new LiveLine(ctx);
  try {
    const { findings } = await untilInterrupted(async (signal) => {
      const onStep = (step: string): void => live.show(`${slug}: ${step}`);
      const result = await verifyKata(kata, { root: kata.root, signal, onStep });
      if (signal.aborted) throw new KataError("interrupted", { slug });
      return result;
    });
    const [first] = findings;
    if (first !== undefined) {
      const finding = `${findings.length === 1 ? "1 finding" : `${findings.length} findings`}, first: ${first.message}`;
      throw new KataError("pack-unproven", { slug, finding, author: pack.author });
    }
  } finally {
    live.clear();
  }
  keepProof(ctx, kata, hash);
}

/** Keeps that a kata of a pack is sound, so that it need not be proven again. */
export function keepProof(
  ctx: Pick<CliContext, "cwd" | "stderr">,
  { slug, pack }: Pick<Kata, "slug" | "pack">,
  hash: string,
): void {
  if (pack === undefined) return;
  const file = proofFile(findWorkspace(ctx.cwd), slug);
  try {
    mkdirSync(dirname(file), { recursive: true });
    const fresh = `${file}.${process.pid}`;
    writeFileSync(fresh, `${JSON.stringify({ kata: slug, hash })}\n`);
    renameSync(fresh, file);
  } catch (error) {
    const why = writeProblem(error);
    ctx.stderr.write(`Warning: ${file}: ${why}. ${slug} will be proven again next time.\n`);
  }
}

function readProof(workspace: string, slug: string): unknown {
  try {
    const text = readFileSync(proofFile(workspace, slug), "utf8");
    return (JSON.parse(text) as { hash?: unknown } | null)?.hash;
  } catch {
    return undefined; // Never proven, or a torn file: prove it.
  }
}

function proofFile(workspace: string, slug: string): string {
  return join(workspace, STATE, "proofs", `${slug}.json`);
}
