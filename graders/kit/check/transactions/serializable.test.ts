import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asLists, type ListAccess, type Transaction, type VersionAccess } from "./history.ts";
import { serializable } from "./serializable.ts";

/** Elle's shorthand: `ax1` appends 1 to x, `rx12` reads [1, 2] from x, `rx` reads nothing. */
function parse(text: string): ListAccess[] {
  return [...text.matchAll(/([ar])([a-z])(\d*)/g)].map(([, f, key, digits]): ListAccess => {
    const elements = Array.from(digits!, Number);
    return f === "a"
      ? { f: "append", key: key!, element: elements[0]! }
      : { f: "read", key: key!, list: elements };
  });
}

/** Transactions one after the other in real time; "!" marks an aborted one, "?" an unknown one. */
function txns(...texts: string[]): Transaction[] {
  return texts.map((text, id) => ({
    id: id + 1,
    process: `p${id}`,
    accesses: parse(text),
    call: 2 * id,
    ret: text.endsWith("?") ? Infinity : 2 * id + 1,
    status: text.endsWith("!") ? "fail" : text.endsWith("?") ? "info" : "ok",
  }));
}

const anomalyOf = (history: Transaction[], strict = false): string => {
  const result = serializable(history, { strict });
  return result.verdict === "ok" ? "ok" : result.anomaly;
};

/** The cases of Elle's own tests (Kingsbury and Alvaro, jepsen-io/elle, list_append_test.clj). */
test.each([
  ["G0", ["ax1ay1", "ax2ay2", "rx12ry21"]],
  ["aborted read (G1a)", ["ax1!", "rx1"]],
  ["intermediate read (G1b)", ["ax1ax2", "rx1"]],
  ["G1c", ["ax1ry1", "ax2ay1", "rx12ry1"]],
  ["G-single", ["ax1ay1", "ax2ry", "rx12"]],
  ["G2", ["ax1ry", "ay1rx"]],
  ["internal", ["rx12ax3rx12"]],
  ["internal", ["ax3rx"]],
  ["internal", ["rx012ax1"]],
  ["internal", ["ax1rx01ax0ax3"]],
  ["ok", ["ax5ax6ax1ax2", "rx5612ax3rx56123ax4rx561234"]],
  ["ok", ["ax1rx1ax2"]],
])("Elle: %s", (anomaly, texts) => {
  expect(anomalyOf(txns(...texts))).toBe(anomaly);
});

/** Kingsbury and Alvaro, "Elle", 2020, section 7.1: read skew in TiDB. */
test("TiDB: G-single", () => {
  const history: Transaction[] = [
    {
      ...txns("")[0]!,
      accesses: [
        { f: "read", key: "34", list: [2, 1] },
        { f: "append", key: "36", element: 5 },
        { f: "append", key: "34", element: 4 },
      ],
    },
    { ...txns("", "")[1]!, accesses: [{ f: "append", key: "34", element: 5 }] },
    { ...txns("", "", "")[2]!, accesses: [{ f: "read", key: "34", list: [2, 1, 5, 4] }] },
    {
      ...txns("", "", "", "")[3]!,
      accesses: [
        { f: "append", key: "34", element: 2 },
        { f: "append", key: "34", element: 1 },
      ],
    },
  ];
  expect(serializable(history)).toMatchObject({
    anomaly: "G-single",
    transactions: [1, 2],
    story: [
      'T1 < T2: T2 appended 5 to "34", which was not read yet',
      'T2 < T1: T1 appended 4 to "34" after 5',
    ],
  });
});

/** Berenson and others, "A critique of ANSI SQL isolation levels", 1995, on versions. */
describe("Berenson and others 1995", () => {
  const versions = (...accesses: VersionAccess[][]): Transaction[] =>
    asLists(
      accesses.map((own, id) => ({
        id,
        process: `p${id}`,
        accesses: own,
        call: 2 * id,
        ret: 2 * id + 1,
        status: "ok" as const,
      })),
    );
  const r = (key: string, version: number): VersionAccess => ({ f: "read", key, version });
  const w = (key: string, version: number): VersionAccess => ({ f: "write", key, version });

  test("P4, lost update: both read x0, both write", () => {
    expect(anomalyOf(versions([r("x", 0), w("x", 1)], [r("x", 0), w("x", 2)], [r("x", 2)]))).toBe(
      "G-single",
    );
  });
  test("A5A, read skew", () => {
    expect(anomalyOf(versions([r("x", 0), r("y", 1)], [w("x", 1), w("y", 1)]))).toBe("G-single");
  });
  test("A5B, write skew", () => {
    const both = [r("x", 0), r("y", 0)];
    expect(anomalyOf(versions([...both, w("x", 1)], [...both, w("y", 1)]))).toBe("G2");
  });
  test("a version that nobody wrote", () => {
    expect(anomalyOf(versions([r("x", 3)]))).toBe("thin-air read");
  });
  test("a serial history", () => {
    expect(anomalyOf(versions([r("x", 0), w("x", 1)], [r("x", 1), w("x", 2)], [r("x", 2)]))).toBe(
      "ok",
    );
  });
});

test("a stale read is serializable, and not strictly so", () => {
  const history = txns("ax1", "rx", "rx1");
  expect(anomalyOf(history)).toBe("ok");
  expect(anomalyOf(history, true)).toBe("G-single-realtime");
});

