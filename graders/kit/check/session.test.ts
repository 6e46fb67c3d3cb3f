import fc from "fast-check";
import { expect, test } from "vitest";
import { history } from "../../fixtures/histories.ts";
import type { Op } from "./history.ts";
import { sessionFaults, SESSION_GUARANTEES, type SessionView } from "./session.ts";

/** `r2` reads version 2 of x, `w3` wrote version 3; one session after the other. */
function session(process: string, text: string, from = 0): Op<SessionView>[] {
  return history<SessionView, unknown>(
    ...text.split(" ").map((one, i): [string, SessionView, null, number, number] => {
      const kind = one.startsWith("r") ? "read" : "write";
      const at = from + 2 * i;
      return [process, { kind, key: one[2] ?? "x", version: Number(one[1]) }, null, at, at + 1];
    }),
  );
}

const faultsOf = (ops: Op<SessionView>[]): string[] =>
  sessionFaults(ops, (op) => op.input).map(({ guarantee, what }) => `${guarantee}: ${what}`);

/** One history for each guarantee that breaks it and no other (after Terry and others 1994). */
test.each([
  ["w3 r1", ["read your writes: s read version 1 after writing version 3"]],
  ["r3 r2", ["monotonic reads: s read version 2 after reading version 3"]],
  ["w3 w2", ["monotonic writes: s wrote version 2 after writing version 3"]],
  ["r3 w2", ["writes follow reads: s wrote version 2 after reading version 3"]],
  ["r0 w1 r1 r2 w3 r3 r3", []],
  ["w3x r1y r0y", ["monotonic reads: s read version 0 after reading version 1"]],
])("%s", (text, faults) => {
  expect(faultsOf(session("s", text))).toEqual(faults);
});

test("another session owes nothing", () => {
  const other = session("t", "r0", 100).map((op) => ({ ...op, id: 50 }));
  expect(faultsOf([...session("s", "w3 r3"), ...other])).toEqual([]);
});

test("a client that changes its process name keeps its session", () => {
  const later = session("s.2", "r0", 100).map((op) => ({ ...op, id: 50 }));
  const faults = sessionFaults([...session("s.1", "w3"), ...later], (op) => op.input, {
    session: (op) => op.process.split(".")[0]!,
    guarantees: ["read your writes"],
  });
  expect(faults.map(({ earlier, later: late }) => [earlier.id, late.id])).toEqual([[0, 50]]);
});

test("agrees with all pairs of one session", () => {
  const seen = new Map<string, number>();
  const one = fc.record({
    kind: fc.constantFrom("r", "w"),
    version: fc.nat(4),
    key: fc.constantFrom("x", "y"),
  });
  fc.assert(
    fc.property(fc.array(one, { minLength: 1, maxLength: 6 }), (all) => {
      const ops = session("s", all.map(({ kind, version, key }) => kind + version + key).join(" "));
      const expected = SESSION_GUARANTEES.filter((guarantee, g) =>
        ops.some((a, i) =>
          ops.slice(i + 1).some((b) => {
            const [first, second] = [
              ["write", "read", "write", "read"][g],
              ["read", "read", "write", "write"][g],
            ];
            if (a.input.key !== b.input.key || a.input.kind !== first || b.input.kind !== second)
              return false;
            seen.set(guarantee, (seen.get(guarantee) ?? 0) + 1);
            return second === "read"
              ? b.input.version < a.input.version
              : b.input.version <= a.input.version;
          }),
        ),
      );
      const found = new Set(sessionFaults(ops, (op) => op.input).map(({ guarantee }) => guarantee));
      expect([...found].sort()).toEqual([...expected].sort());
    }),
    { numRuns: 2_000 },
  );
  expect(seen.size).toBe(4);
});
