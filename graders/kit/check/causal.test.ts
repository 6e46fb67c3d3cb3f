import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { causalFault, type RegisterAccess } from "./causal.ts";
import type { Op } from "./history.ts";

/** Processes side by side: `wx1` writes 1 to x, `rx0` reads the initial value; "?" is an unknown write. */
function processes(...texts: string[]): Op<RegisterAccess>[] {
  const ops: Op<RegisterAccess>[] = [];
  texts.forEach((text, process) =>
    text.split(" ").forEach((one, place) => {
      const [, f, key, value, lost] = /^([rw])([a-z])(\d)(\??)$/.exec(one)!;
      const call = 100 * place + 2 * process;
      ops.push({
        id: ops.length,
        process: `p${process}`,
        input: { kind: f === "r" ? "read" : "write", key: key!, value: Number(value) },
        call,
        ret: lost === "?" ? Infinity : call + 1,
        status: lost === "?" ? "info" : "ok",
      });
    }),
  );
  return ops;
}

const patternOf = (ops: Op<RegisterAccess>[]): string =>
  causalFault(ops, (op) => op.input, { initial: 0 })?.pattern ?? "ok";

/** Bouajjani, Enea, Guerraoui and Hamza, "On verifying causal consistency", 2017, figure 3. */
describe("Bouajjani and others 2017, figure 3", () => {
  test.each([
    ["a: causal memory, not causal convergence", "ok", ["wx1 rx2", "wx2 rx1"]],
    ["b: causal convergence, not causal memory", "ok", ["wz1 wx1 wy1", "wx2 rz0 ry1 rx2"]],
    ["c: causal consistency, neither of the two", "ok", ["wx1", "wx2 rx1 rx2"]],
    ["d: all three, not sequential", "ok", ["wx1 ry0 wy1 rx1", "wx2 ry0 wy2 rx2"]],
    ["e: not causal", "overwritten read", ["wx1 wy1", "ry1 wx2", "rx2 rx1"]],
  ])("%s", (_, pattern, texts) => {
    expect(patternOf(processes(...texts))).toBe(pattern);
  });
});

/** The wall: who sees the answer sees the question (Lloyd and others, COPS, 2011, in other words). */
test("an answer without its question", () => {
  const ops = processes("wq1", "rq1 wa1", "ra1 rq0");
  const fault = causalFault(ops, (op) => op.input, { initial: 0 });
  expect(fault?.pattern).toBe("initial value after a write");
  expect(fault?.what).toBe("p2 read q = 0, though p0 write q = 1 comes causally before it");
});

test.each([
  ["thin-air read", ["rx3"]],
  ["cyclic order", ["rx1 wy1", "ry1 wx1"]],
  ["ok", ["wx1?", "rx1"]],
  ["ok", ["wx1? rx0", "rx0"]],
])("%s", (pattern, texts) => {
  expect(patternOf(processes(...texts))).toBe(pattern);
});

test("a value written twice cannot be judged", () => {
  expect(() => patternOf(processes("wx1", "wx1"))).toThrow(RangeError);
  expect(() => patternOf(processes("wx0"))).toThrow("or is its initial value");
});

/**
 * The definition itself: some partial order of operations, which keeps the order of processes, lets
 * each read be explained by one order of what comes before it. All relations on up to 4 operations.
 */
function bruteForce(ops: readonly Op<RegisterAccess>[]): boolean {
  const pairs = ops.flatMap((a) => ops.filter((b) => b !== a).map((b) => [a.id, b.id] as const));
  const fixed = pairs.filter(([a, b]) => ops[a]!.process === ops[b]!.process && a < b);
  const free = pairs.filter(([a, b]) => ops[a]!.process !== ops[b]!.process);
  for (let set = 0; set < 1 << free.length; set += 1) {
    const before = ops.map(() => 0);
    for (const [a, b] of fixed) before[b]! |= 1 << a;
    free.forEach(([a, b], i) => {
      if ((set >> i) & 1) before[b]! |= 1 << a;
    });
    const isOrder = ops.every(
      ({ id }) =>
        (before[id]! & (1 << id)) === 0 &&
        ops.every(
          (cause) => !((before[id]! >> cause.id) & 1) || (before[cause.id]! & ~before[id]!) === 0,
        ),
    );
    if (isOrder && ops.every((op) => isExplained(op, ops, before))) return true;
  }
  return false;
}

function isExplained(
  { id, input }: Op<RegisterAccess>,
  ops: readonly Op<RegisterAccess>[],
  before: readonly number[],
): boolean {
  if (input.kind === "write") return true;
  /** Every order of the causal past, by what is left of it and the value of the key. */
  const go = (left: number, value: unknown): boolean =>
    left === 0
      ? value === input.value
      : ops.some((next) => {
          if (!((left >> next.id) & 1) || (before[next.id]! & left) !== 0) return false;
          const { kind, key, value: written } = next.input;
          const changes = kind === "write" && key === input.key;
          return go(left & ~(1 << next.id), changes ? written : value);
        });
  return go(before[id]!, 0);
}

test("agrees with the definition on histories of up to 4 operations", () => {
  const seen = { ok: 0, broken: 0 };
  const operation = fc.record({
    process: fc.nat(2),
    isWrite: fc.boolean(),
    key: fc.constantFrom("x", "y"),
    value: fc.nat(3),
  });
  fc.assert(
    fc.property(fc.array(operation, { minLength: 2, maxLength: 4 }), (all) => {
      const ops = all.map(({ process, isWrite, key, value }, id): Op<RegisterAccess> => {
        const input = isWrite
          ? ({ kind: "write", key, value: id + 1 } as const)
          : ({ kind: "read", key, value: value <= all.length ? value : 0 } as const);
        return { id, process: `p${process}`, input, call: 2 * id, ret: 2 * id + 1, status: "ok" };
      });
      const isCausal = patternOf(ops) === "ok";
      seen[isCausal ? "ok" : "broken"] += 1;
      expect(isCausal).toBe(bruteForce(ops));
    }),
    { numRuns: 1_500 },
  );
  expect(Math.min(seen.ok, seen.broken)).toBeGreaterThan(200);
});

test("2,000 operations are judged, and a chain as long overflows no stack", () => {
  const ops = Array.from({ length: 2_000 }, (_, id): Op<RegisterAccess> => {
    const input =
      id % 2 === 0
        ? ({ kind: "write", key: "x", value: id + 1 } as const)
        : ({ kind: "read", key: "x", value: id } as const);
    return {
      id,
      process: `p${Math.floor(id / 2) % 5}`,
      input,
      call: 2 * id,
      ret: 2 * id + 1,
      status: "ok",
    };
  });
  expect(patternOf(ops)).toBe("ok");
});