test("what an unknown transaction did counts once any of it was seen", () => {
  expect(anomalyOf(txns("ax1ay1?", "ry"))).toBe("ok");
  expect(anomalyOf(txns("ax1ay1?", "rx1ry"))).toBe("G-single");
});

test("an element appended twice is refused", () => {
  expect(() => serializable(txns("ax1", "ax1"))).toThrow('1 is appended twice to "x"');
});

/** Runs the transactions in every order, unknown ones or not, and looks what they would have seen. */
function bruteForce(history: readonly Transaction[], strict: boolean): boolean {
  const go = (left: Transaction[], lists: Record<string, (string | number)[]>): boolean =>
    left.every(({ status }) => status === "info") ||
    left.some((next) => {
      const others = left.filter((one) => one !== next);
      if (strict && others.some((one) => one.status === "ok" && one.ret < next.call)) return false;
      const after = structuredClone(lists);
      const isRight = next.accesses.every((access) => {
        const list = (after[access.key] ??= []);
        if (access.f === "append") return list.push(access.element) > 0;
        return next.status === "info" || JSON.stringify(list) === JSON.stringify(access.list);
      });
      return isRight && go(others, after);
    });
  return go(
    history.filter(({ status }) => status !== "fail"),
    {},
  );
}

/** A run of a sloppy store: reads may miss the last elements, and transactions run in pieces. */
const histories = fc
  .record({
    shapes: fc.array(
      fc.record({
        accesses: fc.array(
          fc.record({ f: fc.constantFrom("append", "read"), key: fc.constantFrom("x", "y") }),
          { minLength: 1, maxLength: 3 },
        ),
        status: fc.constantFrom("ok", "ok", "ok", "ok", "info", "fail"),
      }),
      { minLength: 2, maxLength: 5 },
    ),
    turns: fc.array(fc.nat(4), { minLength: 12, maxLength: 12 }),
    stale: fc.array(fc.integer({ min: -8, max: 1 }), { minLength: 16, maxLength: 16 }),
  })
  .map(({ shapes, turns, stale }): Transaction[] => {
    const lists: Record<string, number[]> = { x: [], y: [] };
    const done: ListAccess[][] = shapes.map(() => []);
    const [call, ret] = [shapes.map(() => Infinity), shapes.map(() => 0)];
    let element = 0;
    const play = (id: number, at: number): void => {
      const next = shapes[id]!.accesses[done[id]!.length];
      if (next === undefined) return;
      call[id] = Math.min(call[id]!, 10 * at + id);
      ret[id] = 10 * at + id + 5;
      const list = lists[next.key]!;
      if (next.f === "append") {
        element += 1;
        if (shapes[id]!.status !== "fail") list.push(element);
        done[id]!.push({ f: "append", key: next.key, element });
      } else {
        const missed = Math.max(0, stale[at % stale.length]!);
        done[id]!.push({ f: "read", key: next.key, list: list.slice(0, list.length - missed) });
      }
    };
    turns.forEach((turn, at) => play(turn % shapes.length, at));
    shapes.forEach(({ accesses }, id) =>
      accesses.forEach((_, i) => play(id, turns.length + 3 * id + i)),
    );
    return shapes.map(({ status }, id) => ({
      id,
      process: `p${id}`,
      accesses: done[id]!,
      call: call[id]!,
      ret: status === "info" ? Infinity : ret[id]!,
      status: status as Transaction["status"],
    }));
  });

test.each([false, true])("agrees with all orders tried in turn (strict %s)", (strict) => {
  const seen = { ok: 0, violation: 0 };
  fc.assert(
    fc.property(histories, (history) => {
      const { verdict } = serializable(history, { strict });
      seen[verdict] += 1;
      expect(verdict).toBe(bruteForce(history, strict) ? "ok" : "violation");
    }),
    { numRuns: 5_000 },
  );
  expect(Math.min(seen.ok, seen.violation)).toBeGreaterThan(500);
});

test("whatever comes in, it answers or refuses with a RangeError", () => {
  const element = fc.oneof(fc.nat(3), fc.constantFrom("", "__proto__", Number.NaN));
  const key = fc.constantFrom("x", "__proto__", "");
  const access: fc.Arbitrary<ListAccess> = fc.oneof(
    fc.record({ f: fc.constant("append" as const), key, element }),
    fc.record({ f: fc.constant("read" as const), key, list: fc.array(element, { maxLength: 3 }) }),
  );
  const transaction = fc.record({
    id: fc.nat(3),
    process: key,
    accesses: fc.array(access, { maxLength: 4 }),
    call: fc.oneof(fc.nat(5), fc.constant(Number.NaN)),
    ret: fc.oneof(fc.nat(9), fc.constant(Infinity)),
    status: fc.constantFrom("ok" as const, "fail" as const, "info" as const),
  });
  let judged = 0;
  fc.assert(
    fc.property(fc.array(transaction, { maxLength: 4 }), fc.boolean(), (history, strict) => {
      try {
        serializable(history, { strict });
        judged += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }),
    { numRuns: 5_000 },
  );
  expect(judged).toBeGreaterThan(500);
});
