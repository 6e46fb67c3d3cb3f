/** What `protobuf-codec` is asked: types with messages, ways to write them, and faults. */
import fc from "fast-check";
import { keysOrEmpty } from "kata/harness";
import type * as Stub from "../../katas/apis/protobuf-codec/stub.ts";
import { tag, varint, writtenAs, type Spelling } from "./protobuf-codec.model.ts";

export type Type = Stub.Field["type"];
export type Bytes = readonly number[];

/** Where a varint gets longer, and where 32, 53 and 64 bits end. */
const edges = [7n, 14n, 21n, 28n, 31n, 32n, 35n, 42n, 49n, 53n, 56n, 63n, 64n]
  .flatMap((bit) => [2n ** bit - 1n, 2n ** bit])
  .concat([1n, 300n]);
export const bigints = (min: bigint, max: bigint): fc.Arbitrary<bigint> => {
  const inside = edges.flatMap((edge) => [edge, -edge]).filter((n) => n >= min && n <= max);
  return fc.oneof(fc.constant(0n), fc.constantFrom(...inside), fc.bigInt({ min, max }));
};
const numbers = (min: number, max: number): fc.Arbitrary<number> =>
  bigints(BigInt(min), BigInt(max)).map(Number);
const text = fc.oneof(
  { withCrossShrink: true, depthSize: "small" },
  { arbitrary: keysOrEmpty().map((key) => key.replaceAll(/\p{Surrogate}/gu, "?")), weight: 48 },
  {
    arbitrary: fc.constantFrom(
      "\ufeffa",
      "",
      "é",
      "\ufeffa",
      "\u0000",
      "\ud7ff\ue000",
      "😀",
      "a\u0080",
    ),
    weight: 48,
  },
  {
    arbitrary: fc.constantFrom(126, 127, 128, 129, 300).map((size) => "x".repeat(size)),
    weight: 1,
  },
  { arbitrary: fc.constantFrom(16_383, 16_384).map((size) => "é".repeat(size / 2)), weight: 1 },
);
/** Some of them stand inside a larger buffer. */
const bytes = fc
  .oneof(
    { withCrossShrink: true },
    fc.uint8Array({ maxLength: 6 }),
    fc.uint8Array({ minLength: 126, maxLength: 130 }),
  )
  .map((content) => Uint8Array.from([9, ...content, 9]).subarray(1, content.length + 1));
const odd = [-0, -0, -0, 1.5, -1, 5e-324, Number.MAX_VALUE, Infinity, -Infinity, Number.NaN];
const values: Readonly<Record<Stub.ScalarType, fc.Arbitrary<unknown>>> = {
  int32: numbers(-(2 ** 31), 2 ** 31 - 1),
  string: text,
  sint32: numbers(-(2 ** 31), 2 ** 31 - 1),
  uint32: numbers(0, 2 ** 32 - 1),
  fixed32: numbers(0, 2 ** 32 - 1),
  int64: bigints(-(2n ** 63n), 2n ** 63n - 1n),
  uint64: bigints(0n, 2n ** 64n - 1n),
  bool: fc.boolean(),
  double: fc.oneof(fc.constant(0), fc.constantFrom(...odd), fc.double()),
  bytes,
};

