import { loadKata, specHash } from "../../graders/index.ts";
import { readIndex } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";

/** The spec hash of every kata as its files are now, whatever the index says. */
export async function installedSpecs(ctx: CliContext): Promise<ReadonlyMap<string, string>> {
  const index = await readIndex(ctx);
  return new Map(index.map(({ slug }) => [slug, specHash(loadKata(ctx, slug))]));
}
