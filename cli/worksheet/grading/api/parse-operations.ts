import { splitWords } from "../../prose/words.ts";
import type { MethodClass, WrittenOperation } from "./written-operation.ts";

const MAX_OPERATIONS = 100;
const MAX_LINE = 500;

const HTTP =
  /(?:^|\s)(GET|HEAD|POST|PUT|PATCH|DELETE)\b\s*:?\s+([/{:]\S*|https?:\/\/\S+|[a-z]\S*\/\S*)(.*)$/i;
const STREAM = /^(?:ws|wss|websocket|sse|socket|event|emit|on|publish|subscribe)\b[\s:>-]+(\S.*)$/i;
const GRAPHQL = /^(query|mutation|subscription|rpc)\s+([A-Za-z_]\w*)(.*)$/;
const CALL =
  /^(?:async\s+|function\s+)?([A-Za-z_][\w.]*(?:[ -][A-Za-z_]\w*){0,4})\s*\(([^()]*)\)(.*)$/;
const ARROW = /\s*(?:->|=>|→|⇒|\breturns?\b:?)\s*/i;

const CLASS_OF_METHOD: Readonly<Record<string, MethodClass>> = {
  GET: "read",
  HEAD: "read",
  POST: "create",
  PUT: "update",
  PATCH: "update",
  DELETE: "delete",
};

/** What a verb does; a definition adds its own verbs for each operation. */
const VERBS: Readonly<Record<MethodClass, ReadonlySet<string>>> = {
  create: words(
    "create add post make send upload publish register insert shorten generate start request book submit write",
  ),
  read: words("get list fetch read find search view show load query retrieve lookup browse"),
  update: words("update edit set change rename modify put patch accept deny end mark"),
  delete: words("delete remove cancel revoke"),
  stream: words("stream subscribe watch listen connect socket"),
};

/** Words of a path or name that say nothing. */
const EMPTY_WORDS = words("api rest http https v service com www the a an of for by");

/**
 * Reads HTTP lines, calls, rpc and GraphQL declarations and socket messages, in bullets, tables or
 * bare. A line that begins none belongs to the one before.
 *
 * @param firstLine the line of the file on which the text begins
 */
export function parseOperations(text: string, firstLine: number): WrittenOperation[] {
  const found: { readonly head: Head; readonly line: number; readonly lines: string[] }[] = [];
  for (const [index, raw] of text.split("\n").entries()) {
    if (found.length >= MAX_OPERATIONS) break;
    const line = plain(raw.slice(0, MAX_LINE));
    const head = readHead(line);
    if (head !== undefined) found.push({ head, line: firstLine + index, lines: [line] });
    else if (line !== "" && !raw.trimStart().startsWith("#")) found.at(-1)?.lines.push(line);
  }
  return found.map(({ head, line, lines }) => {
    const all = lines.join(" ").slice(0, 4 * MAX_LINE);
    const [sent = "", ...returned] = [head.rest, ...lines.slice(1)].join(" ").split(ARROW);
    return {
      ...head,
      line,
      text: lines[0] ?? "",
      all: { text: all, line, words: splitWords(all) },
      input: sent,
      output: returned.join(" "),
    };
  });
}

/** The classes of a verb, where it has any. */
export function classesOf(name: readonly string[]): MethodClass[] {
  return (Object.keys(VERBS) as MethodClass[]).filter((kind) =>
    name.some((word) => VERBS[kind].has(word)),
  );
}

type Head = Pick<WrittenOperation, "form" | "classes" | "words" | "segments"> & {
  readonly rest: string;
};

function readHead(line: string): Head | undefined {
  const http = HTTP.exec(line);
  if (http !== null) {
    const [, method = "", path = "", rest = ""] = http;
    return readPath(method.toUpperCase(), path, rest);
  }
  const stream = STREAM.exec(line)?.[1];
  if (stream !== undefined)
    return fromName("stream", stream.split(/[({:]/)[0] ?? "", ["stream"], stream);
  const declared = GRAPHQL.exec(line);
  if (declared !== null) {
    const [, keyword, name = "", rest = ""] = declared;
    return fromName("call", name, keyword === "subscription" ? ["stream"] : [], rest);
  }
  const call = CALL.exec(line);
  if (call === null) return undefined;
  const [, name = "", input = "", rest = ""] = call;
  return fromName("call", name, [], `${input} ${rest.replace(/^\s*:/, " ->")}`);
}

function readPath(method: string, path: string, rest: string): Head {
  const bare = path.replace(/^https?:\/\/[^/]*/, "").replace(/\?.*$/, "");
  const parts = bare.split("/").filter((part) => part !== "" && !/^v\d+$/i.test(part));
  const isParameter = (part: string): boolean => /^[:{<]/.test(part);
  const named = parts.filter((part) => !isParameter(part));
  // `GET /{key}`: the parameter is all that names the thing.
  const segments = named.length > 0 ? named : parts;
  const kind = CLASS_OF_METHOD[method] ?? "read";
  const verbs = nameWords(segments);
  const classes = [...new Set([kind, ...(kind === "create" ? classesOf(verbs) : [])])];
  const query = /\?(.*)$/.exec(path)?.[1] ?? "";
  return { form: "http", classes, words: verbs, segments, rest: `${query} ${rest}` };
}

function fromName(
  form: WrittenOperation["form"],
  name: string,
  classes: readonly MethodClass[],
  rest: string,
): Head {
  const all = nameWords([name]);
  return { form, classes: [...classes, ...classesOf(all)], words: all, segments: [name], rest };
}

function nameWords(segments: readonly string[]): string[] {
  return segments
    .flatMap((segment) => splitWords(segment.replaceAll("_", " ")).map(({ one }) => one))
    .filter((word) => !EMPTY_WORDS.has(word));
}

/** A line without bullets, table pipes, emphasis and backticks. */
function plain(line: string): string {
  return line
    .replace(/[`*|]/g, " ")
    .replace(/^\s*(?:[-+•]|\d{1,3}[.)])\s+/, "")
    .replace(/\s+/g, " ")
    .trim();
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(" "));
}
