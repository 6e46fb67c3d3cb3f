import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { crdtLaws, type Crdt, type CrdtStep } from "./crdt-laws.ts";

const equals = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
type Counts = { id: string; counts: Record<string, number> };

/** Grow-only counter (Shapiro and others 2011, specification 6): accepted. */
const counter: Crdt<Counts, number> = {
  create: (id) => ({ id, counts: {} }),
  update: ({ id, counts }, by) => ({ id, counts: { ...counts, [id]: (counts[id] ?? 0) + by } }),
  merge({ id, counts }, other) {
    const all = { ...counts };
    for (const [key, count] of Object.entries(other.counts))
      all[key] = Math.max(all[key] ?? 0, count);
    return { id, counts: all };
  },
  value: ({ counts }) => Object.values(counts).reduce((a, b) => a + b, 0),
  equals,
  toJson: (state) => state,
  fromJson: (json) => json as Counts,
};

/** A grow-only set that changes in place: accepted. */
const growingSet: Crdt<Set<number>, number> = {
  create: () => new Set(),
  update: (state, element) => state.add(element),
  merge(state, other) {
    other.forEach((element) => state.add(element));
    return state;
  },
  value: (state) => [...state].sort((a, b) => a - b),
  equals,
};

type Stamped = { id: string; at: number; text: number };
/** Last writer wins, ties by replica (specification 8): accepted. */
const lastWriter: Crdt<Stamped, number> = {
  create: (id) => ({ id, at: 0, text: 0 }),
  update: ({ id, at }, text) => ({ id, at: at + 1, text }),
  merge: (state, other) => ({ ...(isLater(other, state) ? other : state), id: state.id }),
  value: ({ at, text }) => [at, text],
  equals,
};
function isLater(a: Stamped, b: Stamped): boolean {
  return a.at > b.at || (a.at === b.at && a.text > b.text);
}

const steps: fc.Arbitrary<CrdtStep<number>[]> = fc.array(
  fc.oneof(
    fc.record({ replica: fc.nat(2), update: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ replica: fc.nat(2), mergeFrom: fc.nat(2) }),
  ),
  { maxLength: 6 },
);

const brokenLaws = <State>(crdt: Crdt<State, number>): string[] => {
  const laws = fc.sample(steps, { numRuns: 400, seed: 7 }).map((some) => crdtLaws(crdt, some)?.law);
  return [...new Set(laws)].filter((law) => law !== undefined);
};

describe("accepts", () => {
  test("a grow-only counter", () => expect(brokenLaws(counter)).toEqual([]));
  test("a grow-only set that changes in place", () => expect(brokenLaws(growingSet)).toEqual([]));
  test("a last-writer-wins register", () => expect(brokenLaws(lastWriter)).toEqual([]));
});

describe("rejects", () => {
  const change = <State>(crdt: Crdt<State, number>, by: Partial<Crdt<State, number>>): string[] =>
    brokenLaws({ ...crdt, ...by });

  test("a counter that adds when it merges", () => {
    const merge: typeof counter.merge = ({ id, counts }, other) => {
      const all = { ...counts };
      for (const [key, count] of Object.entries(other.counts)) all[key] = (all[key] ?? 0) + count;
      return { id, counts: all };
    };
    expect(change(counter, { merge })).toContain("idempotent");
  });
  test("a register that takes whatever it merges", () => {
    const merge: typeof lastWriter.merge = (state, other) => ({ ...other, id: state.id });
    expect(change(lastWriter, { merge })).toContain("commutative");
  });
  test("a register that takes what is later by one and ignores the rest", () => {
    const merge: typeof lastWriter.merge = (state, other) =>
      Math.abs(other.at - state.at) === 1 && isLater(other, state)
        ? { ...other, id: state.id }
        : state;
    expect(change(lastWriter, { merge })).not.toEqual([]);
  });
  test("the mean of two counters, which is not associative", () => {
    const mean: Crdt<number, number> = {
      create: () => 0,
      update: (state, by) => state + by,
      merge: (a, b) => (a + b) / 2,
      value: (state) => state,
      equals,
    };
    expect(brokenLaws(mean)).toContain("associative");
  });
  test("a set that loses what it was given when it merges", () => {
    const merge: typeof growingSet.merge = (state, other) =>
      new Set([...state].filter((element) => other.has(element)));
    // The common part obeys the laws of merging; only the update is undone by it.
    expect(change(growingSet, { merge })).toContain("update is inflation");
  });
  test("a merge that changes the other", () => {
    const merge: typeof growingSet.merge = (state, other) => {
      state.forEach((element) => other.add(element));
      return new Set(other);
    };
    expect(change(growingSet, { merge })).toContain("merge leaves the other as it was");
  });
  test("a set that is gone after JSON", () => {
    expect(
      change(growingSet, {
        toJson: (state) => state,
        fromJson: (json) => new Set(Object.values(json as object)),
      }),
    ).toContain("JSON round trip");
  });
});
