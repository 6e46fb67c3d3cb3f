/**
 * @bug Looks up every way to put parameters into the path, one by one: there are 2^16 for 16 segments.
 * @killedBy budget:adversarial-depth
 */
import type { Match, Method } from "../../../../katas/apis/rest-router/stub.ts";

const METHODS: readonly Method[] = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

interface Route<H> {
  readonly handler: H;
  readonly names: readonly string[];
}

export class RouteConflictError extends Error {
  override readonly name = "RouteConflictError";
}

export class Router<H> {
  /** By shape: JSON of the segments, with null for a parameter and 0 for a wildcard. */
  readonly #routes = new Map<string, Route<H>>();

  add(method: Method, pattern: string, handler: H): void {
    const { segments, names } = parsePattern(pattern);
    const parts = segments.map((segment) =>
      segment.startsWith(":") ? null : segment.startsWith("*") ? 0 : segment,
    );
    const shape = `${method} ${JSON.stringify(parts)}`;
    if (this.#routes.has(shape)) throw new RouteConflictError(`${method} ${pattern} is taken`);
    this.#routes.set(shape, { handler, names });
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
    const found = this.#try(method, segments, [], []);
    if (found !== undefined) return found;
    return method === "HEAD" ? this.#find("GET", segments) : undefined;
  }

  #try(
    method: Method,
    segments: readonly string[],
    parts: readonly (string | number | null)[],
    values: readonly string[],
  ): Match<H> | undefined {
    const segment = segments[parts.length];
    if (segment === undefined) return this.#lookUp(method, parts, values);
    const fixed = this.#try(method, segments, [...parts, segment], values);
    if (fixed !== undefined || segment === "") return fixed;
    const bound = this.#try(method, segments, [...parts, null], [...values, segment]);
    if (bound !== undefined) return bound;
    const rest = segments.slice(parts.length).join("/");
    return this.#lookUp(method, [...parts, 0], [...values, rest]);
  }

  #lookUp(
    method: Method,
    parts: readonly (string | number | null)[],
    values: readonly string[],
  ): Match<H> | undefined {
    const route = this.#routes.get(`${method} ${JSON.stringify(parts)}`);
    if (route === undefined) return undefined;
    const params = Object.fromEntries(route.names.map((name, i) => [name, values[i]!]));
    return { kind: "found", handler: route.handler, params };
  }
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
