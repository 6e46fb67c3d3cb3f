/**
 * @bug Remembers plans by the text of the operation, though another schema may have other types.
 * @killedBy null-bubbling, merge-once
 */
import type {
  ExecutionError,
  ExecutionResult,
  FieldDef,
  Operation,
  Schema,
  Selection,
} from "../../../../katas/apis/graphql-executor/stub.ts";

interface Shape {
  readonly isNullable: boolean;
  readonly item?: Shape;
}

interface FieldPlan {
  readonly key: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly shape: Shape;
  readonly resolve: FieldDef["resolve"];
  readonly fields?: readonly FieldPlan[];
}

interface Path {
  readonly above: Path | undefined;
  readonly key: string | number;
}

type Field = Extract<Selection, { kind: "field" }>;
type Now<T> = T | Promise<T>;

class InvalidOperation extends Error {}

class Failure extends Error {
  readonly path: (string | number)[] = [];

  constructor(message: string, path: Path | undefined) {
    super(message);
    for (let at = path; at !== undefined; at = at.above) this.path.unshift(at.key);
  }
}

const PLANS = new Map<string, FieldPlan[]>();

export async function execute(
  schema: Schema,
  operation: Operation,
  root?: unknown,
  context?: unknown,
): Promise<ExecutionResult> {
  const errors: ExecutionError[] = [];
  try {
    const text = JSON.stringify(operation);
    const fields = PLANS.get(text) ?? compile(schema, operation);
    PLANS.set(text, fields);
    const run = new Run(context, errors);
    const data = await (operation.kind === "mutation"
      ? run.inTurn(fields, root)
      : run.object(fields, root, undefined));
    return errors.length === 0 ? { data } : { data, errors };
  } catch (error) {
    if (error instanceof InvalidOperation) return { errors: [{ message: error.message }] };
    errors.push(reportOf(error as Failure));
    return { data: null, errors };
  }
}

function compile(schema: Schema, operation: Operation): FieldPlan[] {
  const root = operation.kind === "mutation" ? schema.mutation : schema.query;
  if (root === undefined || !Object.hasOwn(schema.types, root)) {
    throw new InvalidOperation(`the schema has no ${operation.kind}`);
  }
  if (operation.selections.length === 0) throw new InvalidOperation("nothing is selected");
  return planObject(schema, root, [operation.selections]);
}

function planObject(
  schema: Schema,
  typeName: string,
  parts: readonly (readonly Selection[])[],
): FieldPlan[] {
  const byKey = new Map<string, [Field, ...Field[]]>();
  for (const part of parts) collect(part, typeName, byKey);
  return Array.from(byKey, ([key, merged]) => planField(schema, typeName, key, merged));
}

function collect(
  selections: readonly Selection[],
  typeName: string,
  byKey: Map<string, [Field, ...Field[]]>,
): void {
  for (const selection of selections) {
    if (selection.kind === "fragment") {
      if (selection.on !== typeName || selection.include === false) continue;
      collect(selection.selections, typeName, byKey);
    } else {
      const key = selection.alias ?? selection.name;
      const merged = byKey.get(key);
      if (merged === undefined) byKey.set(key, [selection]);
      else merged.push(selection);
    }
  }
}

function planField(
  schema: Schema,
  typeName: string,
  key: string,
  merged: readonly [Field, ...Field[]],
): FieldPlan {
  const [{ name, args = {} }] = merged;
  const { fields } = schema.types[typeName]!;
  const where = `${typeName}.${name}`;
  const { type, resolve }: FieldDef =
    name === "__typename" ? { type: "String!", resolve: () => typeName } : own(fields, name, where);
  const named = type.replaceAll(/[[\]!]/g, "");
  const isObject = Object.hasOwn(schema.types, named);
  const parts: (readonly Selection[])[] = [];
  for (const field of merged) {
    if (field.name !== name || !isDeepEqual(field.args ?? {}, args)) {
      throw new InvalidOperation(`${key} means two things in ${typeName}`);
    }
    if (isObject !== (field.selections !== undefined) || field.selections?.length === 0) {
      throw new InvalidOperation(`${where} ${isObject ? "needs selections" : "is a leaf"}`);
    }
    if (field.selections !== undefined) parts.push(field.selections);
  }
  const plan = { key, name, args, shape: parseShape(type), resolve };
  return isObject ? { ...plan, fields: planObject(schema, named, parts) } : plan;
}

function own(fields: Readonly<Record<string, FieldDef>>, name: string, where: string): FieldDef {
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (field === undefined) throw new InvalidOperation(`there is no field ${where}`);
  return field;
}

