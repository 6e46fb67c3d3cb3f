/** Judges `rendezvous-hashing`. Rules are those of katas/partitioning/rendezvous-hashing/README.md. */
import fc from "fast-check";
import { CallCounter, defineSpec, equal, literal, notIntegersIn, within } from "kata/harness";
import type * as Stub from "../../katas/partitioning/rendezvous-hashing/stub.ts";
import {
  ascending,
  askedKeys,
  callers,
  hashes,
  HASHES,
  JOINERS,
  members,
  seeded,
  SIZES,
  steps,
  TWINS,
  weights,
  type Member,
} from "./rendezvous-hashing.model.ts";

defineSpec<typeof Stub>("rendezvous-hashing", ({ Rendezvous }, check) => {
  const build = (hash: (text: string) => number, list: Iterable<Member>): Stub.Rendezvous => {
    const built = new Rendezvous({ hash });
    for (const [node, weight] of list) built.set(node, weight);
    return built;
  };
  const without = (list: readonly string[], node: string) => list.filter((name) => name !== node);

  check.property(
    "ranking-laws",
    { rule: [1, 2, 3, 7], points: 20 },
    fc.record({ hash: hashes, steps, key: askedKeys, caller: callers }),
    ({ hash, steps, key, caller }) => {
      const options = { hash: HASHES[hash] };
      const subject = new Rendezvous(options);
      if (caller === "changes the options") options.hash = () => 1;
      const model = new Map<string, number>();
      const rank = `rank(${literal(key)})`;
      for (const step of steps) {
        const [call, node] = step;
        if (call === "set") {
          subject.set(node, step[2]);
          model.set(node, step[2] ?? 1);
        } else {
          equal(subject.remove(node), model.delete(node), `remove(${literal(node)})`);
        }
        subject.pick(key);
        const lists = [subject.nodes(), subject.rank(key)];
        if (caller === "empties the lists") for (const list of lists) list.splice(0);
      }

      const names = ascending(model.keys());
      equal(subject.nodes(), names, "nodes() after the steps");
      const all = subject.rank(key);
      equal(ascending(all), names, `${rank} after the steps, sorted`);
      equal(subject.pick(key), all[0], `pick(${literal(key)}), against ${rank}[0]`);
      for (let count = 0; count <= all.length + 1; count += 1) {
        const what = `rank(${literal(key)}, ${count}), against the first ${count} of ${rank}`;
        equal(subject.rank(key, count), all.slice(0, count), what);
      }
      const inOrder = names.map((name): Member => [name, model.get(name)!]);
      const fresh = build(HASHES[hash], inOrder).rank(key);
      equal(all, fresh, `${rank}, against a fresh one of ${literal(inOrder)}`);
      if (hash !== "constant") return;
      for (const weight of new Set(model.values())) {
        const tied = (name: string) => model.get(name) === weight;
        const what = `the nodes of weight ${weight} in ${rank} under a constant hash`;
        equal(all.filter(tied), names.filter(tied), what);
      }
    },
  );

  check.property(
    "minimal-disruption",
    { rule: 4, points: 15 },
    fc.record({ hash: hashes, nodes: members(2), key: askedKeys }),
    ({ hash, nodes, key }) => {
      const subject = build(HASHES[hash], nodes);
      const before = subject.rank(key);
      const picked = subject.pick(key);
      for (const [node, weight] of nodes) {
        const [name, rank] = [literal(node), `rank(${literal(key)})`];
        subject.remove(node);
        const rest = without(before, node);
        equal(subject.rank(key), rest, `${rank} after remove(${name}), from ${literal(before)}`);
        equal(subject.pick(key), rest[0], `pick(${literal(key)}) after remove(${name})`);
        subject.set(node, weight);
        equal(subject.rank(key), before, `${rank} after ${name} came back`);
        equal(subject.pick(key), picked, `pick(${literal(key)}) after ${name} came back`);
      }
    },
  );

  check.property(
    "weight-moves-one",
    { rule: 5, points: 15 },
    fc.record({
      hash: hashes,
      nodes: members(2),
      weight: weights,
      factor: fc.constantFrom(2, 4, 0.5),
      key: askedKeys,
    }),
    ({ hash, nodes, weight, factor, key }) => {
      const rank = `rank(${literal(key)})`;
      const subject = build(HASHES[hash], nodes);
      const before = subject.rank(key);
      const [node, old] = nodes[0]!;
      subject.set(node, weight);
      const after = subject.rank(key);
      const told = `${rank} after ${literal(node)} went from ${old} to ${weight}`;
      const rest = without(before, node);
      equal(without(after, node), rest, `the others in ${told}`);
      const [was, is] = [before.indexOf(node), after.indexOf(node)];
      const least = weight > old ? 0 : was;
      const most = weight < old ? rest.length : was;
      within(is, least, most, `the place of ${literal(node)}, ${was} before, in ${told}`);

      const scaled = nodes.map(([name, own]): Member => [name, own * factor]);
      const inRange = scaled.every(([, own]) => own >= 1 / 16 && own <= 1_024);
      if (!inRange) return;
      const what = `${rank} of ${literal(scaled)}, against ${literal(nodes)}`;
      equal(build(HASHES[hash], scaled).rank(key), before, what);
    },
  );

  // Independent fair coins: 7.1 standard deviations, each side below 2e-12. Pairs that are one text
  // agree 1,333 times, keys or nodes that are one text always or never.
  check.vector(
    "separate-pairs",
    { rule: 8, points: 5 },
    [
      ...JOINERS.flatMap((joiner) => [
        { nodes: ["x", `x${joiner}y`], keys: [`y${joiner}<i>`, "<i>"] },
        { nodes: ["x", `y${joiner}x`], keys: [`<i>${joiner}y`, "<i>"] },
      ]),
      ...TWINS.flatMap(([one, two]) => [
        { nodes: ["x", "y"], keys: [`${one}<i>`, `${two}<i>`] },
        { nodes: [one, two], keys: ["<i>", "z<i>"] },
      ]),
    ],
    ({ nodes: own, keys: asked }) => {
      const subject = new Rendezvous({ hash: seeded(5) });
      for (const node of own) subject.set(node);
      const numbers = Array.from({ length: 2_000 }, (_, i) => String(i));
      const agree = numbers.filter((i) => {
        const [first, second] = asked.map((key) => subject.pick(key.replace("<i>", i)));
        return (first === own[0]) === (second === own[1]);
      }).length;
      const [first, second] = asked.map((key, i) => `pick(${literal(key)}) is ${literal(own[i])}`);
      const what = `for how many i < 2,000 both or neither hold: ${first}, ${second}`;
      within(agree, 840, 1_160, what);
    },
  );

  check.vector(
    "edge-cases",
    { rule: [1, 2, 7, 9], points: 5 },
    [0, 1, 2 ** 32 - 1].flatMap((hash) => [
      { hash, weight: 1, nodes: [] },
      { hash, weight: 1, nodes: ["a"] },
      { hash, weight: 1, nodes: ["c", "a", "b"] },
      { hash, weight: 1e6, nodes: ["c", "a", "b"] },
      { hash, weight: Number.MIN_VALUE, nodes: ["c", "a", "b"] },
    ]),
    ({ hash, weight, nodes: names }) => {
      const subject = build(
        () => hash,
        names.map((name): Member => [name, weight]),
      );
      const tied = ascending(names);
      equal(subject.rank("k"), tied, 'rank("k")');
      equal(subject.rank("k", 2), tied.slice(0, 2), 'rank("k", 2)');
      equal(subject.pick("k"), tied[0], 'pick("k")');
      equal(subject.remove("a"), names.includes("a"), 'remove("a")');
      equal(subject.rank("k"), without(tied, "a"), 'rank("k") after remove("a")');
      equal(subject.pick("k"), without(tied, "a")[0], 'pick("k") after remove("a")');
    },
  );

  check.vector("hash-calls", { rule: 10, points: 5 }, SIZES, ({ nodes: n }) => {
    const counter = new CallCounter();
    const hash = counter.watch(HASHES.good);
    const own = Array.from({ length: n }, (_, i): Member => [`node-${i}`, 1 + (i % 3)]);
    const subject = build(hash, own);
    const judge = (call: string, ask: () => unknown): void => {
      const before = counter.total;
      ask();
      within(counter.total - before, 0, n + 1, `calls of hash in ${call} of ${n} nodes`);
    };
    judge('pick("k")', () => subject.pick("k"));
    judge('rank("k")', () => subject.rank("k"));
    judge('rank("k", 1)', () => subject.rank("k", 1));
  });

  /** A bad call on nodes that must stay as they were. */
  const rejects = (call: string, run: (own: Stub.Rendezvous) => unknown, error = "RangeError") => {
    let built: Stub.Rendezvous | undefined;
    const own = () => (built ??= build(HASHES.good, Object.entries({ a: 1, b: 2 })));
    const ranks = () => ["0", "1", "2"].map((key) => own().rank(key));
    const unchanged = () => ({ nodes: own().nodes(), ranks: ranks() });
    return {
      call: `${call} beside a of weight 1 and b of 2`,
      error,
      run: () => run(own()),
      unchanged,
    };
  };
  check.throws("bad-input", { rule: 9, points: 5 }, [
    ...[0, -0, -1, 1_000_001, NaN, Infinity, -Infinity].flatMap((weight) => [
      rejects(`set("c", ${literal(weight)})`, (own) => own.set("c", weight)),
      rejects(`set("b", ${literal(weight)})`, (own) => own.set("b", weight)),
    ]),
    rejects('set("")', (own) => own.set("")),
    ...[7, null, undefined].map((node) =>
      rejects(`set(${node})`, (own) => own.set(node as unknown as string), "TypeError"),
    ),
    ...notIntegersIn(0, Number.MAX_SAFE_INTEGER).map((count) =>
      rejects(`rank("k", ${count})`, (own) => own.rank("k", count)),
    ),
    {
      call: 'new Rendezvous({ hash }).rank("k", -1)',
      error: "RangeError",
      run: () => build(HASHES.good, []).rank("k", -1),
    },
  ]);

  const spread = (keyCount: number, seed: number, own: readonly number[]): number[] => {
    const names = own.map((_, i) => `node-${i}`);
    const subject = build(
      seeded(seed),
      own.map((weight, i): Member => [names[i]!, weight]),
    );
    const counts = new Map(names.map((name) => [name, 0]));
    for (let i = 0; i < keyCount; i += 1) {
      const node = subject.pick(`key-${i}`)!;
      counts.set(node, (counts.get(node) ?? 0) + 1);
    }
    return names.map((name) => counts.get(name)!);
  };

  // Binomial, 8.2 standard deviations: 20 sides, each below 1e-15.
  check.vector("even-spread", { rule: 6, points: 15 }, [{ seed: 1 }, { seed: 2 }], ({ seed }) => {
    const counts = spread(60_000, seed, Array<number>(10).fill(1));
    for (const [i, count] of counts.entries()) {
      within(count, 5_400, 6_600, `how many of 60,000 keys node-${i} of 10 equal nodes has`);
    }
  });

  // The smallest share is 1/11.5 of the keys: 8 standard deviations, each side below 1e-14.
  check.vector(
    "weighted-spread",
    { rule: 6, points: 15 },
    [
      { seed: 3, weights: [1, 2, 3, 1.5] },
      { seed: 4, weights: [3, 1, 1, 2, 2.5, 1, 1] },
    ],
    ({ seed, weights: own }) => {
      const sum = own.reduce((total, weight) => total + weight);
      for (const [i, count] of spread(30_000, seed, own).entries()) {
        const ideal = (30_000 * own[i]!) / sum;
        const [least, most] = [Math.ceil(0.85 * ideal), Math.floor(1.15 * ideal)];
        const what = `how many of 30,000 keys node-${i} of weight ${own[i]} has`;
        within(count, least, most, what);
      }
    },
  );
});
