/** Schemas with what their fields give, and operations on them, as data that can be read. */
import fc from "fast-check";
import { literal } from "kata/harness";
import type { Operation, Selection } from "../../katas/apis/graphql-executor/stub.ts";

/** What a position gives. A promise is `after` so many ms. */
export type Gives =
  | number
  | null
  | undefined
  | { readonly fails: string; readonly isError: boolean }
  | { readonly object: number }
  | { readonly list: readonly Gives[] }
  | { readonly after: number; readonly gives: Gives };

export interface FieldCase {
  readonly type: string;
  readonly gives: Gives;
  /** To parents with an odd number, if that is different. */
  readonly toOdd?: Gives;
  readonly via: "resolver" | "method" | "property";
}
export type Types = Readonly<Record<string, Readonly<Record<string, FieldCase>>>>;

export interface Case {
  readonly types: Types;
  readonly operation: Operation;
  /** The parent of the root's fields: an object, or none. */
  readonly root: "given" | "left out" | "null";
  /** What the schema calls the type of the root, if it is not the right one. */
  readonly rootType?: string | undefined;
}

export type Path = readonly (string | number)[];
/** The second is a name that every object of JavaScript has. */
const LEAVES = ["Int", "constructor"] as const;
const NAMES = ["a", "b", "c", "__proto__", "constructor", "toString"];

export const nameOf = (type: string): string => type.replaceAll(/[[\]!]/g, "");
export const isObject = (type: string): boolean => /^(Root|A|B)$/.test(nameOf(type));
export const givenTo = (field: FieldCase, parent: number): Gives =>
  "toOdd" in field && parent % 2 === 1 ? field.toOdd : field.gives;

const some = <T>(first: T, ...others: T[]): fc.Arbitrary<T> => fc.constantFrom(first, ...others);
export const wraps = some("T", "T!", "[T]", "[T!]", "[T]!", "[T!]!", "[[T!]]", "[[T]!]!");

/** Turns numbers into what a type gives: all 0 is a plain value, with one item in each list. */
function givesOf(type: string, draws: number[], faulty: boolean): Gives {
  const draw = (below: number): number => (draws.shift() ?? 0) % below;
  const fault = faulty ? draw(12) : 0;
  const gives = ((): Gives => {
    if (fault === 8) return null;
    if (fault === 9) return undefined;
    if (fault >= 10) return { fails: `e${draw(9)}`, isError: fault === 10 };
    const bare = type.replace(/!$/, "");
    if (!bare.startsWith("[")) return isObject(type) ? { object: draw(2) } : draw(9);
    if (fault === 7) return 7;
    const length = [1, 2, 3, 0][draw(4)];
    return {
      list: Array.from({ length: length! }, () => givesOf(bare.slice(1, -1), draws, faulty)),
    };
  })();
  const after = draw(5);
  return after < 3 ? gives : { after: after - 3 + draw(4), gives };
}

const hasNoPromise = (gives: Gives): boolean =>
  typeof gives !== "object" ||
  gives === null ||
  "object" in gives ||
  ("list" in gives && gives.list.every(hasNoPromise));

const fieldCase = (faulty: boolean): fc.Arbitrary<FieldCase> =>
  fc
    .record({
      named: some(LEAVES[0], "A", LEAVES[1], "B"),
      wrap: wraps,
      draws: fc.array(fc.nat(99), { maxLength: 16, size: "max" }),
      oddDraws: fc.option(fc.array(fc.nat(99), { maxLength: 16, size: "max" })),
      via: some<FieldCase["via"]>("resolver", "resolver", "method", "property"),
    })
    .map(({ named, wrap, draws, oddDraws, via }) => {
      const type = wrap.replace("T", named);
      const gives = givesOf(type, [...draws], faulty);
      const odd = oddDraws === null ? {} : { toOdd: givesOf(type, [...oddDraws], faulty) };
      const plain = hasNoPromise(gives) && (oddDraws === null || hasNoPromise(odd.toOdd));
      return { type, gives, ...odd, via: via === "property" && !plain ? "resolver" : via };
    });

/** One field to select: which, how, and what below it. */
interface Pick {
  readonly which: number;
  readonly how: "plain" | "alias" | "in a fragment" | "skipped" | "of another type";
  readonly otherOrder: boolean;
  readonly below: readonly Pick[];
}

