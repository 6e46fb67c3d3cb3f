/** Budgets of `merkle-tree`: building, proofs, and a map under updates. */
import { defineBench, inBatches } from "kata/harness";
import { SeededRandom, hash32, sha256 } from "kata/kit";
import type * as Stub from "../../katas/replication/merkle-tree/stub.ts";

type Subject = typeof Stub;
const random = new SeededRandom(1);
const leaves = Array.from({ length: 4_000 }, (_, i) => new TextEncoder().encode(`leaf-${i}`));
const asked = Array.from({ length: 20_000 }, () => random.below(250));
const updates = Array.from({ length: 1_000 }, (_, i) => ({
  key: `user-${random.below(5_000)}`,
  value: `value-${i}`,
}));

export const bench = defineBench<Subject>("merkle-tree", {
  workloads: [
    {
      id: "build",
      rule: 9,
      what: "a tree of 250 leaves and its root",
      maxRatio: 2.5,
      setup: ({ MerkleTree }) => {
        const some = leaves.slice(0, 250);
        return () => new MerkleTree(some, sha256).root;
      },
    },
    {
      id: "proof",
      rule: 9,
      what: "500 proofs in a tree of 4,000 leaves",
      // A path costs half a microsecond: room for designs that look every digest up.
      maxRatio: 8,
      setup: (subject) => prove(subject, 4_000),
    },
    {
      id: "map-updates",
      rule: 9,
      what: "25 sets in a map of depth 12, and a root",
      maxRatio: 3,
      setup: ({ MerkleMap }) => {
        const hash = (text: string): number => hash32(text, 0);
        const map = new MerkleMap({ depth: 12, hash, sha256 });
        for (const { key, value } of updates) map.set(key, value);
        const summary = map.summary();
        const update = inBatches(updates, 25, ({ key, value }) => map.set(key, `${value}!`));
        return () => {
          update();
          return summary.digest(0, 0);
        };
      },
    },
  ],
  growth: [
    {
      id: "proof-grows",
      rule: 9,
      what: "a proof, by the number of leaves",
      sizes: [250, 1_000, 4_000],
      maxExcess: 0.25,
      setup: prove,
    },
  ],
});

function prove({ MerkleTree }: Subject, size: number): () => void {
  const tree = new MerkleTree(leaves.slice(0, size), sha256);
  const step = Math.floor(size / 250);
  return inBatches(asked, 500, (index) => tree.proof(index * step));
}
