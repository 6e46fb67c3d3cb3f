import { literal, verbatim, type Verbatim } from "./violation.ts";

/** A method call as a step of a script; a story shows it as it is written: `add("a", 2)`. */
export interface Call<Method extends string = string> extends Verbatim {
  readonly method: Method;
  readonly args: readonly unknown[];
}

type Receiver<Method extends string> = {
  readonly [name in Method]: (...args: never[]) => unknown;
};

/** The step `method(...args)`. */
export function call<Method extends string>(method: Method, ...args: unknown[]): Call<Method> {
  const text = `${method}(${args.map(literal).join(", ")})`;
  return { ...verbatim(text), method, args };
}

/** A call that is made when the clock shows `atMs`. */
export interface TimedCall<Method extends string = string> extends Call<Method> {
  readonly atMs: number;
}

/** The step `method(...args)` at an instant: a story shows it as `at 120 ms: pick()`. */
export function callAt<Method extends string>(
  atMs: number,
  method: Method,
  ...args: unknown[]
): TimedCall<Method> {
  const made = call(method, ...args);
  return { ...made, ...verbatim(`at ${atMs} ms: ${made.text}`), atMs };
}

/** Makes the call on an object and returns its answer. */
export function perform<Method extends string>(
  receiver: Receiver<Method>,
  { method, args }: Call<Method>,
): unknown {
  return receiver[method](...(args as never[]));
}
