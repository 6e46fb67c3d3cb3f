import { say } from "../../model/say.ts";
import { Builtins } from "./builtins.ts";
import {
  ALLOWED,
  adviceOn,
  CLOCK,
  CONSOLE,
  EVERYTHING,
  RANDOM,
  TEXT_CODE,
  type Advice,
  type Found,
} from "./names.ts";
import { Patching } from "./patching.ts";
import type { Module } from "./scopes.ts";
import { unwrap, type Node } from "./syntax.ts";

/** Everything in a file that is not allowed, apart from what it imports. */
export function applyRules(module: Module, text: string): Found[] {
  const rules = new Rules(module, text);
  return module.nodes.flatMap((node) => rules.on(node));
}

class Rules {
  readonly #module: Module;
  readonly #builtins: Builtins;
  readonly #patching: Patching;

  constructor(module: Module, text: string) {
    this.#module = module;
    this.#builtins = new Builtins(module);
    this.#patching = new Patching(module, this.#builtins, text);
  }

  on(node: Node): Found[] {
    const patched = this.#patching.on(node);
    if (patched.length > 0) return patched;
    switch (node.type) {
      case "Identifier":
        return this.#onName(node);
      case "MemberExpression":
        return this.#onMember(node);
      case "ObjectPattern":
        return this.#onPattern(node);
      case "CallExpression":
        return this.#onCall(node);
      case "NewExpression":
        return this.#onNew(node);
      case "ThisExpression":
        if (!this.#isOutsideFunctions(node)) return [];
        return [{ at: node, what: "this", ...EVERYTHING }];
      case "ImportExpression":
        return [{ at: node, what: "import()", ...adviceOn("require") }];
      case "TSImportEqualsDeclaration":
        return [{ at: node, what: `import ${node.id.name} = …`, ...OLD_FORM }];
      case "MetaProperty":
        if (node.meta.name !== "import") return [];
        return [{ at: node, what: "import.meta", ...NO_PLACE }];
      default:
        return [];
    }
  }

  #onName(node: Node & { type: "Identifier" }): Found[] {
    if (!this.#module.isFree(node) || ALLOWED.has(node.name)) return [];
    return [{ ...this.#described(node, node.name), ...adviceOn(node.name) }];
  }

  #onMember(node: Node & { type: "MemberExpression" }): Found[] {
    if (this.#patching.isWritten(node)) return [];
    const path = this.#builtins.path(node);
    const advice = adviceOnPart(path);
    if (advice && path !== undefined) return [{ ...this.#described(node, path), ...advice }];
    if (this.#builtins.key(node) !== "constructor" || !this.#makesCode(node)) return [];
    return [{ ...this.#described(node, ".constructor"), ...TEXT_CODE }];
  }

  /** `Function` under another name: the constructor of a function, or one that is called on text. */
  #makesCode(node: Node & { type: "MemberExpression" }): boolean {
    const object = unwrap(node.object);
    if (this.#builtins.isFunction(object) || this.#builtins.key(object) === "constructor")
      return true;
    if (!this.#isCallee(node)) return false;
    const { parent } = this.#climb(node);
    if (parent?.type !== "NewExpression") return true;
    const last = parent.arguments.at(-1);
    return object.type !== "ThisExpression" && !!last && this.#builtins.text(last) !== undefined;
  }

  #onPattern(node: Node & { type: "ObjectPattern" }): Found[] {
    const base = this.#builtins.pathOfPattern(node);
    const found: Found[] = [];
    for (const property of node.properties) {
      if (property.type === "RestElement") continue;
      const key = this.#builtins.key(property);
      const advice = adviceOnPart(base === undefined || key === undefined ? "" : `${base}.${key}`);
      if (advice) found.push({ at: property, what: `${base}.${key}`, ...advice });
      else if (key === "constructor" && this.#unpacksCode(node, property.value)) {
        found.push({ at: property, what: ".constructor", ...TEXT_CODE });
      }
    }
    return found;
  }

  #unpacksCode(pattern: Node, inner: Node): boolean {
    if (inner.type === "ObjectPattern") {
      return inner.properties.some((it) => this.#builtins.key(it) === "constructor");
    }
    const parent = this.#module.parent(pattern);
    const from = parent?.type === "VariableDeclarator" ? parent.init : undefined;
    return !!from && this.#builtins.isFunction(from);
  }

  #onCall(node: Node & { type: "CallExpression" }): Found[] {
    const [first, second] = node.arguments;
    const path = this.#builtins.path(node.callee) ?? "";
    const made = path.startsWith("Reflect.") && first ? this.#builtins.path(first) : undefined;
    const makesNow =
      made === "Date" &&
      (path === "Reflect.apply" ||
        (path === "Reflect.construct" &&
          second?.type === "ArrayExpression" &&
          second.elements.length === 0));
    if (!makesNow && !/^Date(\.call|\.apply)?$/.test(path)) return [];
    return [{ at: node, what: makesNow ? `${path}(Date)` : `${path}()`, ...CLOCK }];
  }

  #onNew(node: Node & { type: "NewExpression" }): Found[] {
    if (node.arguments.length > 0 || this.#builtins.path(node.callee) !== "Date") return [];
    return [{ at: node, what: "new Date()", ...CLOCK }];
  }

  /** A name with the members taken from it and whether it is called: `process.stdout.write()`. */
  #described(node: Node, name: string): { at: Node; what: string } {
    let at = node;
    let what = name;
    for (let step = 0; step < 2; step++) {
      const { child, parent } = this.#climb(at);
      if (node.type !== "Identifier" || parent?.type !== "MemberExpression") break;
      const key = this.#builtins.key(parent);
      if (key === undefined || child !== parent.object) break;
      at = parent;
      what += `.${key}`;
    }
    const { parent } = this.#climb(at);
    if (!this.#isCallee(at)) return { at, what };
    if (parent?.type === "CallExpression") return { at, what: `${what}()` };
    return parent ? { at: parent, what: `new ${what}()` } : { at, what };
  }

  #isCallee(node: Node): boolean {
    const { child, parent } = this.#climb(node);
    const isCall = parent?.type === "CallExpression" || parent?.type === "NewExpression";
    return isCall && parent.callee === child;
  }

  /** The node around this one, past `as`, `!` and `?.`, and what of it this one is. */
  #climb(node: Node): { child: Node; parent: Node | undefined } {
    let child = node;
    let parent = this.#module.parent(child);
    while (parent && WRAPPERS.has(parent.type)) {
      child = parent;
      parent = this.#module.parent(child);
    }
    return { child, parent };
  }

  /** There, `this` is what the file was loaded with. */
  #isOutsideFunctions(node: Node): boolean {
    let child = node;
    for (let at = this.#module.parent(node); at; at = this.#module.parent(at)) {
      if (at.type === "FunctionDeclaration" || at.type === "FunctionExpression") return false;
      if (at.type === "StaticBlock") return false;
      if (at.type === "PropertyDefinition" && at.value === child) return false;
      if (at.type === "AccessorProperty" && at.value === child) return false;
      child = at;
    }
    return true;
  }
}

const NO_PLACE: Advice = {
  why: say`where your file lies must not matter`,
  instead: say`leave it out`,
};
const OLD_FORM: Advice = {
  why: say`what it names cannot be checked`,
  instead: say`write import … from, or const for a part of your own namespace`,
};
const NO_INSIDES: Advice = {
  why: say`it reaches beyond printing`,
  instead: say`print with console.log`,
};
const WRAPPERS = new Set([
  "TSAsExpression",
  "TSSatisfiesExpression",
  "TSNonNullExpression",
  "TSTypeAssertion",
  "TSInstantiationExpression",
  "ChainExpression",
]);

/** What to say about a part of a built-in that may otherwise be used. */
function adviceOnPart(path: string | undefined): Advice | undefined {
  if (path === "Date.now") return CLOCK;
  if (path === "Math.random") return RANDOM;
  const [, member] = /^console\.(\w+)$/.exec(path ?? "") ?? [];
  return member === undefined || CONSOLE.has(member) ? undefined : NO_INSIDES;
}
