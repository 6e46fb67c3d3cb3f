import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PropertyRecord, SpecPlan } from "../model/outcome.ts";
import { Check } from "./check.ts";
import { runProperty } from "./run-property.ts";
import { close, equal, holds, throws, within } from "./violation.ts";

const plan: SpecPlan = { slug: "toy", subjects: [], exports: [], seed: 1 };
const meta = { rule: 1, points: 10 };

async function judge(
  declare: (check: Check) => void,
  over: Partial<SpecPlan> = {},
): Promise<PropertyRecord> {
  const check = new Check();
  declare(check);
  return runProperty({ name: "subject" }, check.runners[0]!, { ...plan, ...over });
}

describe("check.property", () => {
  test("holds for all, and counts its runs", async () => {
    const record = await judge((check) => check.property("p", meta, fc.nat(), () => undefined));
    expect(record).toMatchObject({ outcome: "held", runs: 100 });
    const fewer = await judge((check) => check.property("p", meta, fc.nat(), () => undefined), {
      runs: 7,
    });
    expect(fewer.runs).toBe(7);
  });

  test("shrinks a violation and replays it by seed and path", async () => {
    const declare = (check: Check): void =>
      check.property("p", meta, fc.nat(1_000), (n) => equal(n < 100, true, `n is ${n}`));
    const record = await judge(declare);
    expect(record).toMatchObject({
      outcome: "violated",
      failure: { what: "n is 100", input: "100", expected: "true", actual: "false" },
    });
    expect(record.cutShort).toBeUndefined();
    const replay = { seed: record.seed, path: record.path ?? "" };
    const again = await judge(declare, { replay });
    expect(again).toMatchObject({
      outcome: "violated",
      runs: 1,
      shrinks: 0,
      failure: record.failure,
    });
  });

  test("says that the clock ended the shrinking", async () => {
    const slow = (n: number): void => {
      for (const until = performance.now() + 300; performance.now() < until;);
      equal(n < 100, true, "n");
    };
    const record = await judge((check) => check.property("p", meta, fc.nat(2 ** 30), slow));
    expect(record).toMatchObject({ outcome: "violated", cutShort: true });
  });

  test("tries its examples first", async () => {
    const record = await judge((check) =>
      check.property("p", { ...meta, examples: [77] }, fc.constant(1), (n) => equal(n, 1, "n")),
    );
    expect(record).toMatchObject({ outcome: "violated", failure: { input: "77" } });
  });

  test("awaits an async predicate", async () => {
    const record = await judge((check) =>
      check.property("p", meta, fc.nat(), async (n) => {
        await Promise.resolve();
        equal(n, -1, "n");
      }),
    );
    expect(record).toMatchObject({ outcome: "violated", failure: { input: "0" } });
  });

  test("refuses a promise that nobody would await", async () => {
    const predicate = (): Promise<void> => Promise.reject(new Error("lost"));
    const record = await judge((check) => check.property("p", meta, fc.nat(), predicate));
    expect(record.failure?.actual).toContain("write p as an async function");
  });

  test("tells an exception of the subject from a violation", async () => {
    const record = await judge((check) =>
      check.property("p", meta, fc.nat(), () => {
        throw new TypeError("no");
      }),
    );
    expect(record).toMatchObject({
      outcome: "errored",
      failure: { actual: "threw TypeError: no" },
    });
  });

  test("is cut off between two runs, and names the size that took longest", async () => {
    const record = await judge((check) =>
      check.property(
        "p",
        { ...meta, limitMs: 200 },
        fc.constantFrom(
          ["a"],
          Array.from({ length: 40 }, () => "a"),
        ),
        (list) => {
          const start = process.hrtime.bigint();
          while (process.hrtime.bigint() - start < BigInt(list.length) * 2_000_000n);
        },
      ),
    );
    expect(record.outcome).toBe("too-slow");
    expect(record.failure?.what).toMatch(/took longest: \d+ ms, a list of 40$/);
  });
});

