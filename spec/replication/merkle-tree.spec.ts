/** Judges `merkle-tree`. Rules are those of katas/replication/merkle-tree/README.md. */
import fc from "fast-check";
import { defineSpec, equal, holds, notIntegersIn, throws, within } from "kata/harness";
import { sha256 } from "kata/kit";
import type * as Stub from "../../katas/replication/merkle-tree/stub.ts";
import {
  type Claim,
  ROOTS,
  Rfc9162,
  type Step,
  apply,
  bucketOf,
  differences,
  edits,
  hash,
  hex,
  isProven,
  leafLists,
  published,
  separators,
  sets,
  steps,
} from "./merkle-tree.model.ts";

/** All sizes up to two beyond 32, and around 64. */
const SIZES = [...Array.from({ length: 34 }, (_, i) => i + 1), 63, 64, 65, 70];
const depths = fc.oneof(fc.nat(3), fc.nat(12));

defineSpec<typeof Stub>("merkle-tree", (subject, check) => {
  const verify = ({ root, leaf, index, size, proof }: Claim): boolean =>
    subject.verifyInclusion(root, leaf, index, size, proof, sha256);
  const counting = (): { sha256: Stub.Sha256; calls: number } => {
    const counter = {
      calls: 0,
      sha256: (bytes: Uint8Array) => ((counter.calls += 1), sha256(bytes)),
    };
    return counter;
  };
  const play = (map: Stub.MerkleMap, step: Step): boolean | undefined => {
    if ("delete" in step) return map.delete(step.delete);
    map.set(...step.set);
    return undefined;
  };
  const mapOf = (depth: number, all: readonly Step[]): Stub.MerkleMap => {
    const map = new subject.MerkleMap({ depth, hash, sha256 });
    for (const step of all) play(map, step);
    return map;
  };
  const digests = ({ depth, digest }: Stub.Summary): string[] =>
    Array.from({ length: 2 ** (depth + 1) - 1 }, (_, i) => {
      const level = Math.floor(Math.log2(i + 1));
      return hex(digest(level, i + 1 - 2 ** level));
    });

  check.property(
    "rfc-roots",
    { rule: [1, 4, 8], points: 20, examples: published },
    leafLists(0, 33),
    (leaves) => {
      const counter = counting();
      const given = leaves.map((leaf) => leaf.slice());
      const tree = new subject.MerkleTree(given, counter.sha256);
      const first = tree.root;
      const expected = hex(new Rfc9162(leaves).root);
      const what = `root of ${leaves.length} leaves`;
      equal(hex(first), expected, what);
      equal(tree.size, leaves.length, `size of ${leaves.length} leaves`);
      if (leaves.length > 0)
        equal(counter.calls, 2 * leaves.length - 1, `SHA-256 calls for the ${what}`);
      if (given.every((leaf, i) => published[8]![i]?.join() === leaf.join())) {
        equal(expected, ROOTS[leaves.length], `our own model of the ${what}`);
      }
      first.fill(0);
      for (const leaf of given) leaf.fill(1);
      equal(
        hex(tree.root),
        expected,
        `${what}, after the leaves and the root that was returned changed`,
      );
    },
  );

  check.property(
    "proofs-verify",
    {
      rule: [2, 3, 4, 8],
      points: 20,
      runs: 20,
      examples: SIZES.map((size) => Array.from({ length: size }, (_, leaf) => Uint8Array.of(leaf))),
    },
    leafLists(1, 40),
    (leaves) => {
      const [model, counter] = [new Rfc9162(leaves), counting()];
      const tree = new subject.MerkleTree(leaves, counter.sha256);
      const { root, size } = { root: tree.root, size: leaves.length };
      for (const [index, leaf] of leaves.entries()) {
        const before = counter.calls;
        const proof = tree.proof(index);
        const what = `proof(${index}) of ${size} leaves`;
        within(
          counter.calls - before,
          0,
          Math.ceil(Math.log2(size)) + 1,
          `SHA-256 calls of ${what}`,
        );
        equal(proof.map(hex), model.path(index).map(hex), what);
        equal(verify({ root, leaf, index, size, proof }), true, `verifyInclusion of ${what}`);
        for (const digest of proof) digest.fill(0);
        equal(tree.proof(index).map(hex), model.path(index).map(hex), `${what}, asked again`);
      }
      for (const index of notIntegersIn(0, size - 1)) {
        throws(() => tree.proof(index), "RangeError", `proof(${index}) of ${size} leaves`);
      }
    },
  );

  check.property(
    "proofs-reject",
    { rule: [1, 3], points: 20, runs: 400 },
    fc.record({
      leaves: leafLists(1, 20),
      // Leaf 0 is the one that an index below 0 could pass for.
      at: fc.oneof(fc.constant(0), fc.nat(19)),
      edit: fc.constantFrom(...(Object.keys(edits) as (keyof typeof edits)[])),
      which: fc.nat(300),
      odd: fc.constantFrom(0.5, 0.5, -1, -1, Number.NaN, Infinity, -Infinity, 2 ** 53),
    }),
    ({ leaves, at, edit, which, odd }) => {
      const tree = new subject.MerkleTree(leaves, sha256);
      const size = leaves.length;
      const index = at % size;
      const right: Claim = {
        root: tree.root,
        leaf: leaves[index]!,
        index,
        size,
        proof: tree.proof(index),
      };
      const claim = edits[edit](right, { which, odd, tree });
      const { index: i, size: n, proof } = claim;
      const what = `verifyInclusion(root, leaf, ${i}, ${n}, ${proof.length} digests) with ${edit}`;
      let actual: unknown;
      try {
        actual = verify(claim);
      } catch (error) {
        holds(false, what, "true or false", `threw ${String(error)}`);
      }
      equal(actual, isProven(claim), what);
    },
  );

  check.property(
    "map-history-free",
    { rule: [4, 5, 7, 8], points: 15 },
    fc.record({ depth: fc.nat(4), steps: steps(25), asked: fc.boolean() }).chain((input) => {
      const contents = new Map<string, string>();
      for (const step of input.steps) apply(contents, step);
      const all = [...contents].map((set): Step => ({ set }));
      const fresh = fc.shuffledSubarray(all, { minLength: all.length });
      return fc.record({ input: fc.constant(input), fresh });
    }),
    ({ input: { depth, steps, asked }, fresh }) => {
      const contents = new Map<string, string>();
      const map = mapOf(depth, []);
      const summary = map.summary();
      equal(summary.depth, depth, "depth of the summary");
      for (const step of steps) {
        equal(
          play(map, step),
          apply(contents, step),
          `delete, which tells whether the key was there`,
        );
        if (asked) summary.digest(0, 0).fill(0);
      }
      const expected = digests(mapOf(depth, fresh).summary());
      equal(digests(summary), expected, "all digests, against a new map with the same contents");
      const outside = notIntegersIn(0, depth).map((level) => [level, 0] as const);
      const beside = notIntegersIn(0, 2 ** depth - 1).map((index) => [depth, index] as const);
      for (const [level, index] of [...outside, ...beside]) {
        const what = `digest(${level}, ${index}) of depth ${depth}`;
        throws(() => summary.digest(level, index), "RangeError", what);
      }
      for (const bad of notIntegersIn(0, 16)) {
        throws(() => mapOf(bad, []), "RangeError", `new MerkleMap({ depth: ${bad}, ... })`);
      }
    },
  );

  check.property(
    "diff-exact",
    {
      rule: [5, 6],
      points: 15,
      runs: 300,
      examples: [
        // Two keys of one bucket swap their values.
        { depth: 0, common: [], mine: sets("a", "1", "b", "2"), theirs: sets("a", "2", "b", "1") },
        // A letter moves from the value to the key; a pair with an empty value, and none.
        { depth: 0, common: [], mine: sets("a", "bc"), theirs: sets("ab", "c") },
        { depth: 0, common: [], mine: sets("a", ""), theirs: [] },
        // One value that reads like the end of a pair and another pair.
        ...separators.map(([colon, comma]) => ({
          depth: 0,
          common: [],
          mine: sets("a", `x${comma}b${colon}y`),
          theirs: sets("a", "x", "b", "y"),
        })),
      ],
    },
    fc.record({ depth: depths, common: steps(12), mine: steps(3), theirs: steps(3) }),
    ({ depth, common, mine, theirs }) => {
      const [left, right] = [
        [...common, ...mine],
        [...common, ...theirs],
      ];
      const expected = differences(depth, left, right);
      const [a, b] = [mapOf(depth, left).summary(), mapOf(depth, right).summary()];
      equal(subject.differingBuckets(a, b), expected, "differingBuckets(mine, theirs)");
      equal(subject.differingBuckets(b, a), expected, "differingBuckets(theirs, mine)");
    },
  );

  check.property(
    "diff-cost",
    { rule: [6, 7, 8], points: 10 },
    fc.record({
      depth: depths,
      otherDepth: fc.nat(12),
      common: steps(12),
      mine: steps(3),
      theirs: steps(3),
    }),
    ({ depth, otherDepth, common, mine, theirs }) => {
      const [left, right] = [
        [...common, ...mine],
        [...common, ...theirs],
      ];
      const calls = [0, 0];
      const watched = [left, right].map((all, side): Stub.Summary => {
        const summary = mapOf(depth, all).summary();
        const digest: Stub.Summary["digest"] = (level, index) => {
          calls[side]! += 1;
          return summary.digest(level, index);
        };
        return { depth, digest };
      });
      const found = differences(depth, left, right).length;
      subject.differingBuckets(watched[0]!, watched[1]!);
      const most = 1 + 2 * depth * found;
      for (const side of [0, 1]) {
        within(
          calls[side]!,
          found === 0 ? 1 : 0,
          most,
          `digest calls, depth ${depth}, ${found} buckets differ`,
        );
      }
      if (otherDepth !== depth) {
        const other = mapOf(otherDepth, []).summary();
        const what = `differingBuckets of depths ${depth} and ${otherDepth}`;
        throws(() => subject.differingBuckets(watched[0]!, other), "RangeError", what);
      }

      const counter = counting();
      const map = new subject.MerkleMap({ depth, hash, sha256: counter.sha256 });
      map.summary().digest(0, 0);
      const contents = new Map<string, string>();
      for (const step of left) {
        const key = "delete" in step ? step.delete : step.set[0];
        const size = (): number =>
          [...contents.keys()].filter((each) => bucketOf(each, depth) === bucketOf(key, depth))
            .length;
        const [before, was] = [counter.calls, size()];
        apply(contents, step);
        play(map, step);
        map.summary().digest(0, 0);
        const what = `SHA-256 calls of ${JSON.stringify(step)} and the root after it, depth ${depth}`;
        within(counter.calls - before, 0, depth + 1 + Math.max(was, size()), what);
      }
    },
  );
});
