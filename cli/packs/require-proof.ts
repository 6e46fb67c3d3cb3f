import { KataError, type KataOnDisk, say, sayCount } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { untilInterrupted } from "../progress/interrupt.ts";

/** Says nothing of fairness, and much of how busy this machine is. */
const COMFORT: ReadonlySet<string> = new Set(["spec-is-quick"]);

/**
 * The gate before a pack's kata is used: it passes `kata verify`, now or earlier with the same
 * content. A slow spec is no reason to refuse it. Our own katas were proven before they were published.
 * @throws KataError `pack-unproven` when it has findings, `interrupted`, or what is broken in it.
 */
export async function requireProof(
  ctx: CliContext,
  { slug, pack }: Pick<KataOnDisk, "slug" | "pack">,
): Promise<void> {
  if (pack === undefined) return;
  const { loadKata } = await import("../../graders/index.ts");
  const { isProved, keepForUse, proveKatas } = await import("../verify/prove-katas.ts");
  const kata = loadKata(ctx, slug);
  if (isProved(ctx, kata)) return;
  ctx.stderr.write(say`${slug} is new here. Proving once that it judges fairly …\n`);
  const [proof] = await untilInterrupted((signal) =>
    proveKatas(ctx, [kata], { signal, onProof: () => {} }),
  );
  if (proof === undefined || proof.result.findings.length === 0) return;
  const findings = proof.result.findings.filter(({ check }) => !COMFORT.has(check));
  const [first] = findings;
  if (first === undefined) return keepForUse(ctx, kata, proof.result);
  const count = sayCount(findings.length, "{n} finding", "{n} findings, first");
  const finding = `${count}: ${first.message}`;
  throw new KataError("pack-unproven", { slug, finding, author: pack.author });
}
