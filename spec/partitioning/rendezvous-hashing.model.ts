/** What the properties of `rendezvous-hashing` draw from. */
import fc from "fast-check";
import { keys, keysOrEmpty } from "kata/harness";
import { hash32 } from "kata/kit";

export type Member = readonly [node: string, weight: number];
type Step = readonly ["set", string, number?] | readonly ["remove", string];

type Hash = (text: string) => number;
export const seeded =
  (seed: number): Hash =>
  (text) =>
    hash32(text, seed);
export const HASHES = {
  good: seeded(0),
  /** Two values only: ties everywhere. */
  coin: (text) => hash32(text, 0) % 2,
  constant: () => 7,
} satisfies Record<string, Hash>;
export const hashes = fc.constantFrom("good", "coin", "constant") as fc.Arbitrary<
  keyof typeof HASHES
>;
const nodes = fc.oneof(
  { withCrossShrink: true },
  { arbitrary: fc.constantFrom("a", "b", "c", "B", "ä"), weight: 3 },
  { arbitrary: keys(), weight: 1 },
);
// Rankings differ from key to key: a counterexample finds its plain key among these.
export const askedKeys = fc.oneof(
  { withCrossShrink: true },
  { arbitrary: fc.nat({ max: 30 }).map((i) => `k${i}`), weight: 2 },
  { arbitrary: keysOrEmpty(), weight: 1 },
);
export const weights = fc.constantFrom(1, 2, 1.5, 0.75, 3, 10, 1 / 16, 1_024);
const member = fc.tuple(nodes, weights);
export const members = (minLength: number): fc.Arbitrary<Member[]> =>
  fc.uniqueArray(member, { selector: ([node]) => node, minLength, maxLength: 6 });
const changes: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: member.map(([node, weight]): Step => ["set", node, weight]), weight: 3 },
  { arbitrary: nodes.map((node): Step => ["set", node]), weight: 1 },
  { arbitrary: nodes.map((node): Step => ["remove", node]), weight: 1 },
);
// An array shrinks to its last items. Turned round, it shrinks to the first.
export const steps = fc
  .array(changes, { minLength: 1, maxLength: 10 })
  .map((drawn) => drawn.toReversed());
export const callers = fc.constantFrom(
  "leaves all as it is",
  "changes the options",
  "empties the lists",
);
export const ascending = (names: Iterable<string>): string[] =>
  [...names].sort((a, b) => (a < b ? -1 : 1));
export const JOINERS = ["", ":", "#", "|", "/", "-", "_", ",", " ", "\0"];
export const SIZES = [{ nodes: 1 }, { nodes: 2 }, { nodes: 5 }, { nodes: 20 }];
export const TWINS = [
  ["A", "a"],
  ["a ", "a"],
  ["01", "1"],
  ["é", "e\u0301"],
  ["a".repeat(300), `${"a".repeat(299)}b`],
] as const;
