/**
 * @bug Goes through the routes in the order of adding, and takes the first that matches.
 * @killedBy order-independence, match-model
 */
import type { Match, Method } from "../../../../katas/apis/rest-router/stub.ts";

const METHODS: readonly Method[] = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

interface Route<H> {
  readonly handler: H;
  readonly segments: readonly string[];
  readonly names: readonly string[];
  /** "a" for static text, "b" for a parameter, "c" for a wildcard. */
  readonly kinds: string;
}

export class RouteConflictError extends Error {
  override readonly name = "RouteConflictError";
}

export class Router<H> {
  readonly #routes = new Map<Method, Route<H>[]>();
  readonly #shapes = new Set<string>();

  add(method: Method, pattern: string, handler: H): void {
    const { segments, names } = parsePattern(pattern);
    const shape = `${method} ${pattern.replaceAll(/\/([:*])[^/]*/g, "/$1")}`;
    if (this.#shapes.has(shape)) throw new RouteConflictError(`${method} ${pattern} is taken`);
    this.#shapes.add(shape);
    const kinds = segments.map((segment) => ({ ":": "b", "*": "c" })[segment[0]!] ?? "a").join("");
    const routes = this.#routes.get(method) ?? [];
    routes.push({ handler, segments, names, kinds });
    this.#routes.set(method, routes);
  }

  match(method: Method, path: string): Match<H> {
    const segments = decodePath(path);
    if (segments === undefined) return { kind: "bad-request" };
    const found = this.#find(method, segments);
    if (found !== undefined) return found;
    const allow = METHODS.filter((other) => this.#find(other, segments) !== undefined);
    return allow.length === 0 ? { kind: "not-found" } : { kind: "method-not-allowed", allow };
  }

  #find(method: Method, segments: readonly string[]): Match<H> | undefined {
    for (const route of this.#routes.get(method) ?? []) {
      const values = valuesOf(route, segments);
      if (values === undefined) continue;
      const params = Object.fromEntries(route.names.map((name, i) => [name, values[i]!]));
      return { kind: "found", handler: route.handler, params };
    }
    return method === "HEAD" ? this.#find("GET", segments) : undefined;
  }
}

function valuesOf<H>(route: Route<H>, segments: readonly string[]): string[] | undefined {
  const { segments: wanted, kinds } = route;
  const open = kinds.endsWith("c");
  if (open ? segments.length < wanted.length : segments.length !== wanted.length) return undefined;
  const values: string[] = [];
  for (let i = 0; i < wanted.length; i += 1) {
    if (kinds[i] === "a") {
      if (wanted[i] !== segments[i]) return undefined;
      continue;
    }
    if (segments[i] === "") return undefined;
    values.push(kinds[i] === "b" ? segments[i]! : segments.slice(i).join("/"));
  }
  return values;
}

function parsePattern(pattern: string): { segments: string[]; names: string[] } {
  const [before, ...segments] = pattern.split("/");
  const named = segments.filter((segment) => /^[:*]/.test(segment));
  const names = named.map((segment) => segment.slice(1));
  const wildcard = segments.findIndex((segment) => segment.startsWith("*"));
  if (
    before !== "" ||
    segments.length === 0 ||
    !names.every((name) => NAME.test(name)) ||
    new Set(names).size < names.length ||
    (wildcard !== -1 && wildcard < segments.length - 1)
  ) {
    throw new TypeError(`not a pattern: ${JSON.stringify(pattern)}`);
  }
  return { segments, names };
}

/** The decoded segments, split before anything is decoded; undefined for a malformed path. */
function decodePath(path: string): string[] | undefined {
  if (!path.startsWith("/") || path.includes("?") || path.includes("#")) return undefined;
  const segments = path.slice(1).split("/");
  if (!path.includes("%")) return segments;
  try {
    return segments.map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
