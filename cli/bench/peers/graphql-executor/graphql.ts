import { buildSchema, execute as run, parse, validate } from "graphql";
import type * as Stub from "../../../../katas/apis/graphql-executor/stub.ts";
import type { Contest } from "../contest.ts";

export const note = "validates by all rules of the specification; both get the document parsed";

const LEAVES = Array.from({ length: 20 }, (_, i) => `f${i}`);
const typeDefs = `type Query { all: [User!] } type User { ${LEAVES.map((leaf) => `${leaf}: Int`).join(" ")} }`;
const schema = buildSchema(typeDefs);
const document = parse(`{ all { ${LEAVES.join(" ")} } }`);
const all = Array.from({ length: 200 }, () =>
  Object.fromEntries(LEAVES.map((leaf, i) => [leaf, i])),
);
const ours: Stub.Schema = {
  query: "Query",
  types: {
    Query: { fields: { all: { type: "[User!]" } } },
    User: { fields: Object.fromEntries(LEAVES.map((leaf) => [leaf, { type: "Int" }])) },
  },
};
const operation: Stub.Operation = {
  kind: "query",
  selections: [
    {
      kind: "field",
      name: "all",
      selections: LEAVES.map((name) => ({ kind: "field", name })),
    },
  ],
};

export const contests: Contest<typeof Stub>[] = [
  {
    id: "wide-list",
    what: "200 objects of 20 fields, validated and executed",
    reference:
      ({ execute }) =>
      () =>
        execute(ours, operation, { all }),
    peer: () => () => {
      const errors = validate(schema, document);
      if (errors.length > 0) throw errors[0];
      return run({ schema, document, rootValue: { all } });
    },
  },
];