/** A field with the values that it has in the messages of one input, taken in turn. */
interface Drawn {
  readonly name: string;
  readonly number: number;
  readonly repeated: boolean;
  readonly type: Stub.ScalarType | "itself" | readonly Drawn[];
  readonly values: readonly unknown[];
  readonly counts: readonly number[];
  readonly fate: number;
}
const fieldNumbers = fc.oneof(
  fc.integer({ min: 1, max: 17 }),
  fc.constantFrom(15, 16, 2_047, 2_048, 2 ** 18, 2 ** 25, 2 ** 28, 2 ** 29 - 1),
);
const drawnFields = (depth: number): fc.Arbitrary<readonly Drawn[]> => {
  const present = fc.array(fc.boolean(), { minLength: 1, maxLength: 3 });
  const kinds = Object.entries(values).map(([type, value]) =>
    fc.record({
      type: fc.constant(type as Stub.ScalarType),
      values: fc.array(fc.option(value, { nil: undefined, freq: 6 }), {
        minLength: 1,
        maxLength: 4,
      }),
    }),
  );
  const nested = {
    arbitrary: fc.record({ type: drawnFieldsBelow(depth), values: present }),
    weight: depth > 0 ? 5 : 0,
  };
  const kind = fc.oneof({ withCrossShrink: true }, ...kinds, nested);
  return fc.uniqueArray(
    fc
      .record({
        name: fc.oneof(
          { withCrossShrink: true },
          fc.constantFrom("a", "b", "c", "d", "__proto__"),
          keysOrEmpty(),
        ),
        number: fieldNumbers,
        repeated: fc.boolean(),
        counts: fc.array(fc.nat(4), { minLength: 1, maxLength: 3 }),
        fate: fc.nat(5),
        kind,
      })
      .map(({ kind, ...field }): Drawn => ({ ...field, ...kind })),
    { maxLength: 6, comparator: (a, b) => a.name === b.name || a.number === b.number },
  );
};
function drawnFieldsBelow(depth: number): fc.Arbitrary<"itself" | readonly Drawn[]> {
  if (depth === 0) return fc.constant("itself");
  return fc.oneof({ arbitrary: drawnFields(depth - 1), weight: 3 }, fc.constant("itself" as const));
}

/** With `older`, as an earlier version knows it: some fields unknown, some of another type. */
function typeOf(drawn: readonly Drawn[], older = false): Stub.MessageType {
  const fields: Stub.Field[] = [];
  const type: Stub.MessageType = { fields };
  for (const { name, number, repeated, type: kind, fate } of drawn) {
    const inner = kind === "itself" ? type : typeof kind === "string" ? kind : typeOf(kind, older);
    const field = { name, number, type: inner, repeated };
    const others = retyped[writtenAs(field)]!;
    const [other, list] = others[fate % others.length]!;
    if (!older || fate > 2) fields.push(field);
    else if (fate > 0) fields.push({ name, number, type: other, repeated: list });
  }
  return type;
}
/** By the wire type that is written: types for which it is unexpected, and whether they are repeated. */
const retyped: Readonly<Record<number, readonly (readonly [Type, boolean])[]>> = {
  0: [
    ["fixed32", false],
    ["string", true],
    ["double", true],
  ],
  1: [
    ["int32", false],
    ["bool", true],
    [{ fields: [] }, true],
  ],
  2: [
    ["fixed32", false],
    ["bool", false],
    ["double", false],
  ],
  5: [
    ["double", false],
    ["bytes", true],
    ["int64", true],
  ],
};

/** Message number `turn` of the values that were drawn. */
function messageOf(drawn: readonly Drawn[], turn: number, depth = 0): Stub.Message {
  const pick = <T>(list: readonly T[], at: number): T => list[at % list.length]!;
  const one = ({ type, values }: Drawn, at: number): unknown =>
    typeof type === "string" && type !== "itself"
      ? pick(values, at)
      : messageOf(type === "itself" ? drawn : type, at + 1, depth + 1);
  const entries = drawn.flatMap((field): [string, unknown][] => {
    const { name, type, values, counts, repeated } = field;
    const isMessage = type === "itself" || typeof type !== "string";
    if (isMessage && (depth > 2 || pick(values, turn) !== true)) return [];
    if (!repeated) return [[name, one(field, turn)]];
    const all = Array.from({ length: pick(counts, turn) }, (_, i) => one(field, turn + i));
    return [[name, all.filter((value) => value !== undefined)]];
  });
  return Object.fromEntries(entries);
}

/** A single field of each of some scalar types. */
const singles: fc.Arbitrary<readonly Drawn[]> = fc
  .record({
    types: fc.subarray(Object.keys(values) as Stub.ScalarType[]),
    first: fc.record(values),
    second: fc.record(values),
    fate: fc.nat(5),
  })
  .map(({ types, first, second, fate }) =>
    types.map((type, i) => ({
      name: type,
      number: 20 - i,
      repeated: false,
      type,
      values: [first[type], second[type]],
      counts: [],
      fate: (fate + i) % 6,
    })),
  );
