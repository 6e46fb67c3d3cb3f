/** Budgets of `protobuf-codec`: small messages, and a long packed list. */
import { defineBench } from "kata/harness";
import { SeededRandom } from "kata/kit";
import type * as Stub from "../../katas/apis/protobuf-codec/stub.ts";

type Subject = typeof Stub;
const random = new SeededRandom(1);
const user: Stub.MessageType = {
  fields: [
    { name: "id", number: 1, type: "int32" },
    { name: "name", number: 2, type: "string" },
    { name: "score", number: 3, type: "double" },
    { name: "active", number: 4, type: "bool" },
    { name: "createdMs", number: 5, type: "int64" },
    { name: "tags", number: 6, type: "string", repeated: true },
  ],
};
const users = Array.from({ length: 200 }, (_, i) => ({
  id: random.below(2 ** 31),
  name: `user ${random.below(1_000_000)}`,
  score: random.next() * 100,
  active: i % 2 === 0,
  createdMs: 1_700_000_000_000n + BigInt(i),
  tags: ["alpha", "beta", "gamma-delta"],
}));
const series: Stub.MessageType = {
  fields: [{ name: "values", number: 1, type: "uint32", repeated: true }],
};
/** Of every length on the wire. */
const values = Array.from({ length: 64_000 }, (_, i) => random.below(2 ** (1 + (i % 32))));

function both({ encode, decode }: Subject, size: number): () => void {
  const message = { values: values.slice(0, size) };
  return () => {
    decode(series, encode(series, message));
  };
}

export const bench = defineBench<Subject>("protobuf-codec", {
  workloads: [
    {
      id: "small-messages",
      rule: 12,
      what: "200 messages of 60 bytes, encoded and decoded",
      maxRatio: 8,
      setup: ({ encode, decode }) => {
        return () => {
          for (const message of users) decode(user, encode(user, message));
        };
      },
    },
    {
      id: "packed",
      rule: 12,
      what: "a packed list of 8,000 integers, encoded and decoded",
      maxRatio: 10,
      setup: (subject) => both(subject, 8_000),
    },
  ],
  growth: [
    {
      id: "packed-grows",
      rule: 12,
      what: "a packed list, encoded and decoded, by its length",
      sizes: [1_000, 8_000, 64_000],
      maxExcess: 0.4,
      setup: both,
    },
  ],
});
