import type { Item } from "./split-items.ts";

/** How well an item answers what is expected there, and by which of its words. */
export interface Claim {
  readonly credit: number;
  readonly evidence: readonly string[];
  readonly note?: "negated" | "list" | "copied" | "half";
}

/** One expected point of a text, with the best item for it. */
export interface Hit {
  /** As in `--accept bottlenecks.cacheDown`. */
  readonly id: string;
  readonly say: string;
  readonly weight: number;
  readonly credit: number;
  readonly evidence: readonly string[];
  readonly line?: number;
  readonly note?: Claim["note"];
}

/** What is expected of a text. */
export interface Expected {
  readonly id: string;
  readonly say: string;
  readonly weight: number;
  claimOf(item: Item): Claim | undefined;
}

const MOST_PER_ITEM = 2;

/**
 * Gives each expected point the item that serves it best. One item serves two at most, so that a
 * sentence with every word in it does not answer everything.
 */
export function assignItems(items: readonly Item[], expected: readonly Expected[]): Hit[] {
  const offers = expected
    .flatMap((point) =>
      items.flatMap((item) => {
        const claim = point.claimOf(item);
        return claim === undefined ? [] : [{ point, item, claim }];
      }),
    )
    .toSorted((a, b) => b.claim.credit - a.claim.credit);
  const uses = new Map<Item, number>();
  const taken = new Map<Expected, (typeof offers)[number]>();
  for (const offer of offers) {
    const used = uses.get(offer.item) ?? 0;
    if (taken.has(offer.point) || (offer.claim.credit > 0 && used >= MOST_PER_ITEM)) continue;
    taken.set(offer.point, offer);
    if (offer.claim.credit > 0) uses.set(offer.item, used + 1);
  }
  return expected.map((point) => {
    const { id, say, weight } = point;
    const offer = taken.get(point);
    if (offer === undefined) return { id, say, weight, credit: 0, evidence: [] };
    const { claim, item } = offer;
    return { id, say, weight, ...claim, line: item.line };
  });
}

/** Points for a list of hits, out of `most`. */
export function hitPoints(hits: readonly Hit[], most: number): number {
  const total = hits.reduce((sum, { weight }) => sum + weight, 0);
  const earned = hits.reduce((sum, { weight, credit }) => sum + weight * credit, 0);
  return total === 0 ? 0 : (most * earned) / total;
}
