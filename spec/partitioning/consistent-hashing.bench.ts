/** Time budgets of `consistent-hashing`: questions to 100 nodes of 128 virtual nodes, and churn. */
import { defineBench } from "kata/harness";
import { SeededRandom, hash32 } from "kata/kit";
import type * as Stub from "../../katas/partitioning/consistent-hashing/stub.ts";

const LOOKUPS = 500;
const hash = (text: string): number => hash32(text, 0);
const nodes = Array.from({ length: 100 }, (_, i) => `node-${i}`);
/** Few nodes of many points: to sort once for each of them is far dearer than to sort once. */
const bigNodes = nodes.slice(0, 10);
const random = new SeededRandom(1);
const keys = Array.from({ length: 20_000 }, () => random.below(1e9).toString(36));

function build({ HashRing }: typeof Stub, names: string[], vnodes: number): Stub.HashRing {
  const ring = new HashRing({ hash, vnodes });
  for (const name of names) ring.add(name);
  return ring;
}

/** Calls `visit` on the next batch of keys, round and round. */
function inBatches(visit: (key: string) => unknown): () => void {
  let from = 0;
  return () => {
    for (let i = from; i < from + LOOKUPS; i += 1) visit(keys[i]!);
    from = (from + LOOKUPS) % keys.length;
  };
}

export const bench = defineBench<typeof Stub>("consistent-hashing", {
  workloads: [
    {
      id: "lookup",
      rule: 11,
      what: "500 owners on a ring of 100 nodes",
      maxRatio: 3,
      setup: (subject) => {
        const ring = build(subject, nodes, 128);
        return inBatches((key) => ring.owner(key));
      },
    },
    {
      id: "owners-3",
      rule: 11,
      what: "500 preference lists of 3 on a ring of 100 nodes",
      maxRatio: 3,
      setup: (subject) => {
        const ring = build(subject, nodes, 128);
        return inBatches((key) => ring.owners(key, 3));
      },
    },
    {
      id: "churn",
      rule: 11,
      what: "1 of 10 nodes of 512 virtual nodes leaves and comes back, a lookup after each change",
      maxRatio: 40,
      setup: (subject) => {
        const ring = build(subject, bigNodes, 512);
        let turn = 0;
        return () => {
          const node = bigNodes[turn % bigNodes.length]!;
          turn += 1;
          ring.remove(node);
          ring.owner(node);
          ring.add(node);
          ring.owner(node);
        };
      },
    },
  ],
});
