/** The methods a route can be added for. */
export type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";

/** What a router says of one request. H is the type of the handlers. */
export type Match<H> =
  | {
      readonly kind: "found";
      /** As it was given to `add`, never called. */
      readonly handler: H;
      /** The decoded values by the names of the route's pattern; own properties only. */
      readonly params: Record<string, string>;
    }
  /** 404: no method has a route for the path. */
  | { readonly kind: "not-found" }
  /** 405: the path is known, but not for this method. */
  | {
      readonly kind: "method-not-allowed";
      /** Every method that would be found, ascending by name; never empty. */
      readonly allow: Method[];
    }
  /** 400: the path is malformed, whatever routes there are. */
  | { readonly kind: "bad-request" };

/** Thrown by `Router.add`; it is recognised by its name. Complete as it stands. */
export class RouteConflictError extends Error {
  override readonly name = "RouteConflictError";
}

/** Finds the best route for a method and a path. */
export class Router<H> {
  /** A router without routes. */
  constructor() {
    throw new Error("unimplemented: Router.constructor");
  }

  /**
   * Adds a route.
   * @param pattern begins with "/"; each segment is static text, ":name", or, as the last, "*name"
   * @throws TypeError when the pattern is malformed.
   * @throws RouteConflictError when the method has a route of the same shape.
   */
  add(method: Method, pattern: string, handler: H): void {
    throw new Error("unimplemented: Router.add");
  }

  /**
   * Decides one request. Never throws.
   * @param path the path of the request target, percent-encoded, without query and fragment
   */
  match(method: Method, path: string): Match<H> {
    throw new Error("unimplemented: Router.match");
  }
}