const picks = (depth: number, most: number): fc.Arbitrary<Pick[]> =>
  fc.array(
    fc.record({
      which: fc.nat(most),
      how: some<Pick["how"]>(
        "plain",
        "plain",
        "alias",
        "in a fragment",
        "skipped",
        "of another type",
      ),
      otherOrder: fc.boolean(),
      below: depth === 0 ? fc.constant([]) : picks(depth - 1, most),
    }),
    { maxLength: 4, size: "max" },
  );

function selectionsOf(types: Types, type: string, chosen: readonly Pick[]): Selection[] {
  const fields = Object.entries(types[type]!);
  const selections = chosen.map(({ which, how, otherOrder, below }): Selection => {
    const [name, field] = fields[which % (fields.length + 1)] ?? ["__typename", undefined];
    const args = otherOrder ? { y: [1], x: { n: 1 } } : { x: { n: 1 }, y: [1] };
    const more = field !== undefined && isObject(field.type);
    const selected: Selection = {
      kind: "field",
      name,
      // One alias means one field with one list of args, so that nothing clashes.
      ...(how === "alias" ? { alias: `${name}_2`, args } : otherOrder ? { args: {} } : {}),
      ...(more ? { selections: selectionsOf(types, nameOf(field.type), below) } : {}),
    };
    const nonsense: Selection = { kind: "field", name: "unknown" };
    if (how === "in a fragment") return { kind: "fragment", on: type, selections: [selected] };
    if (how === "of another type")
      return { kind: "fragment", on: `${type}2`, selections: [nonsense] };
    if (how !== "skipped") return selected;
    return { kind: "fragment", on: type, include: false, selections: [nonsense] };
  });
  return selections.length > 0 ? selections : [{ kind: "field", name: "__typename" }];
}

export function cases(
  faulty: boolean,
  kinds: readonly Operation["kind"][],
  most = 5,
): fc.Arbitrary<Case> {
  const fields = fc
    .tuple(
      fc.shuffledSubarray(NAMES, { minLength: 2, maxLength: 4 }),
      fc.array(fieldCase(faulty), { minLength: 4, maxLength: 4 }),
    )
    .map(([names, list]) => Object.fromEntries(names.map((name, i) => [name, list[i]!])));
  return fc
    .record({
      types: fc.record({ Root: fields, A: fields, B: fields }),
      kind: fc.constantFrom(...kinds),
      chosen: picks(3, most),
      root: some<Case["root"]>("given", "given", "given", "left out", "null"),
    })
    .map(({ types, kind, chosen, root }) =>
      toldAs({ types, operation: { kind, selections: selectionsOf(types, "Root", chosen) }, root }),
    );
}

/** A case that shows as its document, and what the fields that it names give. */
export function toldAs(given: Case): Case {
  const used = new Set(given.operation.selections.flatMap((each) => namesIn(each)));
  const fields = Object.entries(given.types).flatMap(([type, all]) =>
    Object.entries(all)
      .filter(([name]) => used.has(name))
      .map(([name, { type: text, gives, via, ...odd }]) => {
        const other = "toOdd" in odd ? `, to odd parents ${literal(odd.toOdd)}` : "";
        return `${type}.${name}: ${text} (${via}) gives ${literal(gives)}${other}`;
      }),
  );
  const root = given.root === "given" ? "" : `, root ${given.root},`;
  const text = `${given.operation.kind}${root} ${print(given.operation.selections)} where ${fields.join("; ")}`;
  return { ...given, [fc.toStringMethod]: () => text } as Case;
}

const namesIn = (each: Selection): string[] => [
  ...(each.kind === "field" ? [each.name] : []),
  ...(each.selections ?? []).flatMap(namesIn),
];

export function print(selections: readonly Selection[]): string {
  const parts = selections.map((each) => {
    if (each.kind === "fragment") {
      const skip = each.include === false ? " @skip" : "";
      return `... on ${each.on}${skip} ${print(each.selections)}`;
    }
    const args = each.args === undefined ? "" : `(${JSON.stringify(each.args)})`;
    const below = each.selections === undefined ? "" : ` ${print(each.selections)}`;
    return `${each.alias === undefined ? "" : `${each.alias}: `}${each.name}${args}${below}`;
  });
  return `{ ${parts.join(" ")} }`;
}

