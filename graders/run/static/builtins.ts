import { SHARED } from "./names.ts";
import type { Binding, Source } from "./scope.ts";
import type { Module } from "./scopes.ts";
import { unwrap, type Node } from "./syntax.ts";

/**
 * Which expressions stand for something that the grader uses as well: a built-in, a part of one, or
 * something of kata/kit. Follows names that were given such a value; what runs through functions,
 * containers or other files is beyond reading, and left to the checks at run time.
 */
export class Builtins {
  readonly #module: Module;
  readonly #paths = new Map<Binding, string | undefined>();
  readonly #functions = new Map<Binding, boolean>();

  constructor(module: Module) {
    this.#module = module;
  }

  /** `Array.prototype` for everything that is known to be it; undefined for anything else. */
  path(expression: Node): string | undefined {
    const node = unwrap(expression);
    switch (node.type) {
      case "Identifier":
        return this.#pathOfName(node);
      case "MemberExpression":
        return this.#pathOfMember(node);
      case "CallExpression":
        return this.#isPrototypeOf(node) ? this.#prototypeOf(node.arguments[0]) : undefined;
      case "ConditionalExpression":
        return this.path(node.consequent) ?? this.path(node.alternate);
      case "LogicalExpression":
        return this.path(node.left) ?? this.path(node.right);
      case "AssignmentExpression":
        return this.path(node.right);
      default:
        return undefined;
    }
  }

  /** The text that an expression is known to be. */
  text(expression: Node): string | undefined {
    const node = unwrap(expression);
    if (node.type === "Literal") return typeof node.value === "string" ? node.value : undefined;
    if (node.type === "TemplateLiteral") {
      return node.quasis.length === 1 ? (node.quasis[0]?.value.cooked ?? undefined) : undefined;
    }
    if (node.type === "BinaryExpression" && node.operator === "+") {
      const [left, right] = [this.text(node.left), this.text(node.right)];
      return left === undefined || right === undefined ? undefined : left + right;
    }
    const sources = this.#module.resolve(node)?.sources ?? [];
    const [only] = sources;
    // One step only: `const key = "constructor"`.
    return only?.value.type === "Literal" && sources.length === 1
      ? this.text(only.value)
      : undefined;
  }

  /** The name of the member that is taken, if it is known: of `a.b`, `a["b"]` and `a["b" + ""]`. */
  key(node: Node): string | undefined {
    if (node.type !== "MemberExpression" && node.type !== "Property") return undefined;
    const key = node.type === "Property" ? node.key : node.property;
    if (node.computed || key.type === "Literal") return this.text(key);
    return key.type === "Identifier" ? key.name : undefined;
  }

  /** True for what is a function whatever happens: its `constructor` makes code out of text. */
  isFunction(expression: Node): boolean {
    const node = unwrap(expression);
    switch (node.type) {
      case "FunctionExpression":
      case "ArrowFunctionExpression":
      case "ClassExpression":
        return true;
      case "Identifier":
        return this.#isFunctionName(node);
      case "CallExpression": {
        const [of] = node.arguments;
        return this.#isPrototypeOf(node) && of !== undefined && this.isFunction(of);
      }
      case "MemberExpression": {
        if (this.key(node) === "__proto__") return this.isFunction(node.object);
        const path = this.path(node);
        if (path !== undefined) return isFunctionPath(path);
        return literalOf(node.object) !== undefined && this.key(node) !== undefined;
      }
      default:
        return false;
    }
  }

  /** Where the value of a pattern comes from, as a path: of `{ now } = Date` it is `Date`. */
  pathOfPattern(pattern: Node): string | undefined {
    const parent = this.#module.parent(pattern);
    if (parent?.type === "VariableDeclarator")
      return parent.init ? this.path(parent.init) : undefined;
    if (parent?.type === "AssignmentExpression" || parent?.type === "AssignmentPattern") {
      return parent.left === pattern ? this.path(parent.right) : undefined;
    }
    if (parent?.type !== "Property") return undefined;
    const above = this.#module.parent(parent);
    const base = above && this.pathOfPattern(above);
    return base === undefined ? undefined : join(base, this.key(parent));
  }

