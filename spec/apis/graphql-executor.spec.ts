/** Judges `graphql-executor`. Rules are those of katas/apis/graphql-executor/README.md. */
import fc from "fast-check";
import { defineSpec, equal, holds, literal } from "kata/harness";
import { play } from "kata/harness/async";
import type * as Stub from "../../katas/apis/graphql-executor/stub.ts";
import { type Played, Server, interpret } from "./graphql-executor.model.ts";
import { type Case, cases, levels, lists, print, raced } from "./graphql-executor.stories.ts";
import { BROKEN, EXAMPLES, ROOTLESS } from "./graphql-executor.witnesses.ts";

defineSpec<typeof Stub>("graphql-executor", ({ execute }, check) => {
  /** Runs a case in virtual time, until nothing more can happen. */
  const run = async (given: Case): Promise<Played> => {
    let server: Server | undefined;
    const calls = await play(({ scheduler, calls: started }) => {
      server = new Server(given, scheduler);
      const { schema, root, context } = server;
      void started.start("execute()", () => execute(schema, given.operation, root, context));
    });
    const [call] = calls.all;
    const what = "what becomes of execute()";
    holds(call?.state === "returned", what, "it resolves", `it rejects: ${String(call?.error)}`);
    const result = call?.value as Stub.ExecutionResult;
    holds(typeof result === "object" && result !== null, what, "a result", literal(result));
    equal(server?.changed() ?? "", "", "what was changed of operation, args and values");
    return { result, calls: server?.calls ?? [], overlaps: server?.overlaps ?? [] };
  };

  const judgeData = (given: Case, { result }: Played): void =>
    equal(result.data, interpret(given).data, "data");

  /** Every null has a cause that is reported, and nothing is reported that did not fail. */
  const judgeErrors = (given: Case, { result }: Played): void => {
    const { failures, nulled } = interpret(given);
    if (failures.size === 0) {
      return equal("errors" in result, false, "errors of a result without failures, as a property");
    }
    const { errors = [] } = result;
    const paths = errors.map(({ path }) => JSON.stringify(path));
    equal(
      new Set(paths).size,
      paths.length,
      `different paths of ${errors.length} errors: ${paths.join(" ")}`,
    );
    for (const [i, { message }] of errors.entries()) {
      const path = paths[i]!;
      holds(
        failures.has(path),
        "path of an error",
        `one of ${[...failures.keys()].join(" ")}`,
        path,
      );
      const wanted = failures.get(path);
      const kept =
        wanted === undefined ? typeof message === "string" && message !== "" : message === wanted;
      holds(kept, `message at ${path}`, wanted ?? "text", literal(message));
    }
    for (const { path, causes } of nulled) {
      const wanted = causes.map((cause) => JSON.stringify(cause));
      const reported = wanted.some((cause) => paths.includes(cause));
      const told = `one at ${wanted.join(" or ")}`;
      holds(reported, `an error for the null at ${JSON.stringify(path)}`, told, paths.join(" "));
    }
  };

  const judgeCalls = (given: Case, { calls }: Played): void => {
    const expected = interpret(given);
    // In a part that is null already, it is free what still starts.
    if (!expected.hasMoved) equal(calls.toSorted(), expected.calls, "the calls of resolvers");
  };

  check.property(
    "model-equivalence",
    { rule: [1, 2, 4, 5, 6, 7, 9, 11], points: 25, runs: 240 },
    fc.oneof(
      { withCrossShrink: true },
      cases(true, ["query", "query", "mutation"]),
      // Without faults, all calls and their instants are known.
      cases(false, ["query", "query", "mutation"], 3),
    ),
    async (given) => {
      const played = await run(given);
      judgeData(given, played);
      judgeCalls(given, played);
    },
  );

  check.property(
    "null-bubbling",
    { rule: [6, 7, 8], points: 20, runs: 150 },
    levels,
    async (given) => {
      const played = await run(given);
      judgeData(given, played);
      judgeErrors(given, played);
    },
  );

  check.property(
    "error-paths",
    { rule: [5, 7, 8, 11], points: 15, runs: 180, examples: [ROOTLESS] },
    fc.oneof({ withCrossShrink: true }, lists, cases(true, ["query"]), cases(true, ["mutation"])),
    async (given) => {
      const played = await run(given);
      // Once data is null, it is free whether the fields that are left run, and fail.
      const isOver = given.operation.kind === "mutation" && interpret(given).data === null;
      if (!isOver) judgeErrors(given, played);
    },
  );

  check.property(
    "merge-once",
    { rule: [1, 4, 5], points: 15, runs: 100, examples: EXAMPLES },
    // Few fields to choose from: much is selected twice.
    cases(false, ["query"], 2),
    async (given) => {
      const played = await run(given);
      judgeCalls(given, played);
      const { data } = interpret(given);
      equal(
        JSON.stringify(played.result.data),
        JSON.stringify(data),
        "data, with its order of keys",
      );
    },
  );

  check.property(
    "mutation-serial",
    { rule: [9, 10], points: 15, runs: 150 },
    fc.oneof({ withCrossShrink: true }, raced, cases(true, ["mutation", "mutation", "query"])),
    async (given) => {
      const played = await run(given);
      judgeCalls(given, played);
      if (given.operation.kind === "mutation") {
        equal(played.overlaps, [], "fields of the root that start while something is unsettled");
      }
    },
  );

  check.vector("validate-before-run", { rule: [1, 2, 3], points: 10 }, BROKEN, async (broken) => {
    const { result, calls } = await run(broken);
    const what = `for ${print(broken.operation.selections)}`;
    equal(calls, [], `calls of resolvers ${what}`);
    equal("data" in result, false, `data ${what}, as a property`);
    const [error] = result.errors ?? [];
    const told = typeof error?.message === "string" && error.message !== "";
    holds(told, `errors ${what}`, "one at least, with a message", literal(result.errors));
  });
});
