/**
 * @design No exceptions and no recursion over promises: every position is a cell that counts what it
 * still waits for, and tells the cell around it when it is done or has failed.
 */
import type {
  ExecutionError,
  ExecutionResult,
  FieldDef,
  Operation,
  Schema,
  Selection,
} from "../../../../katas/apis/graphql-executor/stub.ts";

type Field = Extract<Selection, { kind: "field" }>;
type Key = string | number;

/** A merged field with its definition. */
interface Merged {
  readonly key: string;
  readonly first: Field;
  readonly definition: FieldDef;
  readonly typeName: string;
  readonly below: readonly Merged[];
}

interface Cell {
  readonly above: Cell | undefined;
  readonly key: Key;
  readonly type: string;
  readonly field: Merged | undefined;
  waitsFor: number;
  /** The first failure that this cell cannot hold. */
  failure: ExecutionError | undefined;
  value: unknown;
}

export function execute(
  schema: Schema,
  operation: Operation,
  root?: unknown,
  context?: unknown,
): Promise<ExecutionResult> {
  const rootType = operation.kind === "query" ? schema.query : schema.mutation;
  const plan =
    rootType === undefined || operation.selections.length === 0
      ? "nothing to run"
      : planOf(schema, rootType, [operation.selections]);
  if (typeof plan === "string") return Promise.resolve({ errors: [{ message: plan }] });
  return new Promise((answer) => {
    new Machine(context, answer).start(plan, root, operation.kind === "mutation");
  });
}

class Machine {
  readonly #context: unknown;
  readonly #answer: (result: ExecutionResult) => void;
  readonly #errors: ExecutionError[] = [];
  /** Root fields of a mutation that have not begun. */
  #queue: (() => void)[] = [];

  constructor(context: unknown, answer: (result: ExecutionResult) => void) {
    this.#context = context;
    this.#answer = answer;
  }

  start(plan: readonly Merged[], root: unknown, inTurn: boolean): void {
    const top = cellOf(undefined, "", "", undefined);
    top.value = emptyObject();
    top.waitsFor = plan.length;
    const begin = plan.map((field) => () => this.#begin(top, field, root));
    if (plan.length === 0) return this.#done(top);
    if (!inTurn) return begin.forEach((each) => each());
    this.#queue = begin;
    this.#queue.shift()?.();
  }

  #begin(above: Cell, field: Merged, parent: unknown): void {
    (above.value as Record<string, unknown>)[field.key] = null;
    const cell = cellOf(above, field.key, field.definition.type, field);
    let found: unknown;
    try {
      found = this.#resolve(field, parent);
    } catch (error) {
      return this.#fail(cell, error);
    }
    this.#await(cell, found);
  }

  #resolve({ first: { name, args = {} }, definition, typeName }: Merged, parent: unknown): unknown {
    if (name === "__typename") return typeName;
    if (definition.resolve !== undefined) return definition.resolve(parent, args, this.#context);
    if (parent === null || !["object", "function"].includes(typeof parent)) return null;
    const value = (parent as Record<string, unknown>)[name];
    return typeof value === "function"
      ? Reflect.apply(value, parent, [args, this.#context])
      : value;
  }

  #await(cell: Cell, found: unknown): void {
    if (!(found instanceof Promise)) return this.#arrive(cell, found);
    found.then(
      (value: unknown) => this.#arrive(cell, value),
      (error: unknown) => this.#fail(cell, error),
    );
  }

  #arrive(cell: Cell, value: unknown): void {
    const { field, type } = cell;
    const bare = type.endsWith("!") ? type.slice(0, -1) : type;
    if (value === null || value === undefined) {
      if (bare !== type) return this.#fail(cell, new Error("null"));
      cell.value = null;
      return this.#done(cell);
    }
    const isList = bare.startsWith("[");
    if (isList && !Array.isArray(value)) return this.#fail(cell, new Error("no list"));
    if (!isList && (field === undefined || field.first.selections === undefined)) {
      cell.value = value;
      return this.#done(cell);
    }
    const items = isList ? (value as unknown[]) : [];
    const fields = isList ? [] : field!.below;
    cell.value = isList ? items.map(() => null) : emptyObject();
    cell.waitsFor = items.length + fields.length;
    if (cell.waitsFor === 0) return this.#done(cell);
    for (const [i, item] of items.entries()) {
      this.#await(cellOf(cell, i, bare.slice(1, -1), field), item);
    }
    for (const each of fields) this.#begin(cell, each, value);
  }