test("check.model tells the steps up to the first difference", async () => {
  const record = await judge((check) =>
    check.model(
      "p",
      meta,
      fc.record({ setup: fc.constant(2), steps: fc.array(fc.constantFrom("up", "down")) }),
      {
        subject: (limit) => {
          let level = 0;
          return (step) => (level = Math.min(limit, level + (step === "up" ? 1 : -1)));
        },
        model: () => {
          let level = 0;
          return (step) => (level += step === "up" ? 1 : -1);
        },
      },
    ),
  );
  expect(record.failure).toMatchObject({
    steps: ['"up" -> 1', '"up" -> 2', '"up"'],
    expected: "3",
    actual: "2",
  });
});

/** Hands out 1, 2, 3 and so on; when broken, 3 again and again. */
const tickets = (broken: boolean) => (): ((step: string) => number) => {
  let next = 0;
  return (step) => {
    if (step === "faulty") throw new TypeError("no");
    next += broken && next === 3 ? 0 : 1;
    return next;
  };
};
const onceEach = (): ((step: string, ticket: number) => void) => {
  const out = new Set<number>();
  return (_, ticket) => {
    holds(!out.has(ticket), "the ticket", "one that is free", String(ticket));
    out.add(ticket);
  };
};

test("check.referee judges answers by those before, and tells the story", async () => {
  const scripts = fc.record({ setup: fc.constant(0), steps: fc.array(fc.constant("draw")) });
  const play = (broken: boolean): Promise<PropertyRecord> =>
    judge((check) =>
      check.referee("p", meta, scripts, { subject: tickets(broken), referee: onceEach }),
    );
  expect(await play(false)).toMatchObject({ outcome: "held", runs: 100 });
  expect(await play(true)).toMatchObject({
    outcome: "violated",
    failure: {
      what: 'step 4: "draw": the ticket',
      steps: ['"draw" -> 1', '"draw" -> 2', '"draw" -> 3', '"draw"'],
      expected: "one that is free",
      actual: "3",
    },
  });
});

test("check.referee tells a step that threw", async () => {
  const scripts = fc.record({ setup: fc.constant(0), steps: fc.constant(["draw", "faulty"]) });
  const subject = tickets(false);
  const threw = await judge((check) =>
    check.referee("p", meta, scripts, { subject, referee: onceEach }),
  );
  expect(threw).toMatchObject({
    outcome: "errored",
    failure: { what: 'step 2: "faulty"', actual: "threw TypeError: no" },
  });
});

describe("tables", () => {
  test("check.vector stops at the first row that fails", async () => {
    const record = await judge((check) =>
      check.vector("p", meta, [1, 2, 3], (n) => equal(n < 2, true, "n")),
    );
    expect(record).toMatchObject({ outcome: "violated", runs: 2, failure: { input: "2" } });
  });

  test.each([
    [() => undefined, "violated", "returned undefined"],
    [
      () => {
        throw new TypeError("t");
      },
      "violated",
      "threw TypeError: t",
    ],
    [
      () => {
        throw new RangeError("r");
      },
      "held",
      undefined,
    ],
  ])("check.throws judges the error by its name (%#)", async (run, outcome, actual) => {
    const record = await judge((check) =>
      check.throws("p", meta, [{ call: "f()", error: "RangeError", run }]),
    );
    expect(record.outcome).toBe(outcome);
    expect(record.failure?.actual).toBe(actual);
  });

  test("check.throws sees a state that the failing call changed", async () => {
    let state = 0;
    const run = (): never => {
      state += 1;
      throw new RangeError("r");
    };
    const record = await judge((check) =>
      check.throws("p", meta, [{ call: "f()", error: "RangeError", run, unchanged: () => state }]),
    );
    expect(record).toMatchObject({ outcome: "violated", failure: { expected: "0", actual: "1" } });
  });
});

test("an id is used once", () => {
  const check = new Check();
  check.vector("p", meta, [1], () => undefined);
  expect(() => check.vector("p", meta, [1], () => undefined)).toThrow('"p" is used twice');
});

test("close and within", () => {
  expect(() => close(1, 1 + 1e-10, "x")).not.toThrow();
  expect(() => close(0, 1e-13, "x")).not.toThrow();
  expect(() => close(1, 1.001, "x")).toThrow();
  expect(() => close(Number.NaN, 1, "x")).toThrow();
  expect(() => close(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, "x")).not.toThrow();
  expect(() => within(2, 1, 2, "x")).not.toThrow();
  expect(() => within(Number.NaN, 1, 2, "x")).toThrow();
  expect(() => throws(() => 1, "Error", "x")).toThrow();
});
