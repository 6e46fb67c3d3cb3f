/**
 * @design Recursive async functions that collect the fields at run time, once for each list of
 * selections and remembered; exceptions move nulls up, and errors lie in a list that a catch fills.
 */
import type {
  ExecutionError,
  ExecutionResult,
  Operation,
  Schema,
  Selection,
} from "../../../../katas/apis/graphql-executor/stub.ts";

type Field = Extract<Selection, { kind: "field" }>;
type Path = readonly (string | number)[];
/** Merged fields by response key. */
type Fields = ReadonlyMap<string, readonly [Field, ...Field[]]>;

class Invalid extends Error {}
class Located extends Error {
  readonly path: Path;

  constructor(cause: unknown, path: Path) {
    super(cause instanceof Error ? cause.message : `not an Error: ${typeof cause}`);
    this.path = path;
  }
}

const bare = (type: string): string => (type.endsWith("!") ? type.slice(0, -1) : type);
const nameOf = (type: string): string => type.replaceAll(/[[\]!]/g, "");

export async function execute(
  schema: Schema,
  operation: Operation,
  root?: unknown,
  context?: unknown,
): Promise<ExecutionResult> {
  const errors: ExecutionError[] = [];
  /** What is selected below a merged field: one list for one array of fields. */
  const collected = new Map<readonly Field[], Fields>();
  const rootType = operation.kind === "query" ? schema.query : schema.mutation;

  try {
    if (rootType === undefined || !isObject(rootType)) throw new Invalid("no such root");
    const fields = collect([operation.selections], rootType, new Map());
    if (operation.selections.length === 0) throw new Invalid("no selections");
    validate(fields, rootType);
    const data = await completeFields(fields, rootType, root, [], operation.kind === "mutation");
    return errors.length > 0 ? { data, errors } : { data };
  } catch (error) {
    if (error instanceof Invalid) return { errors: [{ message: error.message }] };
    const { message, path } = error as Located;
    return { data: null, errors: [...errors, { message, path: [...path] }] };
  }

  function isObject(type: string): boolean {
    return Object.keys(schema.types).includes(nameOf(type));
  }

  function typeOf(parent: string, { name }: Field): string {
    if (name === "__typename") return "String!";
    const { fields } = schema.types[parent]!;
    if (!Object.hasOwn(fields, name)) throw new Invalid(`${parent} has no ${name}`);
    return fields[name]!.type;
  }

  function collect(
    lists: readonly (readonly Selection[])[],
    type: string,
    into: Map<string, [Field, ...Field[]]>,
  ): Fields {
    for (const selection of lists.flat()) {
      if (selection.kind === "field") {
        const key = selection.alias ?? selection.name;
        const before = into.get(key);
        if (before === undefined) into.set(key, [selection]);
        else before.push(selection);
      } else if (selection.on === type && selection.include !== false) {
        collect([selection.selections], type, into);
      }
    }
    return into;
  }

  function below(merged: readonly [Field, ...Field[]], type: string): Fields {
    let fields = collected.get(merged);
    if (fields === undefined) {
      fields = collect(
        merged.map(({ selections = [] }) => selections),
        nameOf(type),
        new Map(),
      );
      collected.set(merged, fields);
    }
    return fields;
  }

  function validate(fields: Fields, parent: string): void {
    for (const [key, merged] of fields) {
      const type = typeOf(parent, merged[0]);
      for (const { name, args = {}, selections } of merged) {
        if (name !== merged[0].name || !same(args, merged[0].args ?? {})) {
          throw new Invalid(`${key} clashes`);
        }
        if (isObject(type) ? !selections?.length : selections !== undefined) {
          throw new Invalid(`selections of ${parent}.${name}`);
        }
      }
      if (isObject(type)) validate(below(merged, type), nameOf(type));
    }
  }

  async function completeFields(
    fields: Fields,
    type: string,
    parent: unknown,
    path: Path,
    inTurn: boolean,
  ): Promise<Record<string, unknown>> {
    const values: (readonly [string, Promise<unknown>])[] = [];
    for (const [key, merged] of fields) {
      const find = (): unknown => resolve(merged[0], type, parent);
      const value = complete(typeOf(type, merged[0]), find, merged, [...path, key]);
      if (inTurn) await value;
      values.push([key, value]);
    }
    const all = await whole(values.map(([, value]) => value));
    return Object.fromEntries(values.map(([key], i) => [key, all[i]]));
  }

  function resolve({ name, args = {} }: Field, type: string, parent: unknown): unknown {
    if (name === "__typename") return type;
    const resolver = schema.types[type]?.fields[name]?.resolve;
    if (resolver !== undefined) return resolver(parent, args, context);
    if (Object(parent) !== parent) return null;
    const value: unknown = Reflect.get(parent as object, name);
    return typeof value === "function" ? Reflect.apply(value, parent, [args, context]) : value;
  }

  async function complete(
    type: string,
    find: () => unknown,
    merged: readonly [Field, ...Field[]],
    path: Path,
  ): Promise<unknown> {
    try {
      const value = (await find()) ?? null;
      if (value === null) {
        if (type.endsWith("!")) throw new Error("null is not allowed here");
        return null;
      }
      if (!bare(type).startsWith("[")) {
        if (!isObject(type)) return value;
        return await completeFields(below(merged, type), nameOf(type), value, path, false);
      }
      if (!Array.isArray(value)) throw new TypeError("not a list");
      const inner = bare(type).slice(1, -1);
      return await whole(
        value.map((item: unknown, i) => complete(inner, () => item, merged, [...path, i])),
      );
    } catch (error) {
      const located = error instanceof Located ? error : new Located(error, path);
      if (type.endsWith("!")) throw located;
      errors.push({ message: located.message, path: [...located.path] });
      return null;
    }
  }
}

/** As Promise.all, but it waits for all before it rejects. */
async function whole(parts: readonly Promise<unknown>[]): Promise<unknown[]> {
  await Promise.allSettled(parts);
  return Promise.all(parts);
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a, inOrder) === JSON.stringify(b, inOrder);
}

function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
