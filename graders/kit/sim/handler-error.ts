import { show } from "./show.ts";

const LONGEST = 160;

/** A handler of a node threw, or did what none may do. */
export class HandlerError extends Error {
  override readonly name = "HandlerError";

  /** Which handler of which node, with its arguments: `n1.onTimer("tick")`. */
  readonly call: string;

  constructor(call: string, cause: unknown) {
    const said = cause instanceof Error ? `${cause.name}: ${cause.message}` : show(cause);
    super(`${call} threw ${said}`, { cause });
    this.call = call;
  }
}

/** `n1.onTimer("tick")`: arguments as JSON, cut when long. */
export function describeCall(node: string, handler: string, ...args: unknown[]): string {
  const shown = args.map((arg) => {
    const text = JSON.stringify(arg) ?? "undefined";
    return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  });
  return `${node}.${handler}(${shown.join(", ")})`;
}
