import protobuf from "protobufjs";
import type * as Stub from "../../../../katas/apis/protobuf-codec/stub.ts";
import type { Contest } from "../contest.ts";

export const note =
  "compiles code for each type with `new Function`, checks no values, reads int64 as Long";

const schema = `syntax = "proto3";
message User {
  int32 id = 1; string name = 2; double score = 3; bool active = 4; uint32 created = 5;
  repeated string tags = 6;
}
message Series { repeated uint32 values = 1; }`;
const { root } = protobuf.parse(schema);
const [User, Series] = [root.lookupType("User"), root.lookupType("Series")];
const user: Stub.MessageType = {
  fields: [
    { name: "id", number: 1, type: "int32" },
    { name: "name", number: 2, type: "string" },
    { name: "score", number: 3, type: "double" },
    { name: "active", number: 4, type: "bool" },
    { name: "created", number: 5, type: "uint32" },
    { name: "tags", number: 6, type: "string", repeated: true },
  ],
};
const series: Stub.MessageType = {
  fields: [{ name: "values", number: 1, type: "uint32", repeated: true }],
};
const users = Array.from({ length: 200 }, (_, i) => ({
  id: i * 10_007,
  name: `user ${i}`,
  score: i / 7,
  active: i % 2 === 0,
  created: 1_700_000_000 + i,
  tags: ["alpha", "beta", "gamma-delta"],
}));
const values = Array.from({ length: 8_000 }, (_, i) => (i * 2_654_435_761) >>> (i % 32));

export const contests: Contest<typeof Stub>[] = [
  {
    id: "small-messages",
    what: "200 messages of 60 bytes, encoded and decoded",
    reference:
      ({ encode, decode }) =>
      () => {
        for (const message of users) decode(user, encode(user, message));
      },
    peer: () => () => {
      for (const message of users) User.decode(User.encode(message).finish());
    },
  },
  {
    id: "packed",
    what: "a packed list of 8,000 integers, encoded and decoded",
    reference:
      ({ encode, decode }) =>
      () =>
        decode(series, encode(series, { values })),
    peer: () => () => Series.decode(Series.encode({ values }).finish()),
  },
];
