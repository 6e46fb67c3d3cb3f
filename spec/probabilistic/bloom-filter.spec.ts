/** Judges `bloom-filter`. Rules are those of katas/probabilistic/bloom-filter/README.md. */
import fc from "fast-check";
import { defineSpec, equal, holds, keysOrEmpty, throws, within } from "kata/harness";
import { hash32 } from "kata/kit";
import type * as Stub from "../../katas/probabilistic/bloom-filter/stub.ts";

/** Bits and hashes that the formulas ask for. */
function idealSize(n: number, p: number): { bits: number; hashes: number } {
  const bits = Math.ceil((-n * Math.log(p)) / Math.LN2 ** 2);
  return { bits, hashes: Math.max(1, Math.round((bits / n) * Math.LN2)) };
}

const sizes = fc.record({
  n: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 1_000_000 })),
  p: fc.oneof(
    fc.integer({ min: 1, max: 99 }).map((percent) => percent / 100),
    fc.integer({ min: 1, max: 6 }).map((digits) => 10 ** -digits),
  ),
});

/** Strange keys among plain ones, which are seldom equal and so fill the filter. */
const mixedKeys = fc.oneof(
  { arbitrary: fc.nat().map((n) => `user-${n}`), weight: 3 },
  { arbitrary: keysOrEmpty(), weight: 1 },
);
const keyLists = fc.array(mixedKeys, { maxLength: 300, size: "max" });

/** Keys that differ in little: what is added, what is asked, and the rate the filter is built for. */
const FAMILIES = [
  {
    family: "one character differs, in another place",
    p: 0.01,
    added: () => grid(66, 30, (letter, column) => oneCharacter(letter, 2 * column)),
    asked: () => grid(660, 30, (letter, column) => oneCharacter(letter, 2 * column + 1)),
  },
  {
    family: "one character beyond the first 256 differs",
    p: 0.01,
    added: () => list(0, 2_000, (i) => `user-${String.fromCharCode(0x4e00 + i)}`),
    asked: () => list(2_000, 22_000, (i) => `user-${String.fromCharCode(0x4e00 + i)}`),
  },
  {
    family: "only the length differs",
    p: 0.1,
    added: () => list(0, 300, (length) => "x".repeat(length)),
    asked: () => list(300, 1_300, (length) => "x".repeat(length)),
  },
  {
    family: "only the normalisation form differs",
    p: 0.1,
    added: () => list(0, 2_000, (i) => `${i}\u00e9`),
    asked: () => list(0, 2_000, (i) => `${i}e\u0301`),
  },
];

