import type { ESTree } from "rolldown/utils";
import { Scope, type Binding } from "./scope.ts";
import { children, isErased, type Node, type Program } from "./syntax.ts";

/**
 * Which name means what. A package for this exists (`@typescript-eslint/scope-manager`), but it loads
 * for 90 ms, and it takes `declare const process` for a variable: nothing is left of it at run time.
 */

/** Deeper than any code that people write; what comes after this check recurses natively. */
const DEEPEST = 500;

/** One file, read: the nodes that leave code, in order, and what the names in them mean. */
export class Module {
  readonly nodes: Node[] = [];
  /** The first node that lies too deep, if there is one: nothing below it was read. */
  tooDeep: Node | undefined;
  readonly #parents = new Map<Node, Node>();
  readonly #scopes = new Map<Node, Scope>();
  readonly #typeNames = new Set<string>();
  readonly #assigned: { target: Node; value: Node }[] = [];
  #scope = new Scope(undefined, true);
  #depth = 0;

  constructor(program: Program) {
    for (const statement of program.body) this.#visit(statement, program);
    for (const { target, value } of this.#assigned) {
      this.resolve(target)?.sources.push({ value, path: [] });
    }
  }

  parent(node: Node): Node | undefined {
    return this.#parents.get(node);
  }

  /** What a name stands for; undefined when the attempt does not declare it. */
  resolve(node: Node): Binding | undefined {
    return node.type === "Identifier" ? this.#scopes.get(node)?.lookup(node.name) : undefined;
  }

