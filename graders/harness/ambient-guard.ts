import { isHandlerRunning } from "../kit/sim/node-runtime.ts";

/**
 * While a property runs, the real clock, chance and timers throw and name what to use instead.
 * Wrappers are installed before the subject loads, so keeping a reference to one does not help.
 */
let guarded = false;

/** The real macrotask queue, for draining microtasks between two virtual instants. */
const realSetImmediate = setImmediate;

/** Waits until all promise callbacks that are due have run. */
export async function drainMicrotasks(): Promise<void> {
  await new Promise<void>((resolve) => realSetImmediate(resolve));
}

/** Runs `body` with the guard up; a promise keeps it up until it settles. */
export function withGuard<T>(body: () => T): T {
  guarded = true;
  try {
    const result = body();
    if (isPromise(result)) {
      return result.finally(() => {
        guarded = false;
      }) as T;
    }
    guarded = false;
    return result;
  } catch (error) {
    guarded = false;
    throw error;
  }
}

/** Replaces the ambient functions of this process by ones that obey the guard. */
export function installAmbientGuard(): void {
  forbid(Date, "now", "Date.now", CLOCK);
  forbid(performance, "now", "performance.now", CLOCK);
  forbid(Math, "random", "Math.random", CHANCE);
  for (const timer of ["setTimeout", "setInterval", "setImmediate"] as const) {
    forbid(globalThis, timer, timer, SCHEDULER);
  }
  // Only the handlers of a node have no use for these.
  forbid(globalThis, "queueMicrotask", "queueMicrotask", { ctx: SCHEDULER.ctx });
  forbid(process, "hrtime", "process.hrtime", { ctx: CLOCK.ctx });
  forbid(crypto, "getRandomValues", "crypto.getRandomValues", { ctx: CHANCE.ctx });
  forbid(crypto, "randomUUID", "crypto.randomUUID", { ctx: CHANCE.ctx });
  const RealDate = Date;
  globalThis.Date = new Proxy(RealDate, {
    construct(target, args: unknown[], newTarget) {
      if (args.length === 0) refuseIn(CLOCK, "new Date()");
      return Reflect.construct(target, args, newTarget) as object;
    },
    apply(target, self, args: unknown[]) {
      refuseIn(CLOCK, "Date()");
      return Reflect.apply(target, self, args) as unknown;
    },
  });
}

/** What to use instead: in a kata, and in the handlers of a node. */
interface Instead {
  /** Without it, the function is forbidden in handlers only. */
  readonly kata?: string;
  readonly ctx: string;
}

const CLOCK: Instead = { kata: "the injected clock", ctx: "ctx.now()" };
const CHANCE: Instead = { kata: "the injected random", ctx: "ctx.random()" };
const SCHEDULER: Instead = { kata: "the injected scheduler", ctx: "ctx.setTimer(ms, tag)" };

function forbid<Owner extends object>(
  owner: Owner,
  key: keyof Owner,
  name: string,
  instead: Instead,
): void {
  const real = owner[key] as (...args: unknown[]) => unknown;
  const wrapper = function (this: unknown, ...args: unknown[]): unknown {
    refuseIn(instead, name);
    return Reflect.apply(real, this ?? owner, args);
  };
  // Some of these functions carry parts of their own, such as util.promisify's variant.
  Object.defineProperties(wrapper, Object.getOwnPropertyDescriptors(real));
  Object.defineProperty(owner, key, { value: wrapper, configurable: true, writable: true });
}

function refuseIn({ kata, ctx }: Instead, name: string): void {
  const where = isHandlerRunning() ? "the handler of a node" : "a kata";
  const instead = isHandlerRunning() ? ctx : guarded ? kata : undefined;
  if (instead === undefined) return;
  const error = new Error(`${name} is not available in ${where}: use ${instead}`);
  error.name = "AmbientError";
  throw error;
}

function isPromise(value: unknown): value is Promise<unknown> {
  return value instanceof Promise;
}
