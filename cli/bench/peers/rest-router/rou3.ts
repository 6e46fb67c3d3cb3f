import { addRoute, createRouter, findRoute } from "rou3";
import type * as Stub from "../../../../katas/apis/rest-router/stub.ts";

export const note = "decodes nothing, and answers undefined for 400, 404 and 405 alike";
export const only = ["match-hot"];

export class Router<H> {
  readonly #router = createRouter<{ handler: H }>();

  add(method: Stub.Method, pattern: string, handler: H): void {
    addRoute(this.#router, method, pattern.replace(/\*(\w+)$/, "**:$1"), { handler });
  }

  match(method: Stub.Method, path: string): unknown {
    return findRoute(this.#router, method, path);
  }
}