function parseShape(type: string): Shape {
  const isNullable = !type.endsWith("!");
  const bare = isNullable ? type : type.slice(0, -1);
  if (!bare.startsWith("[")) return { isNullable };
  return { isNullable, item: parseShape(bare.slice(1, -1)) };
}

function isDeepEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(
      (key) =>
        Object.hasOwn(b, key) && isDeepEqual(a[key as keyof typeof a], b[key as keyof typeof b]),
    )
  );
}

class Data {
  [key: string]: unknown;
}
Object.setPrototypeOf(Data.prototype, null);

class Run {
  readonly #context: unknown;
  readonly #errors: ExecutionError[];

  constructor(context: unknown, errors: ExecutionError[]) {
    this.#context = context;
    this.#errors = errors;
  }

  async inTurn(fields: readonly FieldPlan[], root: unknown): Promise<Data> {
    const data = new Data();
    for (const field of fields) {
      data[field.key] = await this.#field(field, root, { above: undefined, key: field.key });
    }
    return data;
  }

  object(fields: readonly FieldPlan[], parent: unknown, above: Path | undefined): Now<Data> {
    const data = new Data();
    const parts = new Parts();
    for (const field of fields) {
      data[field.key] = undefined;
      parts.add(
        () => this.#field(field, parent, { above, key: field.key }),
        (value) => (data[field.key] = value),
      );
    }
    return parts.join(data);
  }

  #list(field: FieldPlan, shape: Shape, items: readonly unknown[], above: Path): Now<unknown[]> {
    const list: unknown[] = [];
    const parts = new Parts();
    for (const key of items.keys()) {
      parts.add(
        () => this.#complete(field, shape, () => items[key], { above, key }),
        (value) => (list[key] = value),
      );
    }
    return parts.join(list);
  }

  #field(field: FieldPlan, parent: unknown, path: Path): Now<unknown> {
    return this.#complete(field, field.shape, () => this.#resolve(field, parent), path);
  }

  #resolve({ name, args, resolve }: FieldPlan, parent: unknown): unknown {
    if (resolve !== undefined) return resolve(parent, args, this.#context);
    if (typeof parent !== "object" || parent === null) return null;
    const value = (parent as Record<string, unknown>)[name];
    if (typeof value !== "function") return value;
    return Reflect.apply(value, parent, [args, this.#context]) as unknown;
  }

  #complete(field: FieldPlan, shape: Shape, find: () => unknown, path: Path): Now<unknown> {
    try {
      const found = find();
      const completed =
        found instanceof Promise
          ? found.then((value: unknown) => this.#present(field, shape, value, path))
          : this.#present(field, shape, found, path);
      if (!(completed instanceof Promise)) return completed;
      return completed.catch((error: unknown) => this.#absorb(shape, error, path));
    } catch (error) {
      return this.#absorb(shape, error, path);
    }
  }

  #present(field: FieldPlan, shape: Shape, value: unknown, path: Path): Now<unknown> {
    if (value === null || value === undefined) {
      if (shape.isNullable) return null;
      throw new Failure(`${field.name} must not be null`, path);
    }
    if (shape.item === undefined) {
      return field.fields === undefined ? value : this.object(field.fields, value, path);
    }
    if (!Array.isArray(value)) throw new Failure(`${field.name} must be a list`, path);
    return this.#list(field, shape.item, value, path);
  }

  #absorb(shape: Shape, error: unknown, path: Path): null {
    const message = error instanceof Error ? error.message : "what was thrown is no Error";
    const failure = error instanceof Failure ? error : new Failure(message, path);
    if (!shape.isNullable) throw failure;
    this.#errors.push(reportOf(failure));
    return null;
  }
}

class Parts {
  readonly #pending: Promise<void>[] = [];
  readonly #failures: unknown[] = [];

  add(start: () => Now<unknown>, keep: (value: unknown) => void): void {
    try {
      const value = start();
      if (!(value instanceof Promise)) return keep(value);
      this.#pending.push(value.then(keep, (error: unknown) => void this.#failures.push(error)));
    } catch (error) {
      this.#failures.push(error);
    }
  }

  join<T>(whole: T): Now<T> {
    const end = (): T => {
      if (this.#failures.length > 0) throw this.#failures[0];
      return whole;
    };
    return this.#pending.length === 0 ? end() : Promise.all(this.#pending).then(end);
  }
}

function reportOf({ message, path }: Failure): ExecutionError {
  return { message, path };
}
