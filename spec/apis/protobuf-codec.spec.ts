/** Judges `protobuf-codec`. Rules are those of katas/apis/protobuf-codec/README.md. */
import fc from "fast-check";
import { defineSpec, equal, notIntegersIn, throws } from "kata/harness";
import type * as Stub from "../../katas/apis/protobuf-codec/stub.ts";
import {
  beside,
  bigints,
  chain,
  deep,
  edits,
  endsEarly,
  garbage,
  inputs,
  one,
  spellings,
  type Bytes,
  type Type,
} from "./protobuf-codec.inputs.ts";
import {
  hex,
  integerOf,
  merge,
  project,
  read,
  tag,
  varint,
  view,
  viewDecoded,
  write,
} from "./protobuf-codec.model.ts";

/** From the Encoding page of the documentation; the ZigZag rows with a tag before them. */
const documented: readonly (readonly [Type, number, boolean, unknown, string])[] = [
  ["int32", 1, false, 150, "08 96 01"],
  ["int32", 1, false, -2, "08 fe ff ff ff ff ff ff ff ff 01"],
  ["string", 2, false, "testing", "12 07 74 65 73 74 69 6e 67"],
  [one("int32"), 3, false, { a: 150 }, "1a 03 08 96 01"],
  ["int32", 6, true, [3, 270, 86_942], "32 06 03 8e 02 9e a7 05"],
  ["sint32", 1, false, -1, "08 01"],
  ["sint32", 1, false, 1, "08 02"],
  ["sint32", 1, false, -2, "08 03"],
  ["sint32", 1, false, 2 ** 31 - 1, "08 fe ff ff ff 0f"],
  ["sint32", 1, false, -(2 ** 31), "08 ff ff ff ff 0f"],
  ["sint32", 1, false, -500, "08 e7 07"],
];

const lists = (["uint32", "fixed32", "double"] as const).map((type) => one(type, true));
const [typeError, rangeError] = ["TypeError", "RangeError"];
/** Values that a field must refuse, by type. */
const refused: readonly (readonly [Type, string, readonly unknown[]])[] = [
  ["int32", rangeError, notIntegersIn(-(2 ** 31), 2 ** 31 - 1)],
  ["sint32", rangeError, notIntegersIn(-(2 ** 31), 2 ** 31 - 1)],
  ["uint32", rangeError, notIntegersIn(0, 2 ** 32 - 1)],
  ["fixed32", rangeError, notIntegersIn(0, 2 ** 32 - 1)],
  ["int64", rangeError, [2n ** 63n, -(2n ** 63n) - 1n]],
  ["uint64", rangeError, [2n ** 64n, -1n]],
  ["string", rangeError, ["\ud800", "a\udc00b", "é\ud83d"]],
  ["int32", typeError, ["1", 1n, true, [1]]],
  ["uint32", typeError, ["1", 1n, false, {}]],
  ["int64", typeError, [1, "1", true]],
  ["uint64", typeError, [1, 0, ""]],
  ["bool", typeError, [0, 1, "true"]],
  ["double", typeError, ["1", 1n, true]],
  ["string", typeError, [1, new Uint8Array(1), false]],
  ["bytes", typeError, ["a", [1], 0]],
  [one("int32"), typeError, [1, "a", true]],
];

