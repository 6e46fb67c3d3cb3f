/** What `merkle-tree` is compared with: RFC 9162, 2.1, as it is written there, and plain maps. */
import fc from "fast-check";
import { keysOrEmpty } from "kata/harness";
import { hash32, sha256 } from "kata/kit";

type Bytes = Uint8Array;

const joined = (...parts: readonly Bytes[]): Bytes =>
  Uint8Array.from(parts.flatMap((part) => [...part]));
export const hashLeaf = (leaf: Bytes): Bytes => sha256(joined(Uint8Array.of(0), leaf));
export const hashNode = (left: Bytes, right: Bytes): Bytes =>
  sha256(joined(Uint8Array.of(1), left, right));
export const hex = (bytes: Bytes): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
export const fromHex = (text: string): Bytes =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** The largest power of two below n, for n > 1. */
const split = (n: number): number => {
  let k = 1;
  while (2 * k < n) k *= 2;
  return k;
};

/** Tree hashes and paths of a list, by the recursive definition; each sublist is hashed once. */
export class Rfc9162 {
  readonly leaves: readonly Bytes[];
  readonly #known = new Map<string, Bytes>();

  constructor(leaves: readonly Bytes[]) {
    this.leaves = leaves;
  }

  get root(): Bytes {
    return this.leaves.length === 0 ? sha256(new Uint8Array()) : this.#hash(0, this.leaves.length);
  }

  path(index: number, from = 0, to = this.leaves.length): Bytes[] {
    if (to - from === 1) return [];
    const k = from + split(to - from);
    return index < k
      ? [...this.path(index, from, k), this.#hash(k, to)]
      : [...this.path(index, k, to), this.#hash(from, k)];
  }

  #hash(from: number, to: number): Bytes {
    const known = this.#known.get(`${from} ${to}`);
    if (known !== undefined) return known;
    const k = from + (to - from > 1 ? split(to - from) : 0);
    const hash =
      to - from === 1
        ? hashLeaf(this.leaves[from]!)
        : hashNode(this.#hash(from, k), this.#hash(k, to));
    this.#known.set(`${from} ${to}`, hash);
    return hash;
  }
}

/** Leaves and tree hashes of the test data of Certificate Transparency. */
const LEAVES = "|00|10|2021|3031|40414243|5051525354555657|606162636465666768696a6b6c6d6e6f";
export const ROOTS = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];
/** The leaves of which `ROOTS` are the tree hashes, by their number. */
export const published = ROOTS.map((_, size) => LEAVES.split("|").slice(0, size).map(fromHex));

/** On which side of the path the siblings stand, from the leaf up. */
function sides(index: number, size: number): ("left" | "right")[] {
  if (size === 1) return [];
  const k = split(size);
  return index < k ? [...sides(index, k), "right"] : [...sides(index - k, size - k), "left"];
}

export interface Claim {
  readonly root: Bytes;
  readonly leaf: Bytes;
  readonly index: number;
  readonly size: number;
  readonly proof: readonly Bytes[];
}

/** Whether a claim holds: a proof of the one right length, from which the root follows. */
export function isProven({ root, leaf, index, size, proof }: Claim): boolean {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size)) return false;
  if (index < 0 || index >= size) return false;
  const path = sides(index, size);
  if (path.length !== proof.length || proof.some(({ length }) => length !== 32)) return false;
  const top = proof.reduce(
    (hash, sibling, i) => (path[i] === "left" ? hashNode(sibling, hash) : hashNode(hash, sibling)),
    hashLeaf(leaf),
  );
  return hex(top) === hex(root);
}

/** Bytes, some of them a view into a larger array. */
const leaf: fc.Arbitrary<Bytes> = fc
  .tuple(fc.uint8Array({ maxLength: 40 }), fc.nat(3))
  .map(([bytes, before]) =>
    joined(new Uint8Array(before), bytes, Uint8Array.of(7)).subarray(before, before + bytes.length),
  );
const few = fc.constantFrom("", "00", "01").map(fromHex);
export const leafLists = (minLength: number, maxLength: number): fc.Arbitrary<Bytes[]> =>
  fc.oneof(
    fc.array(leaf, { minLength, maxLength, size: "max" }),
    fc.array(few, { minLength, maxLength, size: "max" }),
  );

export type Step =
  { readonly set: readonly [key: string, value: string] } | { readonly delete: string };
/** Steps that set the keys and values of a list in turns. */
export function sets(...list: readonly string[]): Step[] {
  return list.flatMap((key, i) =>
    i % 2 === 0 ? [{ set: [key, list[i + 1] ?? ""] as const }] : [],
  );
}
const punctuation = ["", ":", ",", "=", "&", ";", "|", " ", "\n", "\u0000", '","'];
export const separators = punctuation.flatMap((a) => punctuation.map((b) => [a, b] as const));
/** Short texts whose concatenations often read alike, and strange ones. */
const wellFormed = keysOrEmpty().filter((text) => !/\p{Surrogate}/u.test(text));
const texts = fc.oneof(
  { withCrossShrink: true },
  {
    arbitrary: fc
      .array(fc.constantFrom("a", "b", "1", ":", ",", "\u0000"), { maxLength: 3 })
      .map((letters) => letters.join("")),
    weight: 4,
  },
  { arbitrary: wellFormed, weight: 1 },
);
export const steps = (maxLength: number): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.oneof(
      fc.tuple(texts, texts).map(([key, value]): Step => ({ set: [key, value] })),
      fc.tuple(texts, texts).map(([key, value]): Step => ({ set: [key, value] })),
      texts.map((key): Step => ({ delete: key })),
    ),
    { maxLength, size: "max" },
  );

