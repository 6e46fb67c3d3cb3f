/** Budgets of `graphql-executor`: validating and merging long documents. */
import { defineBench } from "kata/harness";
import type * as Stub from "../../katas/apis/graphql-executor/stub.ts";

type Subject = typeof Stub;

const schema: Stub.Schema = {
  query: "Query",
  types: {
    Query: { fields: { me: { type: "User" } } },
    User: {
      fields: {
        friend: { type: "User" },
        ...Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`f${i}`, { type: "Int" }])),
      },
    },
  },
};

/** `selections` in all: a quarter at each of 4 levels, each level split between `copies` of its field. */
function merged(selections: number, copies: number): Stub.Operation {
  const perCopy = Math.max(1, Math.floor(selections / 4 / copies));
  const level = (depth: number): Stub.Selection[] =>
    Array.from({ length: copies }, (_, copy): Stub.Selection => {
      const leaves = Array.from({ length: perCopy }, (_, i): Stub.Selection => ({
        kind: "field",
        name: `f${(copy * perCopy + i) % 25}`,
      }));
      // The last of all is unknown: what is timed is what happens before anything runs.
      if (depth === 1 && copy === copies - 1) leaves.push({ kind: "field", name: "unknown" });
      const below = depth === 1 || copy > 0 ? leaves : [...leaves, ...level(depth - 1)];
      return { kind: "field", name: depth === 4 ? "me" : "friend", selections: below };
    });
  return { kind: "query", selections: level(4) };
}

function validate({ execute }: Subject, selections: number): () => unknown {
  const operation = merged(selections, 5);
  return () => execute(schema, operation);
}

export const bench = defineBench<Subject>("graphql-executor", {
  workloads: [
    {
      id: "deep-merge",
      rule: 12,
      what: "an operation of 300 selections at 4 levels",
      // Comparing args as text deserves it.
      maxRatio: 8,
      setup: (subject) => validate(subject, 300),
    },
  ],
  growth: [
    {
      id: "merge-grows",
      rule: 12,
      what: "validating, by the number of selections",
      sizes: [300, 1_200, 4_800],
      maxExcess: 0.4,
      setup: validate,
    },
  ],
});