export const inputs = fc.oneof({ withCrossShrink: true }, drawnFields(2), singles).map((drawn) => {
  const [message, other] = [messageOf(drawn, 0), messageOf(drawn, 1)];
  return { type: typeOf(drawn), message, other, older: typeOf(drawn, true) };
});
export const spellings: fc.Arbitrary<Spelling> = fc.record({
  cuts: fc.array(fc.constantFrom(0, 1, 2, 3), { minLength: 1, maxLength: 4 }),
  order: fc.constantFrom("ascending", "descending", "in turns"),
});

/** Messages that hold one another, `levels` deep, the innermost empty. */
export function deep(levels: number): Bytes {
  let message: Bytes = [];
  for (let level = 1; level < levels; level += 1) {
    message = [...tag(1, 2), ...varint(BigInt(message.length)), ...message];
  }
  return message;
}
export const chain: { fields: Stub.Field[] } = { fields: [] };
chain.fields.push({ name: "next", number: 1, type: chain });
export const one = (type: Type, repeated = false): Stub.MessageType => ({
  fields: [{ name: "a", number: 1, type, repeated }],
});
/** Messages beside one another; every other one holds an empty message. */
export const beside = (count: number): Bytes =>
  Array.from({ length: count }, (_, i) => {
    const content = i % 2 === 1 ? [...tag(1, 2), 0] : [];
    return [...tag(1, 2), content.length, ...content];
  }).flat();
/** A message that ends behind a tag; what stands behind the message could pass for the value. */
export const endsEarly = [...tag(1, 2), 1, ...tag(1, 0), 5];
const counting = (size: number): Bytes => Array.from({ length: size }, (_, i) => i);
const byte = fc.oneof(fc.constantFrom(0, 1, 8, 10, 0x7f, 0x80, 0xff), fc.nat(255));
/** Tags and values with faults of one kind each, and any bytes. */
export const garbage: fc.Arbitrary<Bytes> = fc.oneof(
  fc.array(byte, { maxLength: 24 }),
  // A tag of any number and wire type, and its value, or all but the end of it.
  fc
    .record({
      number: fc.constantFrom(1n, 0n, 2n ** 29n - 1n, 2n ** 29n, 2n ** 29n + 9n, 2n ** 32n + 1n),
      wireType: fc.constantFrom(0, 1, 2, 5, 3, 4, 6, 7, 0, 2),
      cut: fc.constantFrom(false, false, true),
    })
    .map(({ number, wireType, cut }) => {
      // Of the other wire types, nobody knows the size.
      const values = new Map([
        [0, [1]],
        [1, counting(8)],
        [2, [1, 97]],
        [5, counting(4)],
      ]);
      const value = values.get(wireType) ?? [];
      return [
        ...varint((number << 3n) | BigInt(wireType)),
        ...value.slice(0, cut ? -1 : undefined),
      ];
    }),
  // Packed values, of which the last may end within their record or beyond it.
  fc
    .tuple(fc.nat(4), fc.constantFrom([], [1], [0x80], [0x80, 1], [8, 1], [0, 0, 0, 0]))
    .map(([size, after]) => [
      ...tag(1, 2),
      size,
      ...Array.from({ length: size }, (_, i) => (i + 1 < size ? 1 : 0x80)),
      ...after,
    ]),
  // A length that is right, one too long, or wrong by more than 32 bits.
  fc
    .tuple(
      fc.constantFrom(1, 9),
      fc.nat(3),
      fc.constantFrom(0n, 1n, 2n ** 32n, 2n ** 33n, 2n ** 63n),
    )
    .map(([number, size, more]) => [
      ...tag(number, 2),
      ...varint(BigInt(size) + more),
      ...Array.from({ length: size }, () => 97),
    ]),
  // Text that is no UTF-8: overlong, a surrogate, too large, cut off.
  fc
    .constantFrom([0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82], [0x80])
    .chain((bad) => fc.constantFrom(1, 9).map((number) => [...tag(number, 2), bad.length, ...bad])),
);
export const edits = fc.oneof(
  fc.nat(60).map((keep) => (from: Bytes) => from.slice(0, keep % (from.length + 1))),
  fc.tuple(fc.nat(60), byte).map(
    ([at, value]) =>
      (from: Bytes) =>
        from.map((old, i) => (i === at % from.length ? value : old)),
  ),
  fc.tuple(fc.nat(60), byte).map(
    ([at, value]) =>
      (from: Bytes) =>
        from.toSpliced(at % (from.length + 1), 0, value),
  ),
);
