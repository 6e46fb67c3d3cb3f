/**
 * @design One tree for all methods, searched level by level: the nodes that agree with the path so far
 * stand in the order of precedence, and so do the routes at the end, of which each method takes its first.
 */
import type { Match, Method } from "../../../../katas/apis/rest-router/stub.ts";

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

interface Route<H> {
  readonly handler: H;
  /** Names by the place of their segment. */
  readonly names: ReadonlyMap<number, string>;
  /** The place of the wildcard, or -1. */
  readonly star: number;
}

type Routes<H> = Map<Method, Route<H>>;

interface Node<H> {
  readonly statics: Map<string, Node<H>>;
  parameter: Node<H> | undefined;
  readonly rest: Routes<H>;
  readonly end: Routes<H>;
}

export class RouteConflictError extends Error {
  override readonly name = "RouteConflictError";
}

export class Router<H> {
  readonly #root: Node<H> = emptyNode();

  add(method: Method, pattern: string, handler: H): void {
    const segments = pattern.split("/").slice(1);
    const names = new Map<number, string>();
    for (const [i, segment] of segments.entries()) {
      if (segment.startsWith(":") || segment.startsWith("*")) names.set(i, segment.slice(1));
    }
    const star = segments.findIndex((segment) => segment.startsWith("*"));
    const spelled = [...names.values()];
    if (
      !pattern.startsWith("/") ||
      (star >= 0 && star !== segments.length - 1) ||
      spelled.some((name, i) => !NAME.test(name) || spelled.indexOf(name) !== i)
    ) {
      throw new TypeError(`${JSON.stringify(pattern)} is not a pattern`);
    }
    let node = this.#root;
    for (const segment of star >= 0 ? segments.slice(0, -1) : segments) {
      if (segment.startsWith(":")) {
        node = node.parameter ??= emptyNode();
        continue;
      }
      let next = node.statics.get(segment);
      if (next === undefined) node.statics.set(segment, (next = emptyNode()));
      node = next;
    }
    const routes = star >= 0 ? node.rest : node.end;
    if (routes.has(method)) throw new RouteConflictError(`${method} ${pattern} is taken`);
    routes.set(method, { handler, names, star });
  }

  match(method: Method, path: string): Match<H> {
    if (!path.startsWith("/") || /[?#]/.test(path)) return { kind: "bad-request" };
    let segments = path.slice(1).split("/");
    try {
      if (path.includes("%")) segments = segments.map((segment) => decodeURIComponent(segment));
    } catch {
      return { kind: "bad-request" };
    }
    const ends = this.#ends(segments);
    const route = ends.find((routes) => routes.has(method))?.get(method);
    if (route !== undefined) {
      const { handler, names, star } = route;
      const params = Object.create(null) as Record<string, string>;
      for (const [i, name] of names) {
        params[name] = i === star ? segments.slice(i).join("/") : segments[i]!;
      }
      return { kind: "found", handler, params };
    }
    const known = new Set(ends.flatMap((routes) => [...routes.keys()]));
    if (method === "HEAD" && known.has("GET")) return this.match("GET", path);
    if (known.has("GET")) known.add("HEAD");
    const allow = [...known].sort();
    return allow.length > 0 ? { kind: "method-not-allowed", allow } : { kind: "not-found" };
  }

  /** The routes of every pattern that matches the whole path, best pattern first. */
  #ends(segments: readonly string[]): Routes<H>[] {
    // What a wildcard has found keeps its place in the order, while the nodes beside it go on.
    let level: (Node<H> | Routes<H>)[] = [this.#root];
    for (const segment of segments) {
      const next: (Node<H> | Routes<H>)[] = [];
      for (const each of level) {
        if (each instanceof Map) {
          next.push(each);
          continue;
        }
        const fixed = each.statics.get(segment);
        if (fixed !== undefined) next.push(fixed);
        if (segment === "") continue;
        if (each.parameter !== undefined) next.push(each.parameter);
        if (each.rest.size > 0) next.push(each.rest);
      }
      level = next;
    }
    return level.map((each) => (each instanceof Map ? each : each.end));
  }
}

function emptyNode<H>(): Node<H> {
  return { statics: new Map(), parameter: undefined, rest: new Map(), end: new Map() };
}