  #fail(cell: Cell, error: unknown): void {
    const path: Key[] = [];
    for (let at: Cell | undefined = cell; at?.above !== undefined; at = at.above) {
      path.unshift(at.key);
    }
    cell.failure = { message: error instanceof Error ? error.message : "no Error", path };
    this.#done(cell);
  }

  /** All below the cell has settled. */
  #done(cell: Cell): void {
    const { above, failure } = cell;
    if (above === undefined) {
      if (failure !== undefined) this.#errors.push(failure);
      const data = failure === undefined ? (cell.value as Record<string, unknown>) : null;
      return this.#answer(this.#errors.length === 0 ? { data } : { data, errors: this.#errors });
    }
    if (failure !== undefined && cell.type.endsWith("!")) {
      above.failure ??= failure;
    } else {
      if (failure !== undefined) this.#errors.push(failure);
      (above.value as Record<Key, unknown>)[cell.key] = failure === undefined ? cell.value : null;
    }
    above.waitsFor -= 1;
    if (above.waitsFor === 0) this.#done(above);
    else if (above.above === undefined) this.#queue.shift()?.();
  }
}

function cellOf(above: Cell | undefined, key: Key, type: string, field: Merged | undefined): Cell {
  return { above, key, type, field, waitsFor: 0, failure: undefined, value: null };
}

function emptyObject(): Record<string, unknown> {
  return Object.create(null) as Record<string, unknown>;
}

/** Text: what is wrong. */
function planOf(
  schema: Schema,
  typeName: string,
  lists: readonly (readonly Selection[])[],
): Merged[] | string {
  const type = new Map(Object.entries(schema.types)).get(typeName);
  if (type === undefined) return `there is no type ${typeName}`;
  const definitions = new Map(Object.entries(type.fields)).set("__typename", { type: "String!" });
  const byKey = new Map<string, Field[]>();
  const visit = (selection: Selection): void => {
    if (selection.kind === "fragment") {
      const applies = selection.on === typeName && selection.include !== false;
      return applies ? selection.selections.forEach(visit) : undefined;
    }
    const key = selection.alias ?? selection.name;
    byKey.set(key, byKey.get(key) ?? []);
    byKey.get(key)?.push(selection);
  };
  for (const list of lists) list.forEach(visit);

  const plan: Merged[] = [];
  for (const [key, fields] of byKey) {
    const [first] = fields as [Field, ...Field[]];
    const definition = definitions.get(first.name);
    if (definition === undefined) return `there is no field ${first.name}`;
    const named = definition.type.replaceAll(/[^\w]/g, "");
    const isLeaf = !Object.keys(schema.types).includes(named);
    for (const { name, args = {}, selections } of fields) {
      if (name !== first.name || !isSame(args, first.args ?? {})) return `${key} is two things`;
      if (isLeaf ? selections !== undefined : !selections?.length) return `selections of ${key}`;
    }
    const parts = fields.map(({ selections = [] }) => selections);
    const below = isLeaf ? [] : planOf(schema, named, parts);
    if (typeof below === "string") return below;
    plan.push({ key, first, definition, typeName, below });
  }
  return plan;
}

function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const [one, two] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  if (Array.isArray(a) !== Array.isArray(b) || one.size !== two.size) return false;
  return [...one].every(([key, value]) => two.has(key) && isSame(value, two.get(key)));
}
