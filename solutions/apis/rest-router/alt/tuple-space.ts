/**
 * @design One hash table for each sequence of kinds (static, parameter, wildcard), as in packet
 * classification; the tables are asked in the order of precedence, with the static texts as the key.
 */
import type { Match, Method } from "../../../../katas/apis/rest-router/stub.ts";

const METHODS: readonly Method[] = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

interface Route<H> {
  readonly handler: H;
  readonly names: readonly string[];
}

interface Table<H> {
  /** "a" for static text, "b" for a parameter, "c" for a wildcard: the least comes first. */
  readonly kinds: string;
  readonly routes: Map<string, Route<H>>;
}

export class RouteConflictError extends Error {
  override readonly name = "RouteConflictError";
}

export class Router<H> {
  readonly #tables = new Map<Method, Table<H>[]>();

  add(method: Method, pattern: string, handler: H): void {
    const segments = pattern.split("/");
    if (segments.shift() !== "" || segments.length === 0) throw malformed(pattern);
    const names: string[] = [];
    let kinds = "";
    let key = "";
    for (const [i, segment] of segments.entries()) {
      if (!/^[:*]/.test(segment)) {
        kinds += "a";
        key += `/${segment}`;
        continue;
      }
      const name = segment.slice(1);
      const misplaced = segment.startsWith("*") && i < segments.length - 1;
      if (misplaced || !NAME.test(name) || names.includes(name)) throw malformed(pattern);
      kinds += segment.startsWith("*") ? "c" : "b";
      names.push(name);
    }
    let tables = this.#tables.get(method);
    if (tables === undefined) this.#tables.set(method, (tables = []));
    let table = tables.find((each) => each.kinds === kinds);
    if (table === undefined) {
      tables.push((table = { kinds, routes: new Map() }));
      tables.sort((a, b) => (a.kinds < b.kinds ? -1 : 1));
    }
    if (table.routes.has(key)) throw new RouteConflictError(`${method} ${pattern} is taken`);
    table.routes.set(key, { handler, names });
  }

  match(method: Method, path: string): Match<H> {
    const segments = decodePath(path);
    if (segments === undefined) return { kind: "bad-request" };
    const found = this.#find(method, segments);
    if (found !== undefined) return found;
    const allow = METHODS.filter((other) => this.#find(other, segments) !== undefined);
    return allow.length === 0 ? { kind: "not-found" } : { kind: "method-not-allowed", allow };
  }

  #find(method: Method, segments: string[]): Match<H> | undefined {
    // Decoded segments may hold slashes, which no static text does: they must not join into a key.
    const texts = segments.map((segment) => (segment.includes("/") ? undefined : segment));
    for (const { kinds, routes } of this.#tables.get(method) ?? []) {
      const key = keyOf(kinds, segments, texts);
      const route = key === undefined ? undefined : routes.get(key);
      if (route !== undefined) {
        return { kind: "found", handler: route.handler, params: bind(kinds, route, segments) };
      }
    }
    return method === "HEAD" ? this.#find("GET", segments) : undefined;
  }
}

/** The static texts of a path that is of these kinds; undefined when it is not. */
function keyOf(
  kinds: string,
  segments: readonly string[],
  texts: readonly (string | undefined)[],
): string | undefined {
  const last = kinds.length - 1;
  const open = kinds[last] === "c";
  if (open ? segments.length < kinds.length : segments.length !== kinds.length) return undefined;
  let key = "";
  for (let i = 0; i <= last; i += 1) {
    if (kinds[i] === "a") {
      if (texts[i] === undefined) return undefined;
      key += `/${texts[i]}`;
    } else if (segments[i] === "") return undefined;
  }
  return key;
}

function bind<H>(kinds: string, { names }: Route<H>, segments: string[]): Record<string, string> {
  const entries: [string, string][] = [];
  for (let i = 0; i < kinds.length; i += 1) {
    const name = names[entries.length]!;
    if (kinds[i] === "b") entries.push([name, segments[i]!]);
    if (kinds[i] === "c") entries.push([name, segments.slice(i).join("/")]);
  }
  return Object.fromEntries(entries);
}

function malformed(pattern: string): TypeError {
  return new TypeError(`${JSON.stringify(pattern)} is not a pattern`);
}

function decodePath(path: string): string[] | undefined {
  if (!/^\/[^?#]*$/.test(path)) return undefined;
  try {
    return path
      .slice(1)
      .split("/")
      .map((segment) => (segment.includes("%") ? decodeURIComponent(segment) : segment));
  } catch {
    return undefined;
  }
}