defineSpec<typeof Stub>("protobuf-codec", ({ encode, decode }, check) => {
  const told = (call: string, given: Iterable<number>): string => `${call}(type, ${hex(given)})`;
  /** Decodes a view into a larger buffer, so that offsets count. */
  const decoded = (type: Stub.MessageType, from: Bytes): unknown =>
    viewDecoded(type, decode(type, Uint8Array.from([1, ...from, 1]).subarray(1, from.length + 1)));
  const refuses = (type: Stub.MessageType, from: Bytes): void =>
    throws(() => decode(type, Uint8Array.from(from)), "DecodeError", told("decode", from));

  check.vector("documented-examples", { rule: [1, 2, 4], points: 5 }, documented, (row) => {
    const [kind, number, repeated, value, expected] = row;
    const type = { fields: [{ name: "a", number, type: kind, repeated }] };
    equal(hex(encode(type, { a: value })), expected, "encode(type, { a: value })");
    const from = expected.split(" ").map((pair) => Number.parseInt(pair, 16));
    equal(decoded(type, from), { a: value }, told("decode", from));
  });

  check.property("canonical-bytes", { rule: [1, 2, 3, 4], points: 10 }, inputs, (input) => {
    const { type, message, other } = input;
    const before = view(type, message);
    const order = type.fields.map(({ name }) => name);
    const first = encode(type, message);
    equal(hex(encode(type, other)), hex(write(type, other)), "encode(type, other)");
    equal(hex(first), hex(write(type, message)), "encode(type, message)");
    equal(first.constructor, Uint8Array, "the class of what encode returns");
    equal(view(type, message), before, "the message after encode(type, message)");
    equal(
      type.fields.map(({ name }) => name),
      order,
      "the fields of the type after encode(type, message)",
    );
    const absent = type.fields.flatMap(({ name, type: kind, repeated }): [string, null][] => {
      const isSingle = typeof kind !== "string" && repeated !== true;
      return isSingle && !Object.hasOwn(message, name) ? [[name, null]] : [];
    });
    const nulled = Object.fromEntries([...absent, ...Object.entries(message)]);
    equal(hex(encode(type, nulled)), hex(first), "encode(type, message), with null for a message");
    const heir = Object.assign(Object.create(message) as Stub.Message, { "no field": 1 });
    equal(hex(encode(type, heir)), "", "encode(type, heir), all of whose fields are inherited");
  });

  check.property("round-trip", { rule: [6, 11], points: 20 }, inputs, ({ type, message }) => {
    const encoded = encode(type, message);
    const spoilt = decode(type, encoded);
    const result = decode(type, encoded);
    for (const value of Object.values(spoilt)) {
      if (value instanceof Uint8Array) value.fill(1);
      if (Array.isArray(value)) value.push("another");
    }
    encoded.fill(0xff);
    equal(viewDecoded(type, result), view(type, message), "decode(type, encode(type, message))");
  });

  check.property(
    "forward-compatible",
    { rule: 8, points: 15, runs: 120 },
    fc.record({ input: inputs, spelling: spellings }),
    ({ input: { type, older, message }, spelling }) => {
      // Packed lists only: what is written for a list is then of one wire type.
      const from = write(type, message, { ...spelling, cuts: [9] });
      equal(
        decoded(older, from),
        view(older, project(older, type, message)),
        "decode(older, bytes)",
      );
    },
  );

  check.property(
    "merge-semantics",
    { rule: 7, points: 15 },
    fc.record({ input: inputs, spelling: spellings, zeros: fc.boolean() }),
    ({ input: { type, message, other }, spelling, zeros }) => {
      const from = [...write(type, message), ...write(type, other, { ...spelling, zeros })];
      const expected = view(type, merge(type, message, other, zeros));
      equal(decoded(type, from), expected, "decode(type, bytes of message and of other)");
    },
  );

  check.property(
    "packed-or-not",
    { rule: 7, points: 10, runs: 120 },
    fc.record({ input: inputs, spelling: spellings }),
    ({ input: { type, message }, spelling }) => {
      const from = write(type, message, spelling);
      equal(decoded(type, from), view(type, message), told("decode", from));
    },
  );

  check.property(
    "varint-edges",
    { rule: 9, points: 10, runs: 400 },
    fc.record({
      type: fc.constantFrom("int32", "uint32", "sint32", "int64", "uint64", "bool"),
      bits: bigints(0n, 2n ** 64n - 1n),
      length: fc.integer({ min: 1, max: 12 }),
      above: fc.nat(63),
      tagLength: fc.integer({ min: 1, max: 5 }),
      packed: fc.boolean(),
    }),
    ({ type, bits, length, above, tagLength, packed }) => {
      const spelt = varint(bits, length, length === 10 ? above : 0);
      const value = integerOf(type, bits);
      const from = packed
        ? [...tag(1, 2, tagLength), ...varint(BigInt(spelt.length), tagLength), ...spelt]
        : [...tag(1, 0, tagLength), ...spelt];
      const declared = one(type, packed);
      if (spelt.length > 10) return refuses(declared, from);
      equal(decoded(declared, from), { a: packed ? [value] : value }, told("decode", from));
    },
  );

  check.property(
    "garbage-is-decode-error",
    { rule: [9, 10], points: 10, runs: 400 },
    fc.oneof(
      fc.record({
        type: fc.constantFrom(chain, { fields: [] }),
        from: fc.constantFrom(94, 106, 200, 2, 1).map(deep),
      }),
      fc.record({
        type: fc.constantFrom(one(chain, true), chain),
        from: fc.constantFrom(endsEarly, beside(200), beside(3)),
      }),
      {
        arbitrary: fc.record({
          type: fc.constantFrom(one("string"), chain, ...lists),
          from: garbage,
        }),
        weight: 4,
      },
      fc
        .record({ input: inputs, spelling: spellings, edit: edits })
        .map(({ input, spelling, edit }) => {
          return { type: input.type, from: edit(write(input.type, input.message, spelling)) };
        }),
    ),
    ({ type, from }) => {
      const { message, isFree } = read(type, from);
      if (message === undefined) return refuses(type, from);
      try {
        equal(decoded(type, from), view(type, message), told("decode", from));
      } catch (error) {
        if (!isFree || (error as Error).name !== "DecodeError") throw error;
      }
    },
  );

  check.throws(
    "bad-values",
    { rule: 5, points: 5 },
    refused.flatMap(([type, error, bad]) =>
      bad.flatMap((value) => [
        refusal(one(type), value, error),
        refusal(one(type, true), [value], error),
      ]),
    ),
  );

  /** The bad value stands behind a good one, which may not be left for the next message. */
  function refusal(type: Stub.MessageType, bad: unknown, error: string) {
    const fields = [{ name: "good", number: 9, type: "int32" } as const];
    const both = { fields: [...fields, ...type.fields.map((field) => ({ ...field, number: 10 }))] };
    return {
      call: `encode({ a: ${fc.stringify(type.fields[0]?.type)} }, { a: ${fc.stringify(bad)} })`,
      error,
      run: () => encode(both, { good: 1, a: bad }),
      unchanged: () => hex(encode({ fields }, { good: 2 })),
    };
  }
});
