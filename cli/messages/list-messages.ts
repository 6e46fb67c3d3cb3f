import { readFileSync, readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { type ESTree, parseSync } from "rolldown/utils";
import { keyOf, type Saying } from "../../graders/reading.ts";
import { knownMessages } from "./known-messages.ts";

/** One message, as the catalogue shows it to a translator. */
interface Message {
  readonly text: Saying;
  /** What stands in its numbered holes, as the code has it. */
  holes: string;
  readonly in: Set<string>;
}

type Found = ReadonlyMap<string, Message>;

const ROOMS = ["cli", "graders"];
/** What nobody reads on a screen, or reads only here. */
const SILENT = /\.test\.ts$|\.d\.ts$|^cli\/(bench|e2e)\/|^graders\/fixtures\//;
const LONGEST_HOLE = 50;

/** The catalogue: every message once, sorted, with the files that use it. */
export function catalogueJson(root: string): string {
  const found = [...listMessages(root)].sort(([a], [b]) => (a < b ? -1 : 1));
  const messages = Object.fromEntries(
    found.map(([key, { text, holes, in: files }]) => [
      key,
      { text, ...(holes === "" ? {} : { holes }), in: [...files].sort().join(" ") },
    ]),
  );
  return `${JSON.stringify({ language: "en", messages }, null, 2)}\n`;
}

/** Every message of the sources below `root`, by its key. */
function listMessages(root: string): Found {
  const found = new Map<string, Message>();
  for (const [file, texts] of knownMessages()) {
    for (const text of texts) add(found, text, text, file);
  }
  for (const file of sourceFiles(root)) {
    const source = readFileSync(join(root, file), "utf8");
    if (!/\bsay(Count\(|`)/.test(source)) continue;
    visit(parseSource(file, source), (node) => read(node, source, file, found));
  }
  return found;
}

/** The sources that may speak to a user, as paths from `root`. */
export function sourceFiles(root: string): string[] {
  return ROOMS.flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
      .map((name) => `${room}/${name.split(sep).join("/")}`)
      .filter((file) => file.endsWith(".ts") && !SILENT.test(file)),
  );
}

/** @throws Error when it does not parse. */
export function parseSource(file: string, source: string): ESTree.Program {
  const { program, errors } = parseSync(file, source, { lang: "ts" });
  if (errors.length > 0) throw new Error(`${file} does not parse: ${errors[0]?.message}`);
  return program;
}

function read(node: ESTree.Node, source: string, file: string, found: Map<string, Message>): void {
  const sourceOf = ({ start, end }: ESTree.Node): string =>
    source.slice(start, end).replaceAll(/\s+/g, " ").slice(0, LONGEST_HOLE);
  if (node.type === "TaggedTemplateExpression" && isNamed(node.tag, "say")) {
    const key = keyOf(node.quasi.quasis.map(({ value }) => value.cooked ?? ""));
    const holes = node.quasi.expressions.map((hole, index) => `{${index}} ${sourceOf(hole)}`);
    add(found, key, key, file, holes.join(", "));
  }
  if (node.type === "CallExpression" && isNamed(node.callee, "sayCount")) {
    const [, one, other] = node.arguments.map(textOf);
    if (one === undefined || other === undefined)
      throw new Error(`${file}: sayCount needs its two forms written out: ${sourceOf(node)}`);
    add(found, other, { one, other }, file);
  }
}

function add(
  found: Map<string, Message>,
  key: string,
  text: Saying,
  file: string,
  holes = "",
): void {
  const known = found.get(key) ?? { text, holes, in: new Set<string>() };
  if (JSON.stringify(known.text) !== JSON.stringify(text))
    throw new Error(`${file}: two messages are told apart by nothing but their forms: ${key}`);
  known.in.add(file);
  found.set(key, known);
}

function isNamed(node: ESTree.Node, name: string): boolean {
  return node.type === "Identifier" && node.name === name;
}

function textOf(node: ESTree.Node): string | undefined {
  return node.type === "Literal" && typeof node.value === "string" ? node.value : undefined;
}

/** Looks at a node and at all below it. */
export function visit(node: ESTree.Node, look: (node: ESTree.Node) => void): void {
  look(node);
  for (const value of Object.values(node) as unknown[]) {
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (isNode(child)) visit(child, look);
    }
  }
}

function isNode(value: unknown): value is ESTree.Node {
  return typeof value === "object" && value !== null && "type" in value;
}
