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
  forbid(Date, "now", "Date.now", "the injected clock");
  forbid(performance, "now", "performance.now", "the injected clock");
  forbid(Math, "random", "Math.random", "the injected random");
  for (const timer of ["setTimeout", "setInterval", "setImmediate"] as const) {
    forbid(globalThis, timer, timer, "the injected scheduler");
  }
  const RealDate = Date;
  globalThis.Date = new Proxy(RealDate, {
    construct(target, args: unknown[], newTarget) {
      if (guarded && args.length === 0) throw refusal("new Date()", "the injected clock");
      return Reflect.construct(target, args, newTarget) as object;
    },
    apply(target, self, args: unknown[]) {
      if (guarded) throw refusal("Date()", "the injected clock");
      return Reflect.apply(target, self, args) as unknown;
    },
  });
}

function forbid<Owner extends object>(
  owner: Owner,
  key: keyof Owner,
  name: string,
  instead: string,
): void {
  const real = owner[key] as (...args: unknown[]) => unknown;
  const wrapper = function (this: unknown, ...args: unknown[]): unknown {
    if (guarded) throw refusal(name, instead);
    return Reflect.apply(real, this ?? owner, args);
  };
  // Some of these functions carry parts of their own, such as util.promisify's variant.
  Object.defineProperties(wrapper, Object.getOwnPropertyDescriptors(real));
  Object.defineProperty(owner, key, { value: wrapper, configurable: true, writable: true });
}

function refusal(name: string, instead: string): Error {
  const error = new Error(`${name} is not available in a kata: use ${instead}`);
  error.name = "AmbientError";
  return error;
}

function isPromise(value: unknown): value is Promise<unknown> {
  return value instanceof Promise;
}
