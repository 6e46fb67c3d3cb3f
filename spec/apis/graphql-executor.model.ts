/** An interpreter of GraphQL that says what must come out: data, failures, calls, and when. */
import type { VirtualScheduler } from "kata/kit";
import type {
  ExecutionResult,
  FieldDef,
  Schema,
  Selection,
} from "../../katas/apis/graphql-executor/stub.ts";
import {
  type Case,
  type FieldCase,
  type Gives,
  type Path,
  givenTo,
  nameOf,
  print,
} from "./graphql-executor.stories.ts";

/** A null in the result that failures brought about. */
interface Nulled {
  readonly path: Path;
  readonly causes: readonly Path[];
}

export interface Expected {
  readonly data: unknown;
  /** Where something failed, and with which message; undefined: with any. */
  readonly failures: ReadonlyMap<string, string | undefined>;
  /** Those nulls that are not inside another. */
  readonly nulled: readonly Nulled[];
  /** Calls of resolvers and methods, sorted. */
  readonly calls: readonly string[];
  /** A null moved up: which of the calls inside it are made is free. */
  readonly hasMoved: boolean;
}

interface Completed {
  readonly value: unknown;
  readonly endMs: number;
  /** The failures for which this position cannot be: they go on to what is around. */
  readonly causes: readonly Path[];
}

export const callText = (atMs: number, of: string, parent: number, args: unknown): string =>
  `at ${atMs} ms: ${of} of parent ${parent}, args ${JSON.stringify(args, (_, each: unknown) => sorted(each))}`;
const sorted = (each: unknown): unknown =>
  typeof each !== "object" || each === null || Array.isArray(each)
    ? each
    : Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** Goes through the document as it is, position by position, and keeps the time by hand. */
export function interpret({ types, operation, root }: Case): Expected {
  const failures = new Map<string, string | undefined>();
  const nulled: Nulled[] = [];
  const calls: string[] = [];

  const complete = (
    type: string,
    given: Gives,
    path: Path,
    startMs: number,
    below: readonly Selection[],
  ): Completed => {
    const isPromise = typeof given === "object" && given !== null && "after" in given;
    const nowMs = isPromise ? startMs + given.after : startMs;
    const gives = isPromise ? given.gives : given;
    const bare = type.replace(/!$/, "");
    const fail = (message?: string): Completed => {
      failures.set(JSON.stringify(path), message);
      return { value: null, endMs: nowMs, causes: [path] };
    };
    const whole = ((): Completed => {
      if (gives === null || gives === undefined) {
        return bare === type ? { value: null, endMs: nowMs, causes: [] } : fail();
      }
      if (typeof gives === "object" && "fails" in gives)
        return fail(gives.isError ? gives.fails : undefined);
      if (bare.startsWith("[")) {
        if (typeof gives !== "object" || !("list" in gives)) return fail();
        const items = gives.list.map((item, i) =>
          complete(bare.slice(1, -1), item, [...path, i], nowMs, below),
        );
        return around(
          items.map((item) => item.value),
          items,
          nowMs,
        );
      }
      if (typeof gives !== "object" || !("object" in gives))
        return { value: gives, endMs: nowMs, causes: [] };
      return object(bare, gives.object, below, path, nowMs, false);
    })();
    if (whole.causes.length === 0 || bare !== type) return whole;
    nulled.push({ path, causes: whole.causes });
    return { value: null, endMs: whole.endMs, causes: [] };
  };

  const object = (
    type: string,
    parent: number,
    selections: readonly Selection[],
    path: Path,
    startMs: number,
    inTurn: boolean,
  ): Completed => {
    const merged = new Map<string, { field: Selection & { kind: "field" }; below: Selection[] }>();
    const collect = (list: readonly Selection[]): void => {
      for (const each of list) {
        if (each.kind === "fragment") {
          if (each.on === type && each.include !== false) collect(each.selections);
          continue;
        }
        const key = each.alias ?? each.name;
        if (!merged.has(key)) merged.set(key, { field: each, below: [] });
        merged.get(key)?.below.push(...(each.selections ?? []));
      }
    };
    collect(selections);
    let nowMs = startMs;
    const parts: [string, Completed][] = [];
    for (const [key, { field, below }] of merged) {
      const definition = types[type]?.[field.name];
      const at = [...path, key];
      if (field.name === "__typename" || definition === undefined) {
        parts.push([key, { value: type, endMs: nowMs, causes: [] }]);
        continue;
      }
      const hasParent = path.length > 0 || root === "given" || definition.via === "resolver";
      if (hasParent && definition.via !== "property") {
        calls.push(callText(nowMs, `${type}.${field.name}`, parent, field.args ?? {}));
      }
      const part = complete(
        definition.type,
        hasParent ? givenTo(definition, parent) : null,
        at,
        nowMs,
        below,
      );
      parts.push([key, part]);
      if (!inTurn) continue;
      nowMs = part.endMs;
      if (part.causes.length > 0) break;
    }
    const value = Object.fromEntries(parts.map(([key, part]) => [key, part.value]));
    return around(
      value,
      parts.map(([, part]) => part),
      startMs,
    );
  };

  const whole = object("Root", 0, operation.selections, [], 0, operation.kind === "mutation");
  if (whole.causes.length > 0) nulled.push({ path: [], causes: whole.causes });
  const isInside = (inner: Path, outer: Path): boolean =>
    inner.length > outer.length && outer.every((step, i) => inner[i] === step);
  return {
    data: whole.causes.length > 0 ? null : whole.value,
    failures,
    nulled: nulled.filter(({ path }) => !nulled.some((other) => isInside(path, other.path))),
    calls: calls.sort(),
    hasMoved: nulled.some(({ path, causes }) => causes.some((cause) => cause.length > path.length)),
  };
}

