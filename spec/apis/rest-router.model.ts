/** A router that keeps a list and scores every route, and what `rest-router` is asked. */
import fc from "fast-check";
import { type Call, call, keys, literal } from "kata/harness";
import type { Match, Method } from "../../katas/apis/rest-router/stub.ts";

export const METHODS = "DELETE GET HEAD OPTIONS PATCH POST PUT".split(" ") as Method[];

/** Decodes byte by byte. Undefined: the path is malformed. */
function segmentsOf(path: string): string[] | undefined {
  if (!/^\/[^?#]*$/s.test(path)) return undefined;
  const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  try {
    return path
      .split("/")
      .slice(1)
      .map((segment) => {
        const parts = segment.match(/%[0-9a-f]{2}|[^%]|%/giu) ?? [];
        const bytes = parts.flatMap((part) => {
          if (part === "%") throw new TypeError("no two hex digits");
          return /^%./s.test(part)
            ? [Number.parseInt(part.slice(1), 16)]
            : [...new TextEncoder().encode(part)];
        });
        return utf8.decode(Uint8Array.from(bytes));
      });
  } catch {
    return undefined;
  }
}

/** The score has a letter a segment, "a" for static, "b" for a parameter, "c" for a wildcard. */
type Candidate = Record<"score" | "told", string>;

/** Answers in words, so that stories can be read. */
export class NaiveRouter {
  readonly #routes: { method: Method; pattern: string; handler: unknown }[] = [];

  add(method: Method, pattern: string, handler: unknown): string {
    const taken = this.#routes.some(
      (route) => route.method === method && shapeOf(route.pattern) === shapeOf(pattern),
    );
    if (taken) return "throws RouteConflictError";
    this.#routes.push({ method, pattern, handler });
    return "added";
  }

  match(method: Method, path: string): string {
    const segments = segmentsOf(path);
    if (segments === undefined) return "400";
    const found = this.#best(method, segments);
    if (found !== undefined) return found;
    const allow = METHODS.filter((other) => this.#best(other, segments) !== undefined);
    return allow.length === 0 ? "404" : `405, allow ${allow.join(", ")}`;
  }

  #best(method: Method, segments: string[]): string | undefined {
    const [best] = this.#routes
      .filter((route) => route.method === method)
      .flatMap(({ pattern, handler }) => candidate(pattern, handler, segments))
      .toSorted((a, b) => (a.score < b.score ? -1 : 1));
    if (best === undefined && method === "HEAD") return this.#best("GET", segments);
    return best?.told;
  }
}

export function shapeOf(pattern: string): string {
  return pattern.replaceAll(/\/([:*])[^/]*/g, "/$1");
}

function candidate(pattern: string, handler: unknown, segments: string[]): Candidate[] {
  const params: [string, string][] = [];
  const wanted = pattern.split("/").slice(1);
  let score = "";
  for (const [i, want] of wanted.entries()) {
    const segment = segments[i];
    if (segment === undefined) return [];
    const named = want.startsWith(":") || want.startsWith("*");
    if (named ? segment === "" : segment !== want) return [];
    score += want.startsWith(":") ? "b" : named ? "c" : "a";
    if (want.startsWith("*")) {
      params.push([want.slice(1), segments.slice(i).join("/")]);
      return [{ score, told: found(handler, params) }];
    }
    if (named) params.push([want.slice(1), segment]);
  }
  return wanted.length === segments.length ? [{ score, told: found(handler, params) }] : [];
}

function found(handler: unknown, params: readonly (readonly [string, unknown])[]): string {
  const told = params.toSorted(([a], [b]) => (a < b ? -1 : 1));
  const list = told.map(([name, value]) => ` ${name} = ${literal(value)}`).join(",");
  return `found ${literal(handler)}${list === "" ? "" : ` with${list}`}`;
}

/** An answer of the subject in the same words; one that is no answer, as it is. */
export function tell(answer: Match<unknown>): string {
  if (answer.kind === "found" && typeof answer.params === "object") {
    const { params } = answer;
    return found(
      answer.handler,
      Object.keys(params).map((name) => [name, params[name]]),
    );
  }
  if (answer.kind === "not-found") return "404";
  if (answer.kind === "bad-request") return "400";
  if (answer.kind !== "method-not-allowed" || !Array.isArray(answer.allow)) return literal(answer);
  return `405, allow ${answer.allow.join(", ")}`;
}

/** What a caller does who thinks that the answer is theirs. */
export function overwrite(answer: Match<unknown>): void {
  if (answer.kind === "method-not-allowed") answer.allow.fill("OPTIONS").push("PUT");
  if (answer.kind !== "found") return;
  for (const name of Object.keys(answer.params)) answer.params[name] = "overwritten";
  answer.params["intruder"] = "overwritten";
}

export type Step = Call<"add" | "match">;

const some = <T>(first: T, ...others: T[]): fc.Arbitrary<T> => fc.constantFrom(first, ...others);
const words = some("a", "b", "A", "", "a:b", "b*");
const fewMethods = some<Method>("GET", "POST", "HEAD");

/** Patterns of few words, so that many match one path; they shrink towards `/a`. */
export const patterns: fc.Arbitrary<string> = fc
  .record({
    segments: fc.array(some("a", ":", "b", ":", "", "A", "a:b", "b*"), {
      minLength: 1,
      maxLength: 4,
    }),
    end: some("", "", "", "*"),
    names: some(["x", "y", "z", "v", "w"], ["v", "x", "w", "_1", "Y"]),
  })
  .map(({ segments, end, names }) =>
    (end === "" ? segments : [...segments.slice(1), end])
      .map((segment, i) => (/^[:*]$/.test(segment) ? `/${segment}${names[i]}` : `/${segment}`))
      .join(""),
  );

export const paths: fc.Arbitrary<string> = fc
  .array(fc.oneof(words, some("%61", "a%2fb", "%2A", "%")), { minLength: 1, maxLength: 5 })
  .map((segments) => `/${segments.join("/")}`);

export interface Setup {
  /** What is registered: the text of its pattern, or nothing at all. */
  readonly handlers: "are texts" | "are undefined";
  /** A caller who overwrites every answer asks once more, and that answer counts. */
  readonly caller: "keeps answers" | "overwrites answers, asks again";
}

/** Routes, then requests, with a few routes in between. */
export const scripts = fc.record({
  setup: fc.record({
    handlers: some<Setup["handlers"]>("are texts", "are texts", "are texts", "are undefined"),
    caller: some<Setup["caller"]>("keeps answers", "overwrites answers, asks again"),
  }),
  steps: fc
    .tuple(
      fc.array(fc.tuple(fewMethods, patterns), { maxLength: 25, size: "max" }),
      fc.array(
        fc.oneof(
          { withCrossShrink: true },
          {
            arbitrary: fc.tuple(fewMethods, paths).map((asked) => call("match", ...asked)),
            weight: 8,
          },
          { arbitrary: fc.tuple(fewMethods, patterns).map(add), weight: 2 },
        ),
        { minLength: 1, maxLength: 12, size: "max" },
      ),
    )
    // All is asked twice: routes may have come between.
    .map(([routes, rest]): Step[] => [
      ...routes.map(add),
      ...rest,
      ...rest.filter(({ method }) => method === "match"),
    ]),
});

function add([method, pattern]: [Method, string]): Step {
  return call("add", method, pattern);
}

/** Text that can be sent: without unpaired surrogates. */
export const text = keys().filter((key) => !/\p{Surrogate}/u.test(key));
export const staticText = text.map((key) => key.replaceAll("/", "-").replace(/^[:*]/, "="));
const bytes = (part: string): string =>
  Array.from(
    new TextEncoder().encode(part),
    (byte) => `%${byte.toString(16).padStart(2, "0")}`,
  ).join("");
/** Ways to write text into a path. */
export const writers = {
  "as encodeURIComponent does": encodeURIComponent,
  "as little as can be": (part: string): string => part.replaceAll(/[%/?#]/g, bytes),
  "every byte": bytes,
  "every byte, upper case": (part: string): string => bytes(part).toUpperCase(),
};
/** What makes a path malformed, and what only looks so. */
export const BAD = [
  "%",
  "%4",
  "%zz",
  "%g1",
  "%C3",
  "%C3%28",
  "%C0%AF",
  "%ED%A0%80",
  "%FF",
  "%E2%82",
];
export const ODD = [
  "?",
  "#",
  "?a=1",
  "%3F",
  "%23",
  "%2f",
  "%00",
  "%C3%A9",
  "%EF%BB%BF",
  "é",
  "+",
  "//",
];
export const NAMES = [
  "__proto__",
  "constructor",
  "hasOwnProperty",
  "toString",
  "kind",
  "length",
  "_",
];

/** Patterns that agree with one path of `depth` times "a" for a while; at most one of each shape. */
export const overlapping = fc
  .record({
    depth: fc.integer({ min: 2, max: 6 }),
    // Of each pattern, what it says at a level: the text that is asked, another, a parameter, the rest.
    levels: fc.array(
      fc.array(
        fc.oneof(
          { arbitrary: some("a", ":"), weight: 8 },
          { arbitrary: some("*", "b", "*"), weight: 3 },
        ),
        { minLength: 6, maxLength: 6 },
      ),
      { minLength: 1, maxLength: 12 },
    ),
  })
  .map(({ depth, levels }) => {
    const all = levels.map((each) => {
      const kept = each.slice(0, depth);
      const until = kept.indexOf("*");
      const ended = until < 0 ? kept : kept.slice(0, until + 1);
      return ended.map((level, i) => `/${level}${/[:*]/.test(level) ? `p${i}` : ""}`).join("");
    });
    return { depth, patterns: [...new Set(all)] };
  });

/** Text that a router might take for the same. */
export function nearTo(fixed: string): string[] {
  const plain = [fixed.trim(), fixed.replaceAll("+", " "), `\uFEFF${fixed}`];
  const forms = [fixed.normalize("NFC"), fixed.normalize("NFD")];
  const cases = [fixed.toUpperCase(), fixed.toLowerCase()];
  return [...plain, ...forms, ...cases].filter((near) => near !== fixed);
}

/** Patterns that nearly all match the same paths. */
const dense = fc
  .tuple(fc.array(some("/a", "/:"), { minLength: 1, maxLength: 3 }), some("", "/*"))
  .map(([segments, end]) =>
    [...segments, end].map((each, i) => (/[:*]/.test(each) ? `${each}x${i}` : each)).join(""),
  );

/** Routes of different shapes, the same in another order, and paths to compare the two at. */
export const reordered = fc
  .uniqueArray(fc.tuple(some<Method>("GET", "GET", "HEAD"), fc.oneof(patterns, dense)), {
    minLength: 1,
    maxLength: 8,
    size: "max",
    selector: ([method, pattern]) => `${method} ${shapeOf(pattern)}`,
  })
  .chain((routes) =>
    fc.record({
      routes: fc.constant(routes),
      again: fc.shuffledSubarray(routes, { minLength: routes.length }),
      asked: fc.array(fc.oneof(paths, some("/a", "/a/a", "/a/a/a")), {
        minLength: 1,
        maxLength: 6,
      }),
    }),
  );

/** What is no pattern. */
const REFUSED_TEXT =
  " a a/b /: /* /a/: /:1a /:a-b /:é /:a:b /*a.b /:a\n /**a /*a/b /*a/ /*a/*b /:a/:a /:a/x/*a";
export const REFUSED: readonly string[] = REFUSED_TEXT.split(" ");