  /** True where a name is used as a value that the attempt does not declare. */
  isFree(node: Node): boolean {
    if (node.type !== "Identifier" || !this.#scopes.has(node) || this.resolve(node)) return false;
    const parent = this.parent(node);
    const isExported =
      parent?.type === "ExportSpecifier" || parent?.type === "ExportDefaultDeclaration";
    return !(isExported && this.#typeNames.has(node.name));
  }

  #visit(node: Node, parent: Node): void {
    if (isErased(node)) return this.#rememberType(node);
    if (++this.#depth > DEEPEST) this.tooDeep ??= node;
    else {
      this.#parents.set(node, parent);
      this.nodes.push(node);
      this.#enter(node);
    }
    this.#depth--;
  }

  #visitAll(nodes: readonly (Node | null | undefined)[], parent: Node): void {
    for (const node of nodes) if (node) this.#visit(node, parent);
  }

  /** Visits the parts of a node, in the scope that each belongs to. */
  #enter(node: Node): void {
    switch (node.type) {
      case "Identifier":
        this.#scopes.set(node, this.#scope);
        return;
      case "MemberExpression":
        return this.#visitAll([node.object, node.computed ? node.property : null], node);
      case "Property":
        return this.#visitAll([node.computed ? node.key : null, node.value], node);
      case "MethodDefinition":
      case "PropertyDefinition":
      case "AccessorProperty":
      case "TSAbstractMethodDefinition":
      case "TSAbstractPropertyDefinition":
      case "TSAbstractAccessorProperty":
        this.#visitAll(node.decorators, node);
        return this.#visitAll([node.computed ? node.key : null, node.value], node);
      case "VariableDeclaration":
        for (const { id, init } of node.declarations) {
          this.#scope.declarePattern(id, init, node.kind === "var");
        }
        return this.#visitAll(node.declarations, node);
      case "VariableDeclarator":
        this.#visitBinding(node.id, node);
        return this.#visitAll([node.init], node);
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        return this.#enterFunction(node);
      case "ClassDeclaration":
      case "ClassExpression":
        return this.#enterClass(node);
      case "BlockStatement":
      case "TSModuleBlock":
      case "StaticBlock":
        return this.#inScope(node.type !== "BlockStatement", () => this.#visitAll(node.body, node));
      case "ForStatement":
      case "ForInStatement":
      case "ForOfStatement":
        return this.#inScope(false, () => {
          this.#visitAll(children(node), node);
          if (node.type === "ForOfStatement") this.#rememberElements(node.left, node.right);
        });
      case "SwitchStatement":
        // What is switched on does not see the names of the cases.
        this.#visit(node.discriminant, node);
        return this.#inScope(false, () => this.#visitAll(node.cases, node));
      case "CatchClause":
        return this.#inScope(false, () => {
          if (node.param) {
            this.#scope.declarePattern(node.param, null);
            this.#visitBinding(node.param, node);
          }
          this.#visit(node.body, node);
        });
      case "AssignmentExpression":
        if (node.left.type === "Identifier") {
          this.#assigned.push({ target: node.left, value: node.right });
        }
        return this.#visitAll(children(node), node);
      case "LabeledStatement":
        return this.#visit(node.body, node);
      case "BreakStatement":
      case "ContinueStatement":
      case "MetaProperty":
      case "ExportAllDeclaration":
      case "TSImportEqualsDeclaration":
        return;
      case "ImportDeclaration":
        for (const specifier of node.specifiers) this.#import(specifier, node.source.value);
        return;
      case "ExportNamedDeclaration":
        if (node.source) return;
        return this.#visitAll([node.declaration, ...node.specifiers], node);
      case "ExportSpecifier":
        if (node.exportKind !== "type") this.#visit(node.local, node);
        return;
      case "TSEnumDeclaration":
        this.#scope.declare(node.id.name);
        return this.#inScope(false, () => {
          for (const { id } of node.body.members) {
            if (id.type === "Identifier") this.#scope.declare(id.name);
            else if (id.type === "Literal") this.#scope.declare(id.value);
          }
          this.#visitAll(node.body.members, node);
        });
      case "TSEnumMember":
        return this.#visitAll([node.computed ? node.id : null, node.initializer], node);
      case "TSModuleDeclaration":
        if (hasValue(node)) this.#scope.declare(rootName(node.id));
        return this.#visitAll([node.body], node);
      default:
        return this.#visitAll(children(node), node);
    }
  }

  #enterFunction(node: ESTree.Function | ESTree.ArrowFunctionExpression): void {
    if (node.type === "FunctionDeclaration") this.#scope.declareFunction(node.id);
    this.#inScope(true, () => {
      if (node.type === "FunctionExpression") this.#scope.declareFunction(node.id);
      if (node.type !== "ArrowFunctionExpression") this.#scope.declare("arguments");
      for (const parameter of node.params) {
        this.#scope.declarePattern(parameter, null);
        this.#visitBinding(parameter, node);
      }
      const { body } = node;
      if (body?.type !== "BlockStatement") return this.#visitAll([body], node);
      // Defaults of parameters do not see the body's names: `(a = process) => { var process }`.
      this.#inScope(true, () => {
        this.#parents.set(body, node);
        this.#visitAll(body.body, body);
      });
    });
  }

  #enterClass(node: ESTree.Class): void {
    this.#visitAll(node.decorators, node);
    if (node.type === "ClassDeclaration") this.#scope.declareFunction(node.id);
    this.#inScope(false, () => {
      this.#scope.declareFunction(node.id);
      this.#visitAll([node.superClass, node.body], node);
    });
  }

  /** Of a pattern that declares, only the defaults and computed keys use anything. */
  #visitBinding(pattern: Node, parent: Node): void {
    this.#parents.set(pattern, parent);
    if (++this.#depth > DEEPEST) this.tooDeep ??= pattern;
    else this.#enterBinding(pattern, parent);
    this.#depth--;
  }

  #enterBinding(pattern: Node, parent: Node): void {
    if ("decorators" in pattern) this.#visitAll(pattern.decorators ?? [], pattern);
    switch (pattern.type) {
      case "Identifier":
        return;
      case "ObjectPattern":
        this.nodes.push(pattern);
        for (const property of pattern.properties) this.#visitBinding(property, pattern);
        return;
      case "Property":
        if (pattern.computed) this.#visit(pattern.key, pattern);
        return this.#visitBinding(pattern.value, pattern);
      case "ArrayPattern":
        for (const element of pattern.elements) if (element) this.#visitBinding(element, pattern);
        return;
      case "RestElement":
        return this.#visitBinding(pattern.argument, pattern);
      case "AssignmentPattern":
        this.#visitBinding(pattern.left, pattern);
        return this.#visit(pattern.right, pattern);
      case "TSParameterProperty":
        return this.#visitBinding(pattern.parameter, pattern);
      default:
        return this.#visit(pattern, parent);
    }
  }

  #import(specifier: Node, from: string): void {
    if (!("local" in specifier) || specifier.local.type !== "Identifier") return;
    const { name } = specifier.local;
    if ("importKind" in specifier && specifier.importKind === "type") this.#typeNames.add(name);
    else if (from !== "kata/kit") this.#scope.declare(name);
    else if (specifier.type !== "ImportSpecifier") this.#scope.declare(name, { kit: "" });
    else {
      const { imported } = specifier;
      const kit = imported.type === "Literal" ? imported.value : imported.name;
      this.#scope.declare(name, { kit });
    }
  }

  /** `for (const C of [Array, Map])`: the name stands for each of them. */
  #rememberElements(left: Node, right: Node): void {
    if (left.type !== "VariableDeclaration" || right.type !== "ArrayExpression") return;
    const [declarator] = left.declarations;
    for (const element of declarator ? right.elements : []) {
      if (element && declarator) this.#scope.declarePattern(declarator.id, element);
    }
  }

  /** A type may be exported like a value: `export { Entry }` leaves nothing then. */
  #rememberType(node: Node): void {
    if (node.type === "ImportDeclaration") {
      for (const { local } of node.specifiers) this.#typeNames.add(local.name);
    } else if (node.type === "TSInterfaceDeclaration" || node.type === "TSTypeAliasDeclaration") {
      this.#typeNames.add(node.id.name);
    }
  }

  #inScope(hoists: boolean, body: () => void): void {
    const outer = this.#scope;
    this.#scope = new Scope(outer, hoists);
    body();
    this.#scope = outer;
  }
}

/** A namespace that holds nothing but types leaves nothing, and its name means nothing. */
function hasValue(node: Node): boolean {
  if (node.type !== "TSModuleDeclaration" || isErased(node)) return false;
  const statements = node.body?.type === "TSModuleBlock" ? node.body.body : [];
  return statements.some((statement) => {
    const declared =
      statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (!declared || isErased(declared) || declared.type === "EmptyStatement") return false;
    if (declared.type === "TSImportEqualsDeclaration") return false;
    return declared.type === "TSModuleDeclaration" ? hasValue(declared) : true;
  });
}

/** `A` of `namespace A.B.C`. */
function rootName(id: Node): string {
  if (id.type === "TSQualifiedName") return rootName(id.left);
  return id.type === "Identifier" ? id.name : "";
}
