/** What `lru-cache` is compared with: a naive cache, and scripts of calls for both. */
import fc from "fast-check";
import { literal, verbatim, type Player, type Script, type Verbatim } from "kata/harness";
import type * as Stub from "../../katas/caching/lru-cache/stub.ts";

type Cache = Stub.LruCache<unknown, unknown>;
type Options = Stub.LruOptions<unknown, unknown>;
export type Make = (options: Options) => Cache;

const OBJECTS = new Map<unknown, string>([1, 2].map((n) => [{}, `object${n}`]));
const written = (key: unknown): string =>
  OBJECTS.get(key) ?? (typeof key === "string" ? `'${key}'` : literal(key));
/** A key that came out of the cache. Which of 0 and -0 it is, is free. */
export const seen = (key: unknown): Verbatim => verbatim(written(key === 0 ? 0 : key));

export const LETTERS = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];
/** The keys of one script are neighbours here; keys that naive maps confuse stand close together. */
export const KEYS: readonly unknown[] = [
  "a",
  "b",
  "c",
  "d",
  "e",
  0,
  -0,
  "0",
  null,
  Number.NaN,
  "NaN",
  ...OBJECTS.keys(),
  "null",
  "",
  "[object Object]",
  "undefined",
  undefined,
  "__proto__",
  "constructor",
  1,
  "1",
  1n,
  true,
];
const VALUES = [1, 2, 3, undefined, null, 0, false, ""];

type Use = (cache: Cache, key: unknown, value: unknown) => unknown;
/** Each operation: as it is written, with k and v for its arguments, and what it does. */
const OPS = {
  // What set and clear return is free.
  set: [
    "set(k, v)",
    (cache, key, value): void => {
      cache.set(key, value);
    },
  ],
  get: ["get(k)", (cache, key) => cache.get(key)],
  miss: ["get('never set')", (cache) => cache.get("never set")],
  peek: ["peek(k)", (cache, key) => cache.peek(key)],
  has: ["has(k)", (cache, key) => cache.has(key)],
  delete: ["delete(k)", (cache, key) => cache.delete(key)],
  clear: [
    "clear()",
    (cache): void => {
      cache.clear();
    },
  ],
  size: ["size", (cache) => cache.size],
  keys: ["keys()", (cache) => cache.keys().map(seen)],
  popKeys: ["keys().pop()", (cache) => seen(cache.keys().pop())],
  growOptions: ["options.capacity = 9", () => undefined],
} as const satisfies Record<string, readonly [string, Use]>;
export type Op = keyof typeof OPS;

/** One call on a cache, which a story shows as its text. */
export interface Call extends Verbatim {
  readonly op: Op;
  readonly key: unknown;
  readonly run: (cache: Cache) => unknown;
}

export function call(op: Op, key?: unknown, value?: unknown): Call {
  const args: Record<string, string> = { k: written(key), v: literal(value) };
  const [pattern, use]: readonly [string, Use] = OPS[op];
  const text = pattern.replaceAll(/\b[kv]\b/g, (name) => args[name]!);
  return { ...verbatim(text), op, key, run: (cache) => use(cache, key, value) };
}
export interface Setup {
  readonly capacity: number;
  /** Given: the hook also looks whether the entry is still held, and then throws if true. */
  readonly onEvictThrows?: boolean;
}

/** Scripts over 2 or 3 times as many keys as the cache holds; each operation has a weight. */
export function scripts(
  weights: Partial<Record<Op, number>>,
  { max = 4, pool = fc.constant<readonly unknown[]>(LETTERS) } = {},
): fc.Arbitrary<Script<Setup, Call>> {
  const ops = (Object.keys(weights) as Op[]).flatMap((op) => Array<Op>(weights[op]!).fill(op));
  const plan = fc.record({
    op: fc.constantFrom(...ops),
    at: fc.nat({ max: 3 * max - 1 }),
    value: fc.constantFrom(...VALUES),
  });
  const capacity = fc.integer({ min: 1, max });
  const plans = fc.array(plan, { maxLength: 40, size: "max" });
  const spread = fc.constantFrom(2, 3);
  return fc.record({ capacity, spread, pool, first: fc.nat({ max: 99 }), plans }).map((script) => ({
    setup: { capacity: script.capacity },
    steps: script.plans.map(({ op, at, value }) => {
      const index = script.first + (at % (script.spread * script.capacity));
      return call(op, script.pool[index % script.pool.length], value);
    }),
  }));
}

