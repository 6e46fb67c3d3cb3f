/** What `consistent-hashing` is compared with: a hash that can be read, the rules without a ring, and scripts for both. */
import fc from "fast-check";
import { keys, keysOrEmpty, type Script } from "kata/harness";
import { hash32 } from "kata/kit";

export const FULL = 2 ** 32;
/** Shown with every counterexample, so that positions can be read off. */
const LEGEND =
  "a@7 is at 7, a@7#1 at 17, a@7#2 at 27 and so on; others at hash32(text, 0); all mod space";

/** A hash that can be read: see LEGEND. */
export function hash(text: string): number {
  const placed = /@(\d+)((?:#\d+)*)$/.exec(text);
  if (placed === null) return hash32(text, 0);
  const suffixes = placed[2]!.split("#").slice(1);
  return suffixes.reduce((at, i) => at + 10 * Number(i), Number(placed[1])) % FULL;
}

type Members = ReadonlyMap<string, number>;

/** What the rules say, without a ring: nodes by their clockwise distance, then by name. */
export function preference(space: number, members: Members, from: number): string[] {
  return [...members]
    .map(([node, vnodes]) => {
      const labels = Array.from({ length: vnodes }, (_, i) => (i === 0 ? node : `${node}#${i}`));
      const ahead = labels.map((label) => ((hash(label) % space) - from + space) % space);
      return { node, distance: Math.min(...ahead) };
    })
    .sort((a, b) => a.distance - b.distance || (a.node < b.node ? -1 : 1))
    .map(({ node }) => node);
}

/** One of the values, most often of the first list, to which it shrinks. */
function oneOf<T>(first: fc.Arbitrary<T>, ...others: fc.Arbitrary<T>[]): fc.Arbitrary<T> {
  return fc.oneof({ withCrossShrink: true }, { arbitrary: first, weight: 4 }, ...others);
}

export const PLACES = [...Array(64).keys(), 2 ** 31 - 1, 2 ** 31, 2 ** 31 + 1, FULL - 2, FULL - 1];
export const PROBES = PLACES.map((place) => `k@${place}`);
export const smallSpaces = fc.integer({ min: 1, max: 64 });
export const spaces = oneOf(smallSpaces, fc.constantFrom(10, 360, FULL - 1, FULL));
/** Few names, so that they meet again; on a small ring many share a position. */
const names = oneOf(
  fc.constantFrom("a@3", "B@3", "c@0", "D@17", "a@3#1"),
  fc.constantFrom("f@2147483648", "g@4294967295", "__proto__"),
  keys(),
);
export const nodeLists = fc.uniqueArray(names, { minLength: 1, maxLength: 6 });
const asked = oneOf(fc.constantFrom(...PROBES.slice(0, 9), ...PROBES), names, keysOrEmpty());
const counts = oneOf(fc.nat({ max: 8 }), fc.constant(Number.MAX_SAFE_INTEGER));
const vnodeCounts = fc.integer({ min: 1, max: 8 });
export const setups = (space: fc.Arbitrary<number>): fc.Arbitrary<Setup> =>
  fc.record({ space, vnodes: vnodeCounts, hash: fc.constant(LEGEND) });
export type Setup = { readonly space: number; readonly vnodes: number; readonly hash: string };

export type Step = [call: "add" | "remove" | "owner" | "owners" | "nodes", ...args: unknown[]];
function step(call: Step[0], ...args: fc.Arbitrary<unknown>[]): fc.Arbitrary<Step> {
  return fc.tuple(...args).map((given) => [call, ...given]);
}
const added = fc.oneof(step("add", names), step("add", names, vnodeCounts));
export const changes = fc.oneof({ arbitrary: added, weight: 2 }, step("remove", names));
const questions = oneOf(step("owner", asked), step("owners", asked, counts), step("nodes"));
export const scripts: fc.Arbitrary<Script<Setup, Step>> = fc.record({
  setup: setups(spaces),
  steps: fc.array(fc.oneof(changes, questions), { minLength: 1, maxLength: 24, size: "max" }),
});

/** The largest numbers, on a ring where little else can go wrong. */
export const LARGEST: Script<Setup, Step> = {
  setup: { space: FULL, vnodes: 1_024, hash: LEGEND },
  steps: [["add", "a@3"], ["add", "c@0", 1_024], ["nodes"]],
};

/** The members by the rules, and one linear scan a question. */
export function playModel({ space, vnodes }: Setup): (step: Step) => unknown {
  const members = new Map<string, number>();
  return ([call, text, number]) => {
    const name = text as string;
    if (call === "nodes") return [...members.keys()].sort();
    if (call === "remove") return members.delete(name);
    if (call === "add") {
      if (members.has(name)) return false;
      members.set(name, (number ?? vnodes) as number);
      return true;
    }
    const list = preference(space, members, hash(name) % space);
    return call === "owner" ? list[0] : list.slice(0, number as number);
  };
}

/** Names whose order by code units is not that of an alphabet, of code points or of numbers. */
const TIED = ["a", "B", "Z", "_", "é", "e\u0301", "😀", "\uff5e", "10", "9"];
const offsets = fc.integer({ min: -2, max: 2 });
/** Nodes close to the seam between m - 1 and 0, often on one position. */
export const seams = fc
  .record({
    space: fc.constantFrom(10, 1, 2, 360, FULL),
    placed: fc.dictionary(fc.constantFrom(...TIED), offsets, { minKeys: 1, maxKeys: 5 }),
  })
  .map(({ space, placed }) => {
    const nodes = Object.entries(placed).map(([name, at]) => `${name}@${(2 * space + at) % space}`);
    return { space, nodes, hash: LEGEND };
  });

/** The worked example of the statement, in degrees. */
const NODES = { Node_0: 100, Node_1: 200, Node_2: 300, Node_3: 50 };
const KEYS = { key_1: 150, key_2: 250, key_3: 50 };
export const DEGREES = new Map(Object.entries({ ...NODES, ...KEYS }));
/** Numbers of nodes: the owners of key_1 to key_3, `owners("key_2", 2)`, the shares of Node_0 to 3. */
export const EXAMPLES = [
  { nodes: [0, 1, 2], owners: [1, 2, 0], list: [2, 0], degrees: [160, 100, 100, 0] },
  { nodes: [0, 1, 2, 3], owners: [1, 2, 3], list: [2, 3], degrees: [50, 100, 100, 110] },
  { nodes: [0, 1, 2], removed: 2, owners: [1, 0, 0], list: [0, 1], degrees: [260, 100, 0, 0] },
  { nodes: [0, 1, 2, 3], removed: 2, owners: [1, 3, 3], list: [3, 0], degrees: [50, 100, 0, 210] },
];