export const hash = (text: string): number => hash32(text, 1);
export const bucketOf = (key: string, depth: number): number =>
  Math.floor((hash(key) * 2 ** depth) / 2 ** 32);

export function apply(contents: Map<string, string>, step: Step): boolean | undefined {
  if ("delete" in step) return contents.delete(step.delete);
  contents.set(...step.set);
  return undefined;
}

/** What a claim is changed by. Wherever a change has nothing to work on, the claim stays right. */
export const edits = {
  nothing: (claim) => claim,
  "a bit of the proof flipped": (claim, { which }) => ({
    ...claim,
    proof: flipOne(claim.proof, which),
  }),
  "a bit of the leaf flipped": (claim, { which }) => ({ ...claim, leaf: flip(claim.leaf, which) }),
  "a bit of the root flipped": (claim, { which }) => ({ ...claim, root: flip(claim.root, which) }),
  "two digests swapped": (claim, { which }) => {
    const at = claim.proof.length < 2 ? 0 : which % (claim.proof.length - 1);
    const [a, b] = claim.proof.slice(at, at + 2);
    if (a === undefined || b === undefined) return claim;
    return { ...claim, proof: [...claim.proof.slice(0, at), b, a, ...claim.proof.slice(at + 2)] };
  },
  "another index": (claim, { which }) => ({ ...claim, index: which % (claim.size + 2) }),
  "another size": (claim, { which }) => ({ ...claim, size: which % (2 * claim.size + 2) }),
  "the last digest missing": (claim) => ({ ...claim, proof: claim.proof.slice(0, -1) }),
  "the first digest missing": (claim) => ({ ...claim, proof: claim.proof.slice(1) }),
  "a digest more": (claim, { which }) => ({
    ...claim,
    proof: [...claim.proof, which % 2 === 0 ? claim.root : new Uint8Array(32)],
  }),
  "a short digest": (claim) => ({ ...claim, proof: claim.proof.map((each) => each.slice(0, 31)) }),
  "a longer root": (claim) => ({ ...claim, root: joined(claim.root, Uint8Array.of(0)) }),
  "an empty root": (claim) => ({ ...claim, root: new Uint8Array() }),
  "the index and proof of another leaf": (claim, { which, tree }) => {
    const index = which % claim.size;
    return { ...claim, index, proof: tree.proof(index) };
  },
  "an inner node for a leaf": (claim, { which, tree }) => {
    const left = 2 * (which % Math.floor(claim.size / 2));
    if (claim.size < 2 || claim.size % 2 !== 0) return claim;
    const [a, b] = [tree.proof(left + 1)[0], tree.proof(left)[0]];
    if (a === undefined || b === undefined) return claim;
    const proof = tree.proof(left).slice(1);
    return { ...claim, leaf: joined(a, b), index: left / 2, size: claim.size / 2, proof };
  },
  "an index that is no integer from 0 on": (claim, { odd }) => ({ ...claim, index: odd }),
  "a size that is no integer": (claim, { odd }) => ({ ...claim, size: odd }),
  "2^k equal leaves": (claim, { which }) => {
    const levels = 31 + (which % 22);
    const hashes = [hashLeaf(claim.leaf)];
    for (let i = 0; i < levels; i += 1) hashes.push(hashNode(hashes[i]!, hashes[i]!));
    const size = 2 ** levels;
    const proof = hashes.slice(0, levels - (which % 5 === 0 ? 1 : 0));
    return { root: hashes[levels]!, leaf: claim.leaf, index: size - 1 - which, size, proof };
  },
} satisfies Record<string, Edit>;

interface Means {
  readonly which: number;
  readonly odd: number;
  readonly tree: { proof(index: number): Bytes[] };
}
type Edit = (claim: Claim, means: Means) => Claim;

function flip(bytes: Bytes, which: number): Bytes {
  return bytes.map((byte, i) => (i === which % bytes.length ? byte ^ (1 << (which % 8)) : byte));
}

function flipOne(proof: readonly Bytes[], which: number): Bytes[] {
  return proof.map((each, i) => (i === which % proof.length ? flip(each, which) : each));
}

/** The buckets in which the contents differ after two scripts. */
export function differences(
  depth: number,
  left: readonly Step[],
  right: readonly Step[],
): number[] {
  const [a, b] = [left, right].map((all) => {
    const contents = new Map<string, string>();
    for (const step of all) apply(contents, step);
    return contents;
  }) as [Map<string, string>, Map<string, string>];
  const keys = [...a.keys(), ...b.keys()].filter((key) => a.get(key) !== b.get(key));
  return [...new Set(keys.map((key) => bucketOf(key, depth)))].sort((x, y) => x - y);
}