/** The oracle: an array of entries, least recently used first. */
export function naive({ capacity, onEvict }: Options): Cache {
  let entries: [key: unknown, value: unknown][] = [];
  // Array.includes compares as a Map does: NaN equals NaN.
  const only = (key: unknown) => entries.filter(([held]) => [held].includes(key));
  const without = (key: unknown) => entries.filter(([held]) => ![held].includes(key));
  const use = (key: unknown) => (entries = [...without(key), ...only(key)]);
  return {
    get size() {
      return entries.length;
    },
    get: (key) => use(key).find(([held]) => [held].includes(key))?.[1],
    peek: (key) => only(key)[0]?.[1],
    has: (key) => only(key).length > 0,
    set: (key, value) => {
      const [first, ...rest] = (entries = [...without(key), [key, value]]);
      if (entries.length <= capacity) return;
      entries = rest;
      onEvict?.(...first!);
    },
    delete: (key) => entries.length > (entries = without(key)).length,
    clear: () => (entries = []),
    keys: () => entries.map(([key]) => key),
  };
}

/** What can be seen of one call. */
export interface Observed {
  readonly returned: unknown;
  readonly evicted: readonly unknown[];
  readonly size: number;
  readonly keys: readonly unknown[];
}

/** Plays calls on a cache: how each ends, what it evicts, and what is held then. */
export function observe(make: Make, { capacity, onEvictThrows }: Setup): (step: Call) => Observed {
  let evicted: unknown[] = [];
  const error = new Error("thrown by onEvict");
  const options = {
    capacity,
    onEvict: (key: unknown, value: unknown): void => {
      const entry = [seen(key), value];
      evicted.push(onEvictThrows === undefined ? entry : { entry, stillHeld: cache.has(key) });
      if (onEvictThrows) throw error;
    },
  };
  const cache = make(options);
  return (step: Call) => {
    if (step.op === "growOptions") options.capacity = 9;
    evicted = [];
    let returned: unknown;
    try {
      returned = step.run(cache);
    } catch (thrown) {
      if (thrown !== error) throw thrown;
      returned = verbatim("(threw what onEvict threw)");
    }
    return { returned, evicted, size: cache.size, keys: cache.keys().map(seen) };
  };
}

interface BusySetup extends Setup {
  /** What the hook does to the cache in its first call, in its second, and so on. */
  readonly hook: readonly string[];
}

/** Sets new keys while the hook acts on the cache: each key is then held, or gone, once. */
export function withBusyHook(make: Make, { capacity, hook }: BusySetup): Player<Call> {
  const all: unknown[] = [];
  const gone: unknown[] = [];
  let sizes: number[] = [];
  let calls = 0;
  const set = (key: string): void => {
    all.push(key);
    cache.set(key, key);
  };
  const onEvict = (key: unknown): void => {
    gone.push(key);
    calls += 1;
    const [size, action, held] = [cache.size, hook[calls - 1], cache.keys()];
    if (action === "set") set(`hook${calls}`);
    if (action === "get the oldest") cache.get(held[0]);
    if (action === "delete the oldest" && cache.delete(held[0])) gone.push(held[0]);
    if (action === "clear") gone.push(...held);
    if (action === "clear") cache.clear();
    sizes.push(size, cache.size);
  };
  const cache = make({ capacity, onEvict });
  return ({ key }) => {
    sizes = [];
    set(String(key));
    const found = [...cache.keys(), ...gone];
    return {
      sizesOverCapacity: [...sizes, cache.size].filter((size) => size > capacity),
      neitherHeldNorReported: all.filter((one) => !found.includes(one)),
      reportedTwiceOrStillHeld: all.filter((one) => found.indexOf(one) !== found.lastIndexOf(one)),
    };
  };
}
