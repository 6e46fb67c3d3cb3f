import { KataError } from "../../graders/reading.ts";
import {
  createLanes,
  keepVerification,
  readVerification,
  verificationKey,
  verifyKata,
  type Kata,
  type Verification,
} from "../../graders/index.ts";
import type { CliContext } from "../context.ts";
import { VerifyProgress } from "../progress/verify-progress.ts";

export interface Proof {
  readonly result: Verification;
  /** Whether it was proved before, with the same files and the same engine. */
  readonly isCached: boolean;
}

interface ProveOptions {
  readonly signal: AbortSignal;
  /** Proves again what was proved before. */
  readonly fresh?: boolean;
  readonly base?: string;
  readonly onProof: (proof: Proof) => void;
}

/** Verifies katas, specs and benches in a lane of their own each; proofs in the order of the katas. */
export async function proveKatas(
  ctx: CliContext,
  katas: readonly Kata[],
  { signal, fresh, base, onProof }: ProveOptions,
): Promise<Proof[]> {
  const { root } = ctx;
  const lanes = createLanes();
  const progress = new VerifyProgress(ctx, katas.length);
  const about = base === undefined ? { root } : { root, base };
  const proofs = katas.map(async (kata): Promise<Proof> => {
    const key = verificationKey(kata, root);
    const kept = fresh === true ? undefined : readVerification(kata, about, key);
    if (kept !== undefined) return { result: kept, isCached: true };
    const onStep = (step: string): void => progress.step(kata.slug, step);
    const result = await verifyKata(kata, { ...about, lanes, signal, onStep });
    if (signal.aborted) throw new KataError("interrupted", { slug: kata.slug });
    keepVerification(root, key, result);
    return { result, isCached: false };
  });
  for (const [index, proof] of proofs.entries()) {
    proof.then(
      (found) => {
        progress.finished(katas[index]?.slug ?? "");
        progress.clear();
        onProof(found);
      },
      () => progress.clear(),
    );
  }
  return await Promise.all(proofs);
}
