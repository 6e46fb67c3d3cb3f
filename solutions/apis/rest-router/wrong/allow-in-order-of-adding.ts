/**
 * @bug Lists allow in the order in which methods were first added.
 * @killedBy status-truth, order-independence
 */
import type { Match, Method } from "../../../../katas/apis/rest-router/stub.ts";

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

interface Route<H> {
  readonly handler: H;
  /** In the order of the pattern. */
  readonly names: readonly string[];
}

interface Node<H> {
  readonly statics: Map<string, Node<H>>;
  parameter?: Node<H>;
  wildcard?: Route<H>;
  /** Of the pattern that ends here. */
  route?: Route<H>;
}

export class RouteConflictError extends Error {
  override readonly name = "RouteConflictError";
}

export class Router<H> {
  readonly #roots = new Map<Method, Node<H>>();

  add(method: Method, pattern: string, handler: H): void {
    const { segments, names } = parsePattern(pattern);
    let root = this.#roots.get(method);
    if (root === undefined) this.#roots.set(method, (root = { statics: new Map() }));
    let node = root;
    for (const segment of segments) if (!segment.startsWith("*")) node = childOf(node, segment);
    const slot = segments.at(-1)?.startsWith("*") === true ? "wildcard" : "route";
    if (node[slot] !== undefined) {
      throw new RouteConflictError(`${method} has a route of the shape of ${pattern} already`);
    }
    node[slot] = { handler, names };
  }

  match(method: Method, path: string): Match<H> {
    const segments = decodePath(path);
    if (segments === undefined) return { kind: "bad-request" };
    const found = this.#find(method, segments);
    if (found !== undefined) return found;
    const allow = [...this.#roots.keys()].filter(
      (other) => this.#find(other, segments) !== undefined,
    );
    if (allow.includes("GET") && !allow.includes("HEAD"))
      allow.splice(allow.indexOf("GET") + 1, 0, "HEAD");
    return allow.length === 0 ? { kind: "not-found" } : { kind: "method-not-allowed", allow };
  }

  #find(method: Method, segments: readonly string[]): Match<H> | undefined {
    const values: string[] = [];
    const route = search(this.#roots.get(method), segments, 0, values, 0);
    if (route === undefined) return method === "HEAD" ? this.#find("GET", segments) : undefined;
    const params = Object.create(null) as Record<string, string>;
    for (let i = 0; i < route.names.length; i += 1) params[route.names[i]!] = values[i]!;
    return { kind: "found", handler: route.handler, params };
  }
}

function search<H>(
  node: Node<H> | undefined,
  segments: readonly string[],
  depth: number,
  values: string[],
  count: number,
): Route<H> | undefined {
  if (node === undefined) return undefined;
  const segment = segments[depth];
  if (segment === undefined) return node.route;
  const fixed = search(node.statics.get(segment), segments, depth + 1, values, count);
  if (fixed !== undefined || segment === "") return fixed;
  values[count] = segment;
  const bound = search(node.parameter, segments, depth + 1, values, count + 1);
  if (bound !== undefined || node.wildcard === undefined) return bound;
  values[count] = segments.slice(depth).join("/");
  return node.wildcard;
}

function childOf<H>(node: Node<H>, segment: string): Node<H> {
  if (segment.startsWith(":")) return (node.parameter ??= { statics: new Map() });
  let child = node.statics.get(segment);
  if (child === undefined) node.statics.set(segment, (child = { statics: new Map() }));
  return child;
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
