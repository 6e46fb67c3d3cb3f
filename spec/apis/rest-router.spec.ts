/** Judges `rest-router`. Rules are those of katas/apis/rest-router/README.md. */
import fc from "fast-check";
import { call, defineSpec, equal, throws } from "kata/harness";
import type * as Stub from "../../katas/apis/rest-router/stub.ts";
import {
  BAD,
  METHODS,
  NAMES,
  ODD,
  NaiveRouter,
  REFUSED,
  type Step,
  nearTo,
  overlapping,
  overwrite,
  reordered,
  scripts,
  staticText,
  tell,
  text,
  writers,
} from "./rest-router.model.ts";

type Route = readonly [method: Stub.Method, pattern: string];

defineSpec<typeof Stub>("rest-router", ({ Router }, check) => {
  /** A route is registered under its own text, which is what comes back. */
  const routerOf = (routes: readonly Route[]): Stub.Router<string> => {
    const router = new Router<string>();
    for (const [method, pattern] of routes) router.add(method, pattern, `${method} ${pattern}`);
    return router;
  };
  const modelOf = (routes: readonly Route[]): NaiveRouter => {
    const model = new NaiveRouter();
    for (const [method, pattern] of routes) model.add(method, pattern, `${method} ${pattern}`);
    return model;
  };
  const ask = (router: Stub.Router<string>, model: NaiveRouter, path: string, all = METHODS) => {
    for (const method of all) {
      const what = `match("${method}", ${JSON.stringify(path)})`;
      equal(tell(router.match(method, path)), model.match(method, path), what);
    }
  };

  check.model(
    "match-model",
    {
      rule: [1, 2, 3, 4, 5, 6, 7, 9, 11, 12],
      points: 25,
      runs: 300,
      examples: [
        {
          setup: { handlers: "are texts", caller: "keeps answers" },
          steps: [
            ...["/users", "/users/:id", "/users/me"].map((each) => call("add", "GET", each)),
            call("add", "POST", "/users"),
            call("match", "GET", "/users/me"),
            call("match", "GET", "/users/a%2Fb"),
            call("match", "DELETE", "/users"),
            call("match", "GET", "/users/%zz"),
            call("match", "GET", "/users/"),
          ] as Step[],
        },
      ],
    },
    scripts,
    {
      subject: ({ handlers, caller }) => {
        const router = new Router<string | undefined>();
        return ({ method: name, args }) => {
          const [method, target] = args as unknown as Route;
          if (name === "match") {
            const answer = router.match(method, target);
            if (caller === "keeps answers") return tell(answer);
            overwrite(answer);
            return tell(router.match(method, target));
          }
          try {
            router.add(method, target, handlers === "are texts" ? target : undefined);
            return "added";
          } catch (error) {
            return `throws ${(error as Error).name}`;
          }
        };
      },
      model: ({ handlers }) => {
        const model = new NaiveRouter();
        return ({ method: name, args }) => {
          const [method, target] = args as unknown as Route;
          if (name === "match") return model.match(method, target);
          return model.add(method, target, handlers === "are texts" ? target : undefined);
        };
      },
    },
  );

  check.property(
    "backtracking",
    { rule: [4, 6], points: 15, runs: 300 },
    overlapping,
    ({ depth, patterns: given }) => {
      const routes = given.map((pattern): Route => ["GET", pattern]);
      const path = "/a".repeat(depth);
      const expected = modelOf(routes).match("GET", path);
      const actual = tell(routerOf(routes).match("GET", path));
      equal(actual, expected, `match("GET", "${path}") with GET ${given.join(", GET ")}`);
    },
  );

  check.property(
    "decode-after-split",
    { rule: [2, 3, 4], points: 15, runs: 200 },
    fc.record({
      fixed: staticText,
      id: text,
      rest: fc.tuple(text, fc.array(fc.oneof(text, fc.constant("")), { maxLength: 2 })),
      written: fc.constantFrom(...(Object.keys(writers) as (keyof typeof writers)[])),
    }),
    ({ fixed, id, rest: [first, others], written }) => {
      const pattern = `/${fixed}/:id/*rest`;
      const router = routerOf([["GET", pattern]]);
      const pathOf = (parts: string[]): string => `/${parts.map(writers[written]).join("/")}`;
      const path = pathOf([fixed, id, first, ...others]);
      const answer = router.match("GET", path);
      const params = answer.kind === "found" ? { ...answer.params } : tell(answer);
      const what = `params of match("GET", ${JSON.stringify(path)}) with GET ${JSON.stringify(pattern)}`;
      equal(params, { id, rest: [first, ...others].join("/") }, what);
      for (const near of nearTo(fixed)) {
        ask(router, new NaiveRouter(), pathOf([near, id, first]), ["GET"]);
      }
    },
  );

  check.property(
    "status-truth",
    { rule: [6, 9, 10], points: 15, runs: 200 },
    fc.record({
      routes: fc.uniqueArray(
        fc.tuple(
          fc.constantFrom(...METHODS),
          fc.constantFrom("/a", "/:x", "/*y", "/b", "/a/:x", "/"),
        ),
        { maxLength: 12, selector: ([method, pattern]) => `${method} ${pattern}` },
      ),
      path: fc.constantFrom("/a", "/b", "/c", "/", "/a/b", "/a/"),
    }),
    ({ routes, path }) => ask(routerOf(routes), modelOf(routes), path),
  );

  check.property(
    "bad-path-is-400",
    { rule: [2, 8, 11], points: 10, runs: 200 },
    fc.record({
      routes: fc.subarray<Route>([
        ["GET", "/a"],
        ["GET", "/:x"],
        ["POST", "/a/*y"],
        ["HEAD", "/*y"],
        ["PUT", "/a?"],
        ["PUT", "/%"],
        ["GET", "/*y"],
      ]),
      before: fc.constantFrom("/", "/a", "/a/", "/a/b/", "", "a/", "%2F", "?/"),
      inserted: fc.constantFrom("", ...BAD, ...ODD),
      after: fc.constantFrom("", "1", "/a", "a"),
    }),
    ({ routes, before, inserted, after }) =>
      ask(routerOf(routes), modelOf(routes), before + inserted + after, ["GET", "HEAD", "PUT"]),
  );

  check.property(
    "order-independence",
    { rule: [7, 12], points: 10, runs: 150 },
    reordered,
    ({ routes, again, asked }) => {
      const one = routerOf(routes);
      const other = routerOf(again);
      for (const [method, pattern] of again) {
        const respelled = pattern.replaceAll(/(?<=\/[:*])\w+/g, (name) => `${name}2`);
        const what = `add("${method}", "${respelled}") after add("${method}", "${pattern}")`;
        throws(() => other.add(method, respelled, "refused"), "RouteConflictError", what);
      }
      for (const path of asked) {
        for (const method of METHODS) {
          const what = `match("${method}", "${path}") when the routes are added in another order`;
          equal(tell(other.match(method, path)), tell(one.match(method, path)), what);
        }
      }
    },
  );

  check.property(
    "hostile-names",
    { rule: [1, 2, 11], points: 5 },
    fc.record({
      names: fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 2, maxLength: 2 }),
      fixed: fc.constantFrom(...NAMES),
      asked: fc.constantFrom(...NAMES),
    }),
    ({ names: [one, two], fixed, asked }) => {
      const routes: Route[] = [
        ["GET", `/${fixed}`],
        ["POST", `/${asked}/:${one}/*${two}`],
      ];
      const [router, model] = [routerOf(routes), modelOf(routes)];
      for (const path of [`/${asked}`, `/${asked}/${fixed}`, `/${asked}/1/2`]) {
        ask(router, model, path, ["GET", "POST"]);
      }
    },
  );

  check.throws(
    "bad-patterns",
    { rule: 1, points: 5 },
    REFUSED.map((pattern) => {
      let router: Stub.Router<string> | undefined;
      const opened = (): Stub.Router<string> => (router ??= routerOf([["GET", "/:x"]]));
      return {
        call: `add("GET", ${JSON.stringify(pattern)}, handler)`,
        error: "TypeError",
        run: () => opened().add("GET", pattern, "refused"),
        unchanged: () =>
          ["/", "/a", "/a/b", "/a/", "/:", `/${encodeURIComponent(pattern)}`].map((path) =>
            tell(opened().match("GET", path)),
          ),
      };
    }),
  );
});
