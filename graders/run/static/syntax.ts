import { spawn } from "node:child_process";
import type { ESTree } from "rolldown/utils";

/** Parsing, and what can be said of a node without knowing what its names mean. */

export type Node = ESTree.Node;
export type Program = ESTree.Program;

/** vite's own parser, so what is checked is what will run. Types stay in the tree. */
const OPTIONS = { lang: "ts", sourceType: "module", preserveParens: false } as const;

/**
 * The parser recurses natively: enough nesting ends the whole process with a segmentation fault, and
 * no JavaScript can catch that. With fewer opening brackets and fewer characters than these, nesting
 * takes at most four fifths of a stack of 8 MB.
 */
const FEW_BRACKETS = 1_000;
const FEW_CHARACTERS = 16_000;
const PROBE_MS = 10_000;

/** The syntax tree; `broken` when the text does not parse, `too-deep` when parsing it is dangerous. */
export async function parseModule(text: string): Promise<Program | "broken" | "too-deep"> {
  if (isLarge(text) && !(await survivesParsing(text))) return "too-deep";
  const { parseSync } = await import("rolldown/utils");
  const { program, errors } = parseSync("attempt.ts", text, OPTIONS);
  return errors.some(({ severity }) => severity === "Error") ? "broken" : program;
}

function isLarge(text: string): boolean {
  return text.length > FEW_CHARACTERS || (text.match(/[([{<]/g)?.length ?? 0) > FEW_BRACKETS;
}

/** Parses in a process that may die of it. Only a large file costs this, some 60 ms. */
function survivesParsing(text: string): Promise<boolean> {
  const script = `
    import { readFileSync } from "node:fs";
    const { parseSync } = await import(${JSON.stringify(import.meta.resolve("rolldown/utils"))});
    void parseSync("attempt.ts", readFileSync(0, "utf8"), ${JSON.stringify(OPTIONS)}).program;`;
  return new Promise((settle, reject) => {
    const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
      env: {},
      stdio: ["pipe", "ignore", "ignore"],
      timeout: PROBE_MS,
      killSignal: "SIGKILL",
    });
    child.on("error", reject);
    child.on("close", (code) => settle(code === 0));
    // It may be dead before it has read everything.
    child.stdin.on("error", () => undefined);
    child.stdin.end(text);
  });
}

/** Where types stand in the tree: they are erased, so nothing below is ever used. */
const ERASED_KEYS = new Set([
  "typeAnnotation",
  "typeParameters",
  "typeArguments",
  "superTypeArguments",
  "returnType",
  "implements",
]);
const ERASED_TYPES = new Set([
  "TSDeclareFunction",
  "TSEmptyBodyFunctionExpression",
  "TSIndexSignature",
  "TSInterfaceDeclaration",
  "TSNamespaceExportDeclaration",
  "TSTypeAliasDeclaration",
]);
const DECLARABLE = new Set([
  "ClassDeclaration",
  "TSEnumDeclaration",
  "TSModuleDeclaration",
  "VariableDeclaration",
]);

/** True for what leaves no trace in the code that runs: types, and whatever is only declared. */
export function isErased(node: Node): boolean {
  if (ERASED_TYPES.has(node.type)) return true;
  if (DECLARABLE.has(node.type)) return "declare" in node && node.declare === true;
  if (node.type === "ImportDeclaration" || node.type === "TSImportEqualsDeclaration") {
    return node.importKind === "type";
  }
  const isExport = node.type === "ExportNamedDeclaration" || node.type === "ExportAllDeclaration";
  return isExport && node.exportKind === "type" && !("declaration" in node && node.declaration);
}

/** The nodes right below this one, without types. */
export function children(node: Node): Node[] {
  const found: Node[] = [];
  const parts = node as unknown as Record<string, unknown>;
  for (const key in parts) {
    if (ERASED_KEYS.has(key)) continue;
    const value = parts[key];
    if (Array.isArray(value)) found.push(...value.filter(isNode));
    else if (isNode(value)) found.push(value);
  }
  return found;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}

/** The expression inside `as`, `!`, `satisfies`, `?.` and commas: the value is the same. */
export function unwrap(node: Node): Node {
  switch (node.type) {
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSTypeAssertion":
    case "TSInstantiationExpression":
    case "ChainExpression":
    case "ParenthesizedExpression":
      return unwrap(node.expression);
    case "SequenceExpression":
      return unwrap(node.expressions.at(-1) ?? node);
    default:
      return node;
  }
}

/** The parts of a pattern that are given a value: names, and members in an assignment. */
export function targets(pattern: Node): Node[] {
  const node = unwrap(pattern);
  switch (node.type) {
    case "ObjectPattern":
      return node.properties.flatMap((it) =>
        targets(it.type === "RestElement" ? it.argument : it.value),
      );
    case "ArrayPattern":
      return node.elements.flatMap((it) => (it === null ? [] : targets(it)));
    case "AssignmentPattern":
      return targets(node.left);
    case "RestElement":
      return targets(node.argument);
    case "TSParameterProperty":
      return targets(node.parameter);
    default:
      return [node];
  }
}
