import type { CallCounter } from "./call-counter.ts";

/**
 * The exports of a subject, with each call on them and on the objects that they make counted: `new`,
 * methods and functions, not reads of a field. What the subject calls of its own is not. Whoever holds
 * the watched exports sees neither the subject's functions nor their source.
 */
export function watchSubject<Subject extends object>(
  subject: Subject,
  counter: CallCounter,
): Subject {
  const watch = new SubjectWatch(counter);
  const watched = Object.entries(subject).map(([name, value]) => [name, watch.show(value, name)]);
  return Object.fromEntries(watched) as Subject;
}

type AnyFunction = (...args: unknown[]) => unknown;

/** Hands out facades for what is the subject's, and takes them back for what they stand for. */
class SubjectWatch {
  readonly #counter: CallCounter;
  readonly #facades = new WeakMap<object, object>();
  readonly #real = new WeakMap<object, object>();

  constructor(counter: CallCounter) {
    this.#counter = counter;
  }

  /** What may be seen of a value that the subject gives. */
  show(value: unknown, name: string): unknown {
    if (value instanceof Promise) return value.then((settled) => this.show(settled, name));
    if (typeof value === "function") return this.#facade(value, () => this.#function(value, name));
    if (!isOwn(value)) return value;
    return this.#facade(value, () => this.#instance(value));
  }

  #facade(real: object, make: () => object): object {
    const known = this.#facades.get(real);
    if (known !== undefined) return known;
    const facade = make();
    this.#facades.set(real, facade);
    this.#real.set(facade, real);
    return facade;
  }

  #take(value: unknown): unknown {
    return typeof value === "object" || typeof value === "function"
      ? (this.#real.get(value as object) ?? value)
      : value;
  }

  #function(real: object, name: string): object {
    return new Proxy(function facade() {}, {
      apply: (_, self, args: unknown[]) => this.#call(real, self, args, name),
      construct: (_, args: unknown[]) => {
        this.#counter.add(`new ${name}`, 1);
        const made: object = Reflect.construct(
          real as AnyFunction,
          args.map((value) => this.#take(value)),
        );
        return this.show(made, name) as object;
      },
      get: (target, key) => {
        if (key in Function.prototype || key === "prototype") return Reflect.get(target, key);
        return this.show(Reflect.get(real, key, real), `${name}.${String(key)}`);
      },
    });
  }

  #instance(real: object): object {
    const { constructor: made } = real as { constructor?: unknown };
    const maker = typeof made === "function" ? this.show(made, made.name) : Object;
    const prototype = (maker as { prototype: object }).prototype;
    return new Proxy(Object.create(prototype) as object, {
      get: (_, key) => {
        if (key === "constructor") return maker;
        return this.show(Reflect.get(real, key, real), String(key));
      },
      set: (_, key, value) => Reflect.set(real, key, this.#take(value), real),
      has: (_, key) => Reflect.has(real, key),
      deleteProperty: (_, key) => Reflect.deleteProperty(real, key),
      ownKeys: () => Reflect.ownKeys(real),
      getOwnPropertyDescriptor: (_, key) => {
        const own = Reflect.getOwnPropertyDescriptor(real, key);
        if (own === undefined) return own;
        const value = this.show(Reflect.get(real, key, real), String(key));
        return { value, writable: true, enumerable: own.enumerable === true, configurable: true };
      },
    });
  }

  #call(real: object, self: unknown, args: unknown[], name: string): unknown {
    this.#counter.add(name, 1);
    const taken = args.map((value) => this.#take(value));
    return this.show(Reflect.apply(real as AnyFunction, this.#take(self), taken), name);
  }
}

/** Whether an object is of a class of the subject's, or a record of functions that it made. */
function isOwn(value: unknown): value is object {
  if (typeof value !== "object" || value === null || value instanceof Error) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) {
    return Object.values(value).some((member) => typeof member === "function");
  }
  const { constructor: made } = value as { constructor?: unknown };
  return typeof made === "function" && !/\{\s*\[native code\]\s*\}\s*$/.test(sourceOf(made));
}

function sourceOf(code: object): string {
  return Reflect.apply(Function.prototype.toString, code, []);
}