function around(value: unknown, parts: readonly Completed[], startMs: number): Completed {
  const endMs = Math.max(startMs, ...parts.map((part) => part.endMs));
  return { value, endMs, causes: parts.flatMap((part) => part.causes) };
}

/** What was seen when a subject ran a case. */
export interface Played {
  readonly result: ExecutionResult;
  readonly calls: readonly string[];
  readonly overlaps: readonly string[];
}

/** The resolvers and objects of a case, as code that books what is called. */
export class Server {
  readonly schema: Schema;
  readonly root: object | null | undefined;
  readonly context = { of: "the request" };
  /** Every call of a resolver or method. */
  readonly calls: string[] = [];
  /** Calls of root fields while a promise below another one had not settled. */
  readonly overlaps: string[] = [];
  readonly #case: Case;
  readonly #scheduler: VirtualScheduler;
  readonly #parents = new Map<unknown, number>();
  readonly #lists: { readonly list: unknown[]; readonly copy: readonly unknown[] }[] = [];
  readonly #before: string;
  #unsettled = 0;

  constructor(given: Case, scheduler: VirtualScheduler) {
    this.#case = given;
    this.#scheduler = scheduler;
    const types = Object.entries(given.types).map(([type, fields]) => {
      const defined = Object.entries(fields).map(([name, field]): [string, FieldDef] => {
        const resolve = (parent: unknown, args: object, context: unknown): unknown =>
          this.#call(type, name, field, parent, args, context);
        return [
          name,
          field.via === "resolver" ? { type: field.type, resolve } : { type: field.type },
        ];
      });
      return [type, { fields: Object.fromEntries(defined) }] as const;
    });
    const right = "rootType" in given ? given.rootType : "Root";
    const roots =
      given.operation.kind === "query"
        ? { query: right ?? "A", mutation: "A" }
        : { query: "A", ...(right === undefined ? {} : { mutation: right }) };
    this.schema = { ...roots, types: Object.fromEntries(types) };
    const nothing = given.root === "null" ? null : undefined;
    this.root = given.root === "given" ? this.#object("Root", 0) : nothing;
    this.#parents.set(this.root, 0);
    this.#before = this.#told();
  }

  /** What the subject has changed that is not its own; empty: nothing. */
  changed(): string {
    const list = this.#lists.find((each) => each.list.some((item, i) => item !== each.copy[i]));
    if (list !== undefined) return "a list that a resolver gave";
    return this.#told() === this.#before ? "" : "the operation or the schema";
  }

  #told(): string {
    return print(this.#case.operation.selections) + JSON.stringify(this.schema);
  }

  #call(
    type: string,
    name: string,
    field: FieldCase,
    parent: unknown,
    args: unknown,
    context: unknown,
  ): unknown {
    const known = this.#parents.get(parent);
    const text = callText(this.#scheduler.now(), `${type}.${name}`, known ?? Number.NaN, args);
    this.calls.push(context === this.context ? text : `${text}, with another context`);
    if (type === "Root" && this.#unsettled > 0) this.overlaps.push(text);
    const gives = givenTo(field, known ?? 0);
    if (typeof gives === "object" && gives !== null && "fails" in gives) throw errorOf(gives);
    return this.#give(gives, nameOf(field.type));
  }

  #give(gives: Gives, type: string): unknown {
    if (typeof gives !== "object" || gives === null) return gives;
    if ("fails" in gives) return Promise.reject(errorOf(gives) as Error);
    if ("object" in gives) return this.#object(type, gives.object);
    if ("list" in gives) {
      const list = gives.list.map((item) => this.#give(item, type));
      this.#lists.push({ list, copy: [...list] });
      return list;
    }
    this.#unsettled += 1;
    return new Promise((resolve) => {
      this.#scheduler.after(gives.after, () => {
        this.#unsettled -= 1;
        resolve(this.#give(gives.gives, type));
      });
    });
  }

  /** Properties are its own for even numbers and inherited for odd ones, methods always inherited. */
  #object(type: string, number: number): object {
    const base = {};
    const object = Object.create(base) as object;
    this.#parents.set(object, number);
    const called = this.#call.bind(this);
    for (const [name, field] of Object.entries(this.#case.types[type]!)) {
      if (field.via === "resolver") continue;
      const method = function (this: unknown, args: unknown, context: unknown): unknown {
        return called(type, name, field, this, args, context);
      };
      // Read late, as types may contain themselves.
      const get = (): unknown =>
        field.via === "method" ? method : this.#give(givenTo(field, number), nameOf(field.type));
      const owner = field.via === "property" && number % 2 === 0 ? object : base;
      Object.defineProperty(owner, name, { get, enumerable: true });
    }
    return object;
  }
}

function errorOf({ fails, isError }: { fails: string; isError: boolean }): unknown {
  return isError ? new Error(fails) : fails;
}
