/** Judges `consistent-hashing`. Rules are those of katas/partitioning/consistent-hashing/README.md. */
import fc from "fast-check";
import { close, defineSpec, equal, holds, literal, notIntegersIn, within } from "kata/harness";
import { hash32 } from "kata/kit";
import type * as Stub from "../../katas/partitioning/consistent-hashing/stub.ts";
import {
  FULL,
  hash,
  preference,
  PLACES,
  PROBES,
  smallSpaces,
  spaces,
  nodeLists,
  setups,
  type Setup,
  type Step,
  changes,
  scripts,
  LARGEST,
  playModel,
  seams,
  DEGREES,
  EXAMPLES,
} from "./consistent-hashing.model.ts";

defineSpec<typeof Stub>("consistent-hashing", ({ HashRing }, check) => {
  const fill = (ring: Stub.HashRing, nodes: readonly string[], vnodes?: number) => {
    for (const node of nodes) ring.add(node, vnodes);
    return ring;
  };

  const playSubject = ({ space, vnodes }: Setup) => {
    const options = { hash, space, vnodes };
    const ring = new HashRing(options);
    // Neither what becomes of the caller's object nor another ring is this ring's business.
    Object.assign(options, { space: 1, vnodes: 1 });
    new HashRing({ hash, space: 7, vnodes: 9 }).add("elsewhere@5", 2);
    return ([call, ...args]: Step) => {
      const answer = (ring[call] as (...given: unknown[]) => unknown).apply(ring, args);
      // A list is the caller's: emptying it must not empty the ring.
      return Array.isArray(answer) ? answer.splice(0) : answer;
    };
  };
  const meta = { rule: [1, 2, 4, 6], points: 25, runs: 200, examples: [LARGEST] };
  check.model("matches-oracle", meta, scripts, { subject: playSubject, model: playModel });

  check.property(
    "history-free",
    { rule: [3, 7], points: 15 },
    fc.record({ setup: setups(spaces), steps: fc.array(changes, { minLength: 1, maxLength: 12 }) }),
    ({ setup: { space, vnodes }, steps }) => {
      const veteran = new HashRing({ hash, space, vnodes });
      const members = new Map<string, number>();
      for (const [call, ...args] of steps) {
        const [node, count] = args as [string, number?];
        (veteran[call] as (...given: unknown[]) => unknown).apply(veteran, args);
        if (call === "remove") members.delete(node);
        else if (!members.has(node)) members.set(node, count ?? vnodes);
      }
      const sorted = [...members].sort(([a], [b]) => (a < b ? -1 : 1));
      const fresh = new HashRing({ hash, space });
      for (const [node, count] of sorted) fresh.add(node, count);
      const against = `after the steps, against a fresh ring of ${literal(sorted)}`;
      equal(veteran.nodes(), fresh.nodes(), `nodes() ${against}`);
      for (const key of PROBES) {
        equal(veteran.owner(key), fresh.owner(key), `owner("${key}") ${against}`);
        equal(veteran.owners(key, 9), fresh.owners(key, 9), `owners("${key}", 9) ${against}`);
      }
    },
  );

  check.property(
    "minimal-movement",
    { rule: 8, points: 15 },
    fc.record({
      setup: setups(spaces),
      nodes: nodeLists,
      joins: fc.constantFrom(...PLACES).map((place) => `x@${place}`),
      n: fc.integer({ min: 1, max: 4 }),
    }),
    ({ setup: { space, vnodes }, nodes, joins, n }) => {
      const ring = fill(new HashRing({ hash, space }), nodes, vnodes);
      const probes = [...PROBES, ...Array(20).keys()].map(String);
      const judgeChange = (call: "add" | "remove", node: string): void => {
        const [before, after] = call === "add" ? [n, n + 1] : [n + 1, n];
        const rest = (list: string[]): string[] => list.filter((x) => x !== node).slice(0, n);
        const look = (key: string, count: number) => {
          return { owner: ring.owner(key), list: rest(ring.owners(key, count)) };
        };
        const earlier = probes.map((key) => look(key, before));
        ring[call](node, vnodes);
        const [name, at] = [literal(node), `after ${call}(${literal(node)})`];
        probes.forEach((key, i) => {
          const [is, was] = [look(key, after), earlier[i]!];
          const concerned = was.owner === node || is.owner === node;
          if (!concerned) equal(is.owner, was.owner, `owner("${key}") ${at}, against before`);
          const against = `against owners("${key}", ${before}) before, ${name} left out`;
          equal(is.list, was.list, `owners("${key}", ${after}) ${at}, ${against}`);
        });
      };
      judgeChange("add", joins);
      judgeChange("remove", nodes[0]!);
    },
  );

  check.property("wrap-and-ties", { rule: [2, 3, 4], points: 10 }, seams, ({ space, nodes }) => {
    const members = new Map(nodes.map((node) => [node, 1]));
    // Here a wrong default shows most.
    const ring = fill(new HashRing(space === FULL ? { hash } : { hash, space }), nodes, 1);
    const after = `after ${nodes.map((node) => `add("${node}", 1)`).join(", ")}`;
    const places = [0, ...nodes.map(hash)].flatMap((at) => [at - 1, at, at + 1]);
    for (const place of places.map((at) => (at + space) % space)) {
      const list = preference(space, members, place);
      equal(ring.owner(`k@${place}`), list[0], `owner("k@${place}") ${after}`);
      equal(ring.owners(`k@${place}`, 5), list, `owners("k@${place}", 5) ${after}`);
    }
  });

  check.property(
    "shares",
    { rule: 5, points: 10 },
    fc.record({
      setup: setups(smallSpaces),
      nodes: fc.oneof(fc.constant<string[]>([]), { arbitrary: nodeLists, weight: 9 }),
    }),
    ({ setup: { space, vnodes }, nodes }) => {
      const members = new Map(nodes.map((node) => [node, vnodes]));
      const ring = fill(new HashRing({ hash, space }), nodes, vnodes);
      const owners = Array.from({ length: space }, (_, at) => preference(space, members, at)[0]);
      for (const node of [...nodes, "nobody@3"]) {
        const points = owners.filter((owner) => owner === node).length;
        const what = `share(${literal(node)}), which owns ${points} of the ${space} points`;
        close(ring.share(node), points / space, what);
      }
    },
  );

  // Shares are Beta(128, 128 (n - 1)) distributed: p < 1e-11 for these 135, which are fixed.
  check.vector(
    "vnodes-level-the-load",
    { rule: [1, 5, 9], points: 10 },
    Array.from({ length: 15 }, (_, i) => ({ nodes: i + 2, hash: `hash32(text, ${i})`, seed: i })),
    ({ nodes, seed }) => {
      const options = { hash: (text: string) => hash32(text, seed) };
      const all = Array.from({ length: nodes }, (_, i) => `node-${i}`);
      const ring = fill(new HashRing(options), all);
      const explicit = fill(new HashRing({ ...options, space: FULL }), all, 128);
      const shares = all.map((node) => {
        const [share, what] = [ring.share(node), `share("${node}") of ${nodes} nodes by default`];
        within(share, 0.45 / nodes, 2 / nodes, what);
        close(share, explicit.share(node), `${what}, against space 2^32 and 128 vnodes`);
        return share;
      });
      const sum = shares.reduce((total, share) => total + share);
      close(sum, 1, "the sum of all shares");
    },
  );

  check.vector(
    "worked-example",
    { rule: [1, 2, 4, 5], points: 10 },
    EXAMPLES,
    ({ nodes, removed, owners, list, degrees }) => {
      const byTable = (text: string): number => {
        holds(DEGREES.has(text), `a call of hash(${literal(text)})`, "a key or a label", "neither");
        return DEGREES.get(text)!;
      };
      const ring = new HashRing({ hash: byTable, space: 360, vnodes: 1 });
      for (const i of nodes) ring.add(`Node_${i}`);
      if (removed !== undefined) ring.remove(`Node_${removed}`);
      owners.forEach((owner, i) => {
        equal(ring.owner(`key_${i + 1}`), `Node_${owner}`, `owner("key_${i + 1}")`);
      });
      const pair = list.map((i) => `Node_${i}`);
      equal(ring.owners("key_2", 2), pair, 'owners("key_2", 2)');
      degrees.forEach((owned, i) => {
        const what = `share("Node_${i}"), which owns ${owned} of 360`;
        close(ring.share(`Node_${i}`), owned / 360, what);
      });
    },
  );

  const rejects = (call: string, run: () => unknown) => ({ call, error: "RangeError", run });
  /** A bad call on a ring that must stay as it was. */
  const onRing = (call: string, run: (ring: Stub.HashRing) => unknown, error = "RangeError") => {
    let built: Stub.HashRing | undefined;
    const ring = () => (built ??= fill(new HashRing({ hash, space: 64 }), ["a@3", "b@9"], 2));
    const lists = () => ["k@0", "k@5", "k@11"].map((key) => ring().owners(key, 4));
    const unchanged = () => ({ nodes: ring().nodes(), share: ring().share("a@3"), lists: lists() });
    return { call: `${call} on a ring of a@3 and b@9`, error, run: () => run(ring()), unchanged };
  };
  check.throws("bad-input", { rule: 10, points: 5 }, [
    ...notIntegersIn(1, FULL).map((space) =>
      rejects(`new HashRing({ hash, space: ${space} })`, () => new HashRing({ hash, space })),
    ),
    ...notIntegersIn(1, 1_024).flatMap((vnodes) => [
      rejects(`new HashRing({ hash, vnodes: ${vnodes} })`, () => new HashRing({ hash, vnodes })),
      onRing(`add("c@5", ${vnodes})`, (ring) => ring.add("c@5", vnodes)),
      onRing(`add("a@3", ${vnodes})`, (ring) => ring.add("a@3", vnodes)),
    ]),
    onRing('add("")', (ring) => ring.add("")),
    ...[7, null, undefined].map((node) =>
      onRing(`add(${node})`, (ring) => ring.add(node as unknown as string), "TypeError"),
    ),
    ...notIntegersIn(0, Number.MAX_SAFE_INTEGER).map((count) =>
      onRing(`owners("k@4", ${count})`, (ring) => ring.owners("k@4", count)),
    ),
    rejects('new HashRing({ hash }).owners("k", -1)', () => new HashRing({ hash }).owners("k", -1)),
  ]);
});