defineSpec<typeof Stub>("bloom-filter", ({ BloomFilter }, check) => {
  const build = (n: number, p: number, keys: readonly string[] = []): Stub.BloomFilter => {
    const filter = new BloomFilter({ expectedItems: n, falsePositiveRate: p, hash: hash32 });
    for (const key of keys) filter.add(key);
    return filter;
  };

  /** At most twice the design rate of the asked keys may be reported as present. */
  const judgeRate = (p: number, added: string[], asked: string[], keys = "keys"): void => {
    const n = added.length;
    const filter = build(n, p, added);
    const present = asked.filter((key) => filter.has(key)).length;
    const what = `${keys} reported as present, of ${asked.length} that were never added (n ${n}, p ${p})`;
    within(present, 0, 2 * p * asked.length, what);
  };

  check.property(
    "no-false-negatives",
    { rule: [1, 6], points: 25 },
    fc.oneof(
      { withCrossShrink: true },
      {
        arbitrary: fc.record({
          keys: keyLists,
          plain: fc.constant(0),
          overfilled: fc.constantFrom(1, 1, 10),
          p: fc.constantFrom(0.5, 0.01, 0.001),
        }),
        weight: 19,
      },
      // 96 bits fill their last word: a position one past the end, however rare, is in no word.
      fc.record({
        keys: fc.constant<string[]>([]),
        plain: fc.constant(4_000),
        overfilled: fc.constant(400),
        p: fc.constant(0.01),
      }),
    ),
    ({ keys, plain, overfilled, p }) => {
      const added = [...keys, ...list(0, plain, (i) => `key-${i}`)];
      const filter = build(Math.max(1, Math.floor(added.length / overfilled)), p, added);
      for (const key of added)
        equal(filter.has(key), true, `has(${JSON.stringify(key)}) after add`);
    },
  );

  check.property(
    "empty-is-empty",
    { rule: 2, points: 5, runs: 20 },
    fc.record({ size: sizes, keys: fc.array(keysOrEmpty(), { minLength: 25, maxLength: 25 }) }),
    ({ size, keys }) => {
      const filter = build(size.n, size.p);
      for (const key of keys)
        equal(filter.has(key), false, `has(${JSON.stringify(key)}) when empty`);
    },
  );

  check.property(
    "sizing",
    {
      rule: 3,
      points: 15,
      // Bloom's formulas by hand: 1,000 keys at 1 % take 9,586 bits and 7 hashes, and so on.
      examples: [
        { n: 1_000, p: 0.01 },
        { n: 1_000_000, p: 0.01 },
        { n: 100, p: 0.001 },
        { n: 1, p: 0.5 },
        { n: 10, p: 0.9 },
      ],
    },
    sizes,
    ({ n, p }) => {
      const { bits, hashes } = idealSize(n, p);
      const { bitCount, hashCount } = build(n, p);
      within(bitCount, bits, Math.floor(1.05 * bits + 64), `bitCount for n ${n}, p ${p}`);
      within(hashCount, Math.max(1, hashes - 1), hashes + 1, `hashCount for n ${n}, p ${p}`);
      const whole = Number.isInteger(bitCount) && Number.isInteger(hashCount);
      holds(whole, "bitCount and hashCount", "integers", `${bitCount} and ${hashCount}`);
    },
  );

  // Filters of independent uniform hashes exceed twice their rate with probability < 1e-10 in all
  // of these together (binomial tail, mean 30 % up for an uneven fill). The keys are fixed, so one
  // filter always gets one verdict.
  check.vector(
    "error-rate",
    { rule: 4, points: 25, limitMs: 10_000 },
    [
      { n: 2_000, p: 0.1, queries: 2_000 },
      { n: 2_000, p: 0.01, queries: 20_000 },
      { n: 2_000, p: 0.001, queries: 200_000 },
      // So many bits that positions need more than 16.
      { n: 20_000, p: 0.01, queries: 20_000 },
    ],
    ({ n, p, queries }) => {
      const key = (i: number): string => `key-${i}`;
      judgeRate(p, list(0, n, key), list(n, n + queries, key));
    },
  );

  check.vector(
    "structured-keys",
    { rule: [4, 6], points: 10, limitMs: 10_000 },
    FAMILIES.map(({ family }) => family),
    (name) => {
      const { p, added, asked } = FAMILIES.find(({ family }) => family === name)!;
      judgeRate(p, added(), asked(), `keys of which ${name},`);
    },
  );

  check.property(
    "union-is-or",
    { rule: 5, points: 10 },
    fc.record({
      left: fc.array(keysOrEmpty(), { maxLength: 40 }),
      right: fc.array(keysOrEmpty(), { maxLength: 40 }),
      others: fc.array(keysOrEmpty(), { maxLength: 40 }),
      n: fc.integer({ min: 1, max: 60 }),
      later: keysOrEmpty(),
    }),
    ({ left, right, others, n, later }) => {
      const p = 0.01;
      const [a, b] = [build(n, p, left), build(n, p, right)];
      const asked = [...left, ...right, ...others, later];
      const before = asked.map((key) => [a.has(key), b.has(key)]);
      const union = a.union(b);
      const both = build(n, p, [...left, ...right]);
      for (const key of asked) {
        equal(union.has(key), both.has(key), `union.has(${JSON.stringify(key)})`);
      }
      union.add(later);
      const after = asked.map((key) => [a.has(key), b.has(key)]);
      equal(after, before, "answers of the two inputs after union and after an add to the union");

      // Ten times the keys at p take as many hashes, and ten times the bits. Twice the keys at p take
      // as many bits as the keys at p^2, and half the hashes.
      for (const [mine, other] of [
        [build(n, p), build(10 * n + 200, p)],
        [build(n, p * p), build(4 * n + 200, p)],
        [build(n, p * p), build(2 * n, p)],
      ] as const) {
        if (mine.bitCount === other.bitCount && mine.hashCount === other.hashCount) continue;
        const shape = (f: Stub.BloomFilter): string => `${f.bitCount} bits, ${f.hashCount} hashes`;
        const what = `union of filters with ${shape(mine)} and ${shape(other)}`;
        throws(() => mine.union(other), "RangeError", what);
      }
    },
  );

  check.property(
    "order-and-repeats",
    { rule: 7, points: 5 },
    fc
      .record({ keys: fc.array(keysOrEmpty(), { maxLength: 30 }), others: fc.array(keysOrEmpty()) })
      .chain(({ keys, others }) =>
        fc.record({
          keys: fc.constant(keys),
          others: fc.constant(others),
          again: fc.shuffledSubarray([...keys, ...keys], { minLength: 2 * keys.length }),
        }),
      ),
    ({ keys, others, again }) => {
      const [once, shuffled] = [build(5, 0.1, keys), build(5, 0.1, again)];
      for (const key of [...keys, ...others]) {
        const what = `has(${JSON.stringify(key)}) after the same keys in another order, with repeats`;
        equal(shuffled.has(key), once.has(key), what);
      }
    },
  );

  check.throws("bad-input", { rule: 8, points: 5 }, [
    ...[0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY].map((n) => ({
      call: `new BloomFilter({ expectedItems: ${n}, falsePositiveRate: 0.01, hash })`,
      error: "RangeError",
      run: () => build(n, 0.01),
    })),
    ...[0, 1, -0.1, 1.1, Number.NaN].map((p) => ({
      call: `new BloomFilter({ expectedItems: 100, falsePositiveRate: ${p}, hash })`,
      error: "RangeError",
      run: () => build(100, p),
    })),
  ]);
});

function list(from: number, to: number, key: (i: number) => string): string[] {
  return Array.from({ length: to - from }, (_, index) => key(from + index));
}

function grid(
  rows: number,
  columns: number,
  key: (row: number, column: number) => string,
): string[] {
  return list(0, rows * columns, (i) => key(Math.floor(i / columns), i % columns));
}

function oneCharacter(letter: number, column: number): string {
  const before = "x".repeat(column);
  return `${before}${String.fromCharCode(0x100 + letter)}${"x".repeat(59 - column)}`;
}
