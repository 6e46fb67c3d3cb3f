import fc from "fast-check";

/** Strings that break naive maps and encoders. */
const TRICKY_KEYS = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "a",
  "A",
  "0",
  "a:b",
  "a#1",
  "\u0000",
  "é",
  "e\u0301",
  "😀",
  "\ud800",
  "\udc00x",
] as const;

const character: fc.Arbitrary<string> = fc.oneof(
  {
    arbitrary: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
    weight: 4,
  },
  // Any code point but surrogates. fast-check's own full-unicode strings take 0.7 s to set up.
  {
    arbitrary: fc
      .integer({ min: 0, max: 0x10f7ff })
      .map((code) => String.fromCodePoint(code < 0xd800 ? code : code + 0x800)),
    weight: 1,
  },
);

/**
 * Any non-empty string: short and long, non-ASCII, names of built-ins, unpaired surrogates. All
 * shrink towards "a", so that a counterexample names a strange key only when it matters.
 */
export function keys(): fc.Arbitrary<string> {
  return fc.oneof(
    { withCrossShrink: true },
    { arbitrary: fc.constantFrom("a", "b", "c"), weight: 1 },
    {
      arbitrary: fc.array(character, { minLength: 1, maxLength: 12 }).map((c) => c.join("")),
      weight: 4,
    },
    { arbitrary: fc.constantFrom(...TRICKY_KEYS), weight: 2 },
    { arbitrary: fc.integer({ min: 0, max: 99 }).map((n) => `key-${n}`), weight: 2 },
    { arbitrary: fc.integer({ min: 1, max: 300 }).map((n) => "x".repeat(n)), weight: 1 },
  );
}

/** As `keys`, and the empty string. */
export function keysOrEmpty(): fc.Arbitrary<string> {
  return fc.oneof({ arbitrary: keys(), weight: 19 }, { arbitrary: fc.constant(""), weight: 1 });
}
