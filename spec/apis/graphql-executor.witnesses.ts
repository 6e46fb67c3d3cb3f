/** Operations on one small schema: one that is well known, and those that are invalid. */
import type { Selection } from "../../katas/apis/graphql-executor/stub.ts";
import { type Case, type Types, field, toldAs } from "./graphql-executor.stories.ts";

const USERS: Types = {
  Root: {
    getUser: { type: "A", gives: { object: 1 }, via: "resolver" },
    all: { type: "[A!]", gives: { list: [{ object: 1 }, { object: 2 }] }, via: "resolver" },
    count: { type: "Int", gives: 2, via: "resolver" },
  },
  A: {
    id: { type: "Int!", gives: 123, via: "property" },
    name: { type: "Int", gives: 7, via: "resolver" },
    city: { type: "Int", gives: 8, via: "method" },
    friend: { type: "A", gives: { object: 2 }, via: "resolver" },
  },
};
const asked = (...selections: Selection[]): Case =>
  toldAs({ types: USERS, operation: { kind: "query", selections }, root: "given" });
const id = field("id");

export const EXAMPLES: readonly Case[] = [
  asked(field("getUser", [id, field("name"), field("city")])),
];

/** Without a root, a field without a resolver is null, and that is no error. */
export const ROOTLESS: Case = toldAs({
  types: { Root: { count: { type: "Int", gives: 2, via: "property" } } },
  operation: { kind: "query", selections: [field("count")] },
  root: "null",
});

const clash = (one: Record<string, unknown>, other?: Record<string, unknown>): Case =>
  asked(
    field("count", undefined, { args: one }),
    field("count", undefined, other && { args: other }),
  );

/** One fault each, behind something that could run. */
export const BROKEN: readonly Case[] = [
  asked(field("count"), field("unknown")),
  asked(field("count"), field("toString")),
  asked(field("count"), field("all", [id, field("friend", [field("__proto__")])])),
  asked(field("count"), field("count", [id])),
  asked(field("count", [])),
  asked(field("count"), field("__typename", [id])),
  asked(field("count"), field("getUser")),
  asked(field("count"), field("all", [])),
  asked(field("count"), field("getUser", [id, field("friend")])),
  asked(field("getUser", [id]), field("getUser", [])),
  asked(field("getUser", [id]), field("getUser")),
  asked(field("count"), field("getUser", [id], { alias: "count" })),
  asked(field("getUser", [id, field("name", undefined, { alias: "id" })])),
  asked(field("getUser", [id]), field("getUser", [field("name", undefined, { alias: "id" })])),
  asked(field("all", [field("friend", [id])]), {
    kind: "fragment",
    on: "Root",
    selections: [field("all", [field("friend", [field("city", undefined, { alias: "id" })])])],
  }),
  asked({ kind: "fragment", on: "Root", selections: [field("unknown")] }),
  clash({ n: 1 }, { n: 2 }),
  clash({ n: 1 }),
  clash({ n: null }, {}),
  clash({ n: null }, { n: {} }),
  clash({ n: 1 }, { m: 1 }),
  clash({ n: 1 }, { n: "1" }),
  clash({ n: [1, 2] }, { n: [2, 1] }),
  clash({ n: [] }, { n: {} }),
  clash({ n: [1] }, { n: [1, 2] }),
  clash({ n: { a: { b: 1 } } }, { n: { a: { b: 2 } } }),
  clash({ n: { a: 1 } }, { n: { a: 1, b: 1 } }),
  clash({ n: {} }, { n: null }),
  clash({ n: 1 }, { n: {} }),
  clash({ n: {} }, { n: 1 }),
  clash({ n: { a: 1, b: 1 } }, { n: { a: 1 } }),
  clash({ n: 1 }, JSON.parse('{ "__proto__": {} }') as Record<string, unknown>),
  asked(),
  { ...asked(field("count")), rootType: "Int" },
  { ...asked(field("count")), rootType: "constructor" },
  {
    ...asked(field("count")),
    rootType: undefined,
    operation: { kind: "mutation", selections: [field("count")] },
  },
];
