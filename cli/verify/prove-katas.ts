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
import { findWorkspace } from "../workspace/workspace.ts";
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
  const lanes = createLanes();
  const progress = new VerifyProgress(ctx, katas.length);
  const proofs = katas.map(async (kata): Promise<Proof> => {
    const { root } = kata;
    const about = base === undefined ? { root } : { root, base };
    const folder = proofFolder(ctx, kata);
    const key = verificationKey(kata);
    const kept = fresh === true ? undefined : readVerification(folder, kata, about, key);
    if (kept !== undefined) return { result: kept, isCached: true };
    const onStep = (step: string): void => progress.step(kata.slug, step);
    const result = await verifyKata(kata, { ...about, lanes, signal, onStep });
    if (signal.aborted) throw new KataError("interrupted", { slug: kata.slug });
    keepVerification(folder, key, result);
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

/** Whether exactly this kata was proved by exactly this engine before, or found fit for use. */
export function isProved(ctx: CliContext, kata: Kata): boolean {
  const folder = proofFolder(ctx, kata);
  return [verificationKey(kata), useKey(kata)].some(
    (key) => readVerification(folder, kata, {}, key) !== undefined,
  );
}

/** Keeps that a kata may be used, with findings that are its author's to mend. */
export function keepForUse(ctx: CliContext, kata: Kata, result: Verification): void {
  keepVerification(proofFolder(ctx, kata), useKey(kata), { ...result, findings: [] });
}

/** Not the key of a proof: `kata verify` looks again. */
function useKey(kata: Kata): string {
  return `${verificationKey(kata)} for use`;
}

/** A proof is kept where the katas are; but what lies in a pack is the pack's own word. */
function proofFolder({ cwd }: CliContext, { root, pack }: Kata): string {
  return pack === undefined ? root : findWorkspace(cwd);
}
