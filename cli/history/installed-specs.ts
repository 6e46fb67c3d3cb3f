import { loadKata, specHash } from "../../graders/index.ts";
import { readIndex } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";

/**
 * The spec hash of every kata as its files are now, whatever the index says. A pack's kata that
 * cannot be read has none: it must not keep the others from being compared.
 */
export async function installedSpecs(ctx: CliContext): Promise<ReadonlyMap<string, string>> {
  const specs = new Map<string, string>();
  for (const { slug, pack } of await readIndex(ctx)) {
    try {
      specs.set(slug, specHash(loadKata(ctx, slug)));
    } catch (error) {
      // By name: the module that threw may have its own copy of the class (see cli/pack-main.ts).
      const isKnown = error instanceof Error && error.name === "KataError";
      if (pack === undefined || !isKnown) throw error;
    }
  }
  return specs;
}