  #pathOfName(node: Node & { type: "Identifier" }): string | undefined {
    const binding = this.#module.resolve(node);
    if (!binding) return this.#module.isFree(node) && SHARED.has(node.name) ? node.name : undefined;
    if (binding.kit !== undefined) return join("kata/kit", binding.kit);
    if (!this.#paths.has(binding)) {
      // A name that is given itself must not send this round in circles.
      this.#paths.set(binding, undefined);
      this.#paths.set(
        binding,
        firstOf(binding.sources, (source) => this.#pathOfSource(source)),
      );
    }
    return this.#paths.get(binding);
  }

  #pathOfSource({ value, path }: Source): string | undefined {
    const base = this.path(value);
    return base === undefined ? undefined : path.reduce(join, base);
  }

  #pathOfMember(node: Node & { type: "MemberExpression" }): string | undefined {
    const key = this.key(node);
    if (key === "__proto__") return this.#prototypeOf(node.object);
    const base = this.path(node.object);
    if (base !== undefined) return join(base, key);
    const object = unwrap(node.object);
    if (key === "constructor") return literalOf(object);
    // What makes an unknown object is not ours to write to, except in a class of one's own.
    const isTheirs =
      object.type === "MemberExpression" &&
      this.key(object) === "constructor" &&
      unwrap(object.object).type !== "ThisExpression";
    return key === "prototype" && isTheirs ? "a prototype" : undefined;
  }

  #isPrototypeOf(node: Node & { type: "CallExpression" }): boolean {
    return /^(Object|Reflect)\.getPrototypeOf$/.test(this.path(node.callee) ?? "");
  }

  #prototypeOf(of: Node | undefined): string | undefined {
    if (of === undefined || unwrap(of).type === "ThisExpression") return undefined;
    const literal = literalOf(unwrap(of));
    return literal === undefined ? "a prototype" : `${literal}.prototype`;
  }

  #isFunctionName(node: Node): boolean {
    const binding = this.#module.resolve(node);
    if (!binding || binding.kit !== undefined) return isFunctionPath(this.path(node) ?? "");
    if (binding.isFunction) return true;
    if (!this.#functions.has(binding)) {
      this.#functions.set(binding, false);
      const isOne = binding.sources.some(
        ({ value, path }) => path.length === 0 && this.isFunction(value),
      );
      this.#functions.set(binding, isOne);
    }
    return this.#functions.get(binding) === true;
  }
}

/** `constructor` of a prototype leads back to where the prototype was found. */
function join(base: string, key: string | undefined): string {
  if (key === "constructor" && base.endsWith(".prototype")) return base.slice(0, -10);
  if (key === undefined) return `${base}[…]`;
  return key === "" ? base : `${base}.${key}`;
}

/** `Map`, `Math.max` and `Map.prototype.get`, but neither `Math` nor `Map.prototype`. */
function isFunctionPath(path: string): boolean {
  if (path.startsWith("kata/kit.")) return true;
  return !/^$|^(Math|JSON|Reflect|Intl|Atomics|console|kata\/kit)$|prototype$/.test(path);
}

/** The built-in that an expression is an instance of, where one can see it. */
function literalOf(node: Node): string | undefined {
  switch (node.type) {
    case "ArrayExpression":
      return "Array";
    case "ObjectExpression":
      return "Object";
    case "TemplateLiteral":
      return "String";
    case "FunctionExpression":
    case "ArrowFunctionExpression":
    case "ClassExpression":
      return "Function";
    case "Literal":
      if ("regex" in node) return "RegExp";
      return { string: "String", number: "Number", bigint: "BigInt", boolean: "Boolean" }[
        typeof node.value as string
      ];
    default:
      return undefined;
  }
}

function firstOf<In, Out>(items: readonly In[], map: (item: In) => Out | undefined) {
  for (const item of items) {
    const found = map(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