const FAULTS: readonly Gives[] = [null, undefined, { fails: "e", isError: true }, 7];

/** Two items in each list, and `fault` at the position with this number. */
function filled(type: string, faultAt: number, fault: Gives): Gives {
  let position = 0;
  const fill = (text: string): Gives => {
    const at = position++;
    const bare = text.replace(/!$/, "");
    if (at === faultAt) return fault === 7 && !bare.startsWith("[") ? null : fault;
    if (bare.startsWith("[")) return { list: [0, 1].map(() => fill(bare.slice(1, -1))) };
    return isObject(text) ? { object: at % 2 } : at;
  };
  return fill(type);
}

/** Three types below each other, and one fault at one of the levels. */
export const levels: fc.Arbitrary<Case> = fc
  .record({
    wrapped: fc.tuple(wraps, wraps, wraps),
    level: fc.nat(2),
    faultAt: fc.nat(4),
    fault: fc.constantFrom(...FAULTS),
    late: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
    onlyOdd: fc.boolean(),
  })
  .map(({ wrapped, level, faultAt, fault, late, onlyOdd }) => {
    const fields = ["A", "B", LEAVES[0]].map((named, i): FieldCase => {
      const type = wrapped[i]!.replace("T", named);
      const gives = (at: number): Gives => {
        const all = filled(type, at, fault);
        return late[i] === true ? { after: 1, gives: all } : all;
      };
      const odd = onlyOdd && level === i ? { toOdd: gives(faultAt) } : {};
      return {
        type,
        gives: gives(level === i && !onlyOdd ? faultAt : -1),
        ...odd,
        via: "resolver",
      };
    });
    const plain: FieldCase = { type: LEAVES[0], gives: 1, via: "resolver" };
    const [a, b, c] = fields as [FieldCase, FieldCase, FieldCase];
    const below = [field("d"), field("b", [field("d"), field("c")])];
    return toldAs({
      types: { Root: { a, d: plain }, A: { b, d: plain }, B: { c, d: plain } },
      operation: { kind: "query", selections: [field("a", below), field("d")] },
      root: "given",
    });
  });

export function field(
  name: string,
  selections?: readonly Selection[],
  more: { alias?: string; args?: Record<string, unknown> } = {},
): Selection {
  return { kind: "field", name, ...more, ...(selections === undefined ? {} : { selections }) };
}

/** A field of a mutation that is known to be null while another below it still runs. */
export const raced: fc.Arbitrary<Case> = fc
  .record({
    outer: some("T", "[T]", "[T!]", "[[T!]]"),
    failsAt: fc.nat(3),
    otherAt: fc.nat(4),
    fault: fc.constantFrom<Gives>(null, { fails: "e", isError: true }),
  })
  .map(({ outer, failsAt, otherAt, fault }) => {
    const a: FieldCase = {
      type: outer.replace("T", "A"),
      gives: filled(outer.replace("T", "A"), -1, 0),
      via: "resolver",
    };
    const b: FieldCase = { type: LEAVES[0], gives: 1, via: "resolver" };
    const c: FieldCase = { ...b, type: "Int!", gives: { after: failsAt, gives: fault } };
    const d: FieldCase = { ...b, gives: { after: otherAt, gives: 1 } };
    const selections = [field("a", [field("c"), field("d")]), field("b")];
    return toldAs({
      types: { Root: { a, b }, A: { c, d } },
      operation: { kind: "mutation", selections },
      root: "given",
    });
  });

/** A list in which several items may fail, at once or later. */
export const lists: fc.Arbitrary<Case> = fc
  .record({
    type: some("[Int]", "[Int!]", "[Int!]!", "[[Int!]]"),
    items: fc.array(
      fc.constantFrom<Gives>(1, null, { fails: "e", isError: true }, { after: 1, gives: null }),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map(({ type, items }) => {
    const list = { list: items };
    const a: FieldCase = {
      type,
      gives: type.startsWith("[[") ? { list: [list] } : list,
      via: "resolver",
    };
    return toldAs({
      types: { Root: { a } },
      operation: { kind: "query", selections: [field("a")] },
      root: "given",
    });
  });
