/** Budgets of `consistent-hashing`: questions to 100 nodes of 128 virtual nodes, and churn. */
import { defineBench, inBatches } from "kata/harness";
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

export const bench = defineBench<typeof Stub>("consistent-hashing", {
  workloads: [
    {
      id: "lookup",
      rule: 11,
      what: "500 owners on a ring of 100 nodes",
      maxRatio: 3,
      setup: (subject) => {
        const ring = build(subject, nodes, 128);
        return inBatches(keys, LOOKUPS, (key) => ring.owner(key));
      },
    },
    {
      id: "owners-3",
      rule: 11,
      what: "500 preference lists of 3 on a ring of 100 nodes",
      maxRatio: 3,
      setup: (subject) => {
        const ring = build(subject, nodes, 128);
        return inBatches(keys, LOOKUPS, (key) => ring.owners(key, 3));
      },
    },
    {
      id: "churn",
      rule: 11,
      what: "4 of 10 nodes of 512 virtual nodes leave and come back, one by one, a lookup after each change",
      maxRatio: 40,
      setup: (subject) => {
        const ring = build(subject, bigNodes, 512);
        return inBatches([...bigNodes, ...bigNodes], 4, (node) => {
          ring.remove(node);
          ring.owner(node);
          ring.add(node);
          ring.owner(node);
        });
      },
    },
  ],
  growth: [
    {
      id: "lookup-grows",
      rule: 11,
      what: "a lookup, by the number of nodes",
      sizes: [10, 100, 1_000],
      maxExcess: 0.35,
      setup: (subject, size) => {
        const many = Array.from({ length: size }, (_, i) => `node-${i}`);
        const ring = build(subject, many, 16);
        ring.owner("warm");
        return inBatches(keys, LOOKUPS, (key) => ring.owner(key));
      },
    },
  ],
  memory: [
    {
      id: "memory",
      rule: 11,
      what: "a virtual node, in a ring of 100 nodes of 128 after 60,000 lookups",
      elements: 12_800,
      // A node of a balanced tree takes 121, an entry of a sorted array 62.
      maxBytes: 140,
      fill: (subject) => {
        const ring = build(subject, nodes, 128);
        for (const round of ["a", "b", "c"]) for (const key of keys) ring.owner(key + round);
        return ring;
      },
    },
  ],
});
