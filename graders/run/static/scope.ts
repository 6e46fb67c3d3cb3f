import type { Node } from "./syntax.ts";

/** A value that a name was given, somewhere: `path` leads into it for a name in a pattern. */
export interface Source {
  readonly value: Node;
  readonly path: readonly string[];
}

/** A name that the attempt declares itself. */
export interface Binding {
  readonly sources: Source[];
  /** Declared as a function or class. */
  readonly isFunction: boolean;
  /** Taken from kata/kit under this name; empty for all of it. */
  readonly kit?: string;
}

/** The names that are declared in one place. `hoists`: here ends a `var`. */
export class Scope {
  readonly #names = new Map<string, Binding>();
  readonly #parent: Scope | undefined;
  readonly #hoists: boolean;

  constructor(parent: Scope | undefined, hoists: boolean) {
    this.#parent = parent;
    this.#hoists = hoists;
  }

  declare(name: string, binding: Partial<Binding> = {}): void {
    const sources = [...(this.#names.get(name)?.sources ?? []), ...(binding.sources ?? [])];
    this.#names.set(name, { isFunction: false, ...binding, sources });
  }

  declareFunction(id: { readonly name: string } | null): void {
    if (id) this.declare(id.name, { isFunction: true });
  }

  /** Declares every name of a pattern, with what it may stand for. */
  declarePattern(pattern: Node, init: Node | null, isVar = false): void {
    const scope = isVar ? this.#hoisting() : this;
    for (const { name, sources } of named(pattern, init ? [{ value: init, path: [] }] : [])) {
      scope.declare(name, { sources });
    }
  }

  lookup(name: string): Binding | undefined {
    return this.#names.get(name) ?? this.#parent?.lookup(name);
  }

  #hoisting(): Scope {
    return this.#hoists || !this.#parent ? this : this.#parent.#hoisting();
  }
}

function named(pattern: Node, sources: Source[]): { name: string; sources: Source[] }[] {
  switch (pattern.type) {
    case "Identifier":
      return [{ name: pattern.name, sources }];
    case "AssignmentPattern":
      return named(pattern.left, [...sources, { value: pattern.right, path: [] }]);
    case "ObjectPattern":
      return pattern.properties.flatMap((it) =>
        it.type === "RestElement"
          ? named(it.argument, [])
          : named(it.value, below(sources, plainKey(it))),
      );
    case "ArrayPattern":
      return pattern.elements.flatMap((it) => (it ? named(it, []) : []));
    case "RestElement":
      return named(pattern.argument, []);
    case "TSParameterProperty":
      return named(pattern.parameter, sources);
    default:
      return [];
  }
}

function below(sources: readonly Source[], key: string | undefined): Source[] {
  if (key === undefined) return [];
  return sources.map(({ value, path }) => ({ value, path: [...path, key] }));
}

/** The key of a property where it is written out: `{ key: … }` or `{ "key": … }`. */
function plainKey(property: {
  readonly key: Node;
  readonly computed: boolean;
}): string | undefined {
  const { key, computed } = property;
  if (!computed && key.type === "Identifier") return key.name;
  return key.type === "Literal" && typeof key.value === "string" ? key.value : undefined;
}
