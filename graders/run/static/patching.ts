import { say } from "../../model/say.ts";
import type { Builtins } from "./builtins.ts";
import { ALLOWED, type Found } from "./names.ts";
import type { Module } from "./scopes.ts";
import { targets, unwrap, type Node } from "./syntax.ts";

/** Functions that change one of their arguments: the positions of those. */
const CHANGING = new Map<string, readonly number[]>([
  ["Object.assign", [0]],
  ["Object.defineProperty", [0]],
  ["Object.defineProperties", [0]],
  ["Object.setPrototypeOf", [0]],
  ["Object.freeze", [0]],
  ["Object.seal", [0]],
  ["Object.preventExtensions", [0]],
  ["Reflect.defineProperty", [0]],
  ["Reflect.deleteProperty", [0]],
  ["Reflect.preventExtensions", [0]],
  ["Reflect.set", [0, 3]],
  ["Reflect.setPrototypeOf", [0]],
]);
const OWN_NAME = say`use a name of your own, and declare it`;
const OWN_FUNCTION = say`write a function of your own`;

/** Finds whatever changes what the attempt shares with the grader. */
export class Patching {
  readonly #module: Module;
  readonly #builtins: Builtins;
  readonly #text: string;
  readonly #written: ReadonlyMap<Node, string>;

  constructor(module: Module, builtins: Builtins, text: string) {
    this.#module = module;
    this.#builtins = builtins;
    this.#text = text;
    this.#written = new Map(module.nodes.flatMap(writes));
  }

  isWritten(node: Node): boolean {
    return this.#written.has(node);
  }

  on(node: Node): Found[] {
    if (node.type === "CallExpression") return this.#onCall(node);
    const how = this.#written.get(node);
    if (how === undefined) return [];
    const what = how === "delete " ? how + this.#shown(node) : this.#shown(node) + how;
    if (node.type === "Identifier") return this.#onName(node, what);
    if (node.type !== "MemberExpression") return [];
    const path = this.#builtins.path(node.object);
    if (path === undefined) return [];
    const at = how === "delete " ? (this.#module.parent(node) ?? node) : node;
    return [{ at, what, why: why(path), instead: OWN_FUNCTION }];
  }

  #onName(node: Node & { type: "Identifier" }, what: string): Found[] {
    // Any other name that is not declared is denied wherever it stands.
    if (!this.#module.isFree(node) || !ALLOWED.has(node.name)) return [];
    return [{ at: node, what, why: why(node.name), instead: OWN_NAME }];
  }

  #onCall(node: Node & { type: "CallExpression" }): Found[] {
    const called = this.#called(node);
    const path = called.flatMap(({ name, args }) =>
      (CHANGING.get(name) ?? []).flatMap((position) => {
        const changed = args[position];
        return changed ? (this.#builtins.path(changed) ?? []) : [];
      }),
    )[0];
    if (path !== undefined) {
      const what = `${this.#shown(node.callee)}(${path}, …)`;
      return [{ at: node, what, why: why(path), instead: OWN_FUNCTION }];
    }
    const callee = unwrap(node.callee);
    if (callee.type !== "MemberExpression") return [];
    const owner = this.#builtins.path(callee.object);
    if (owner === undefined || !/^__define[GS]etter__$/.test(this.#builtins.key(callee) ?? "")) {
      return [];
    }
    return [{ at: node, what: `${this.#shown(callee)}()`, why: why(owner), instead: OWN_FUNCTION }];
  }

  /** What is called with what, seen through `call`, `apply` and `Reflect.apply`. */
  #called(node: Node & { type: "CallExpression" }): { name: string; args: readonly Node[] }[] {
    const path = this.#builtins.path(node.callee);
    if (path === undefined) return [];
    const args = node.arguments;
    const [, name = path, by] = /^(.*)\.(call|apply)$/.exec(path) ?? [];
    if (path === "Reflect.apply") {
      const applied = args[0] && this.#builtins.path(args[0]);
      return applied === undefined ? [] : [{ name: applied, args: elements(args[2]) }];
    }
    if (by === "call") return [{ name, args: args.slice(1) }];
    if (by === "apply") return [{ name, args: elements(args[1]) }];
    return [{ name, args }];
  }

  #shown(node: Node): string {
    const text = this.#text.slice(node.start, node.end).replaceAll(/\s+/g, " ");
    return text.length > 50 ? `${text.slice(0, 49)}…` : text;
  }
}

function why(path: string): string {
  return say`it changes ${path}, which the grader uses too`;
}

function elements(node: Node | undefined): Node[] {
  if (node?.type !== "ArrayExpression") return [];
  return node.elements.filter((it) => it !== null);
}

/** The places that a node gives a new value, and how that reads after (or before) the place. */
function writes(node: Node): (readonly [Node, string])[] {
  switch (node.type) {
    case "AssignmentExpression":
      return targets(node.left).map((it) => [it, ` ${node.operator} …`]);
    case "UpdateExpression":
      return [[unwrap(node.argument), node.operator]];
    case "ForInStatement":
    case "ForOfStatement":
      if (node.left.type === "VariableDeclaration") return [];
      return targets(node.left).map((it) => [it, " = …"]);
    case "UnaryExpression":
      return node.operator === "delete" ? [[unwrap(node.argument), "delete "]] : [];
    default:
      return [];
  }
}
