/** Histories that were written down: published ones, and ones worked out by hand. */
import {
  CALLS,
  historyOf,
  type History,
  type Input,
  type Kind,
  type Op,
} from "./linearizability-checker.model.ts";

/** Reads `a w1 1 6, b r0 2 3, c w2 4`: who, what (by its first letter), its number, call and return. */
export function parse(kind: Kind, text: string): History {
  const ops = text.split(", ").map((row): Op => {
    const [process = "", what = "", call, ret] = row.split(" ");
    const name = CALLS[kind].find((one) => one.startsWith(what[0]!))!;
    const input: Input = { call: name, key: "", value: Number(what.slice(1)) };
    const asked = { process, input, call: Number(call) };
    if (ret === undefined) return { ...asked, ret: Infinity, status: "info" };
    const output = name === CALLS[kind][0] ? null : input.value;
    return { ...asked, output, ret: Number(ret), status: "ok" };
  });
  return historyOf(kind, ops);
}

/** Histories with a verdict that was published, or worked out by hand. */
export const KNOWN: readonly [history: History, isLinearizable: boolean][] = [
  [parse("register", "a w1 1 2, b r0 3 4"), false],
  [parse("register", "a w1 1 6, b r1 2 3, b r0 4 5"), false],
  [parse("register", "a w1 1 6, b r0 2 3, b r1 4 5"), true],
  // Porcupine's README: a put, and two gets that overlap it.
  [parse("register", "a w100 1 6, b r0 3 4, c r100 2 5"), true],
  [parse("queue", "a e1 1 2, a e2 3 4, b d2 5 6"), false],
  // Herlihy and Wing 1990: what was put in at the same time may leave in either order.
  [parse("queue", "a e1 1 4, b e2 2 3, a d1 5 6"), true],
  [parse("queue", "a e1 1 4, b e2 2 3, a d2 5 6"), true],
];
/** The same with operations that got no answer. */
export const KNOWN_INFO: readonly [history: History, isLinearizable: boolean][] = [
  [parse("register", "a w1 1, b r0 2 3, b r1 4 5"), true],
  [parse("register", "a w1 1, b r0 2 3, b r0 4 5"), true],
  [parse("register", "b r1 1 2, a w1 3"), false],
  [parse("register", "a w1 1, b r1 2 3, b r0 4 5"), false],
  [parse("register", "a w1 1, a w2 2 3, b r1 4 5"), true],
  [parse("counter", "a a1 1, b g1 2 3, b g2 4 5"), false],
  [parse("mutex", "a l 1, b l 2 3"), true],
];
