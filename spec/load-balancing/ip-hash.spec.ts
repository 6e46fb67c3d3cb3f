/** Judges `ip-hash`. Rules are those of katas/load-balancing/ip-hash/README.md. */
import fc from "fast-check";
import { call, defineSpec, equal, holds, literal, names, perform, within } from "kata/harness";
import { hash32 } from "kata/kit";
import type * as Stub from "../../katas/load-balancing/ip-hash/stub.ts";
import { clients, CORPUS, MALFORMED, spellings } from "./ip-hash.model.ts";

const EIGHT = Array.from({ length: 8 }, (_, i) => `backend-${i + 1}`);
/** Backends, and which of them go down and come back before anybody looks. */
const pools = fc.record({
  // Ids that are equal by the rules of a language are still two.
  ids: fc.oneof(
    { arbitrary: names(1, 6), weight: 9 },
    { arbitrary: fc.constant<string[]>(["e\u0301", "b", "\u00e9"]), weight: 1 },
    // These have one hash.
    { arbitrary: fc.constant<string[]>(["\ud800", "\ufffd"]), weight: 1 },
  ),
  toggles: fc.array(fc.record({ who: fc.nat({ max: 5 }), up: fc.boolean() }), { maxLength: 10 }),
});
type Pool = typeof pools extends fc.Arbitrary<infer T> ? T : never;

defineSpec<typeof Stub>("ip-hash", ({ IpHash }, check) => {
  const build = (backends: readonly string[]): Stub.IpHash =>
    new IpHash({ backends, hash: hash32 });
  /** A balancer with that history, and the backends that are up after it. */
  const prepare = ({ ids, toggles }: Pool) => {
    const balancer = build(ids);
    const up = new Set(ids);
    for (const { who, up: isUp } of toggles) {
      const id = ids[who % ids.length]!;
      balancer.setUp(id, isUp);
      if (isUp) up.add(id);
      else up.delete(id);
    }
    return { balancer, up };
  };
  const isUp = (id: string | undefined, up: ReadonlySet<string>, client: string): void => {
    const expected = up.size === 0 ? "undefined" : `one of ${literal([...up])}, which are up`;
    const fits = up.size === 0 ? id === undefined : up.has(id as string);
    holds(fits, `pick(${literal(client)})`, expected, literal(id));
  };

  check.property(
    "same-client-same-backend",
    { rule: [1, 4], points: 20 },
    fc.record({ pool: pools, clients }).chain(({ pool, clients }) =>
      fc.record({
        pool: fc.constant(pool),
        clients: fc.constant(clients),
        shuffled: fc.shuffledSubarray(pool.ids, { minLength: pool.ids.length }),
      }),
    ),
    ({ pool, clients, shuffled }) => {
      const { balancer, up } = prepare(pool);
      const list = [...shuffled];
      const twin = build(list);
      list.fill("changed after the construction");
      for (const id of pool.ids) if (!up.has(id)) twin.setUp(id, false);
      // What another one does is its own business.
      build(["elsewhere"]).setUp("elsewhere", false);
      const first = clients.map((client) => balancer.pick(client));
      clients.forEach((client, i) => isUp(first[i], up, client));
      // In the other order, so that what came before differs.
      for (const i of [...clients.keys()].reverse()) {
        const what = `pick(${literal(clients[i])})`;
        equal(balancer.pick(clients[i]!), first[i], `${what}, asked again after others`);
        const state = `built as ${literal(shuffled)} with ${literal([...up])} up`;
        equal(twin.pick(clients[i]!), first[i], `${what} of another balancer, ${state}`);
      }
    },
  );

  check.property(
    "spelling-does-not-matter",
    { rule: 2, points: 20 },
    spellings,
    ({ one, other }) => {
      const balancer = build(Array.from({ length: 50 }, (_, i) => `backend-${i}`));
      const what = `pick(${literal(one)}), against pick(${literal(other)}), which is the same address`;
      equal(balancer.pick(one), balancer.pick(other), what);
    },
  );

  check.property(
    "outage-moves-only-its-clients",
    { rule: [4, 5], points: 25 },
    fc.record({ pool: pools, clients }),
    ({ pool, clients }) => {
      const { balancer, up } = prepare(pool);
      const look = () => clients.map((client) => balancer.pick(client));
      const before = look();
      for (const id of up) {
        const rest = new Set([...up].filter((other) => other !== id));
        balancer.setUp(id, false);
        const during = look();
        clients.forEach((client, i) => {
          isUp(during[i], rest, client);
          if (before[i] === id) return;
          const what = `pick(${literal(client)}) while ${literal(id)} is down, where it was not`;
          equal(during[i], before[i], what);
        });
        balancer.setUp(id, true);
        const after = look();
        clients.forEach((client, i) => {
          equal(after[i], before[i], `pick(${literal(client)}) when ${literal(id)} is up again`);
        });
      }
    },
  );

  const counts = (balancer: Stub.IpHash, from: readonly string[]): Map<string, number> => {
    const all = new Map<string, number>();
    for (const client of from) {
      const id = balancer.pick(client)!;
      all.set(id, (all.get(id) ?? 0) + 1);
    }
    return all;
  };

  // 8 standard deviations and more of a uniform hash: false alarm < 1e-13. The corpus is fixed, so
  // one balancer always gets one verdict.
  check.vector(
    "balanced",
    { rule: 6, points: 15, limitMs: 10_000 },
    [[], ["backend-3"], ["backend-1", "backend-6", "backend-8"]],
    (down) => {
      const balancer = build(EIGHT);
      for (const id of down) balancer.setUp(id, false);
      const share = CORPUS.length / (EIGHT.length - down.length);
      const clients = counts(balancer, CORPUS);
      for (const id of EIGHT.filter((each) => !down.includes(each))) {
        const what = `clients of ${id}, of ${CORPUS.length} and with ${literal(down)} down`;
        within(clients.get(id) ?? 0, 0.85 * share, 1.15 * share, what);
      }
    },
  );

  check.vector("displaced-spread", { rule: 6, points: 10, limitMs: 10_000 }, EIGHT, (lost) => {
    const balancer = build(EIGHT);
    const displaced = CORPUS.filter((client) => balancer.pick(client) === lost);
    balancer.setUp(lost, false);
    const share = displaced.length / (EIGHT.length - 1);
    for (const [id, clients] of counts(balancer, displaced)) {
      const what = `clients that ${id} takes over from ${lost}, of ${displaced.length}`;
      within(clients, 0, 1.5 * share, what);
    }
  });

  check.model(
    "up-and-down",
    { rule: 4, points: 5 },
    fc
      .record({
        ids: names(1, 3),
        moves: fc.array(fc.tuple(fc.nat({ max: 3 }), fc.boolean()), { maxLength: 15 }),
      })
      .map(({ ids, moves }) => ({
        setup: ids,
        steps: moves.map(([who, up]) => call("setUp", ids[who] ?? "not configured", up)),
      })),
    {
      subject: (ids) => {
        const balancer = build(ids);
        return (step) => {
          const answer = perform(balancer, step);
          return { answer, isAnyUp: balancer.pick("192.0.2.1") !== undefined };
        };
      },
      model: (ids) => {
        const up = new Map(ids.map((id) => [id, true]));
        return ({ args }) => {
          const [id, isUp] = args as [string, boolean];
          const answer = up.has(id) && up.get(id) !== isUp;
          if (up.has(id)) up.set(id, isUp);
          return { answer, isAnyUp: [...up.values()].includes(true) };
        };
      },
    },
  );

  check.throws("malformed-is-rejected", { rule: [3, 7], points: 5 }, [
    ...MALFORMED.flatMap((text) =>
      [true, false].map((up) => ({
        call: `pick(${literal(text)})${up ? "" : " while all are down"}`,
        error: "TypeError",
        run: () => {
          const balancer = build(["a"]);
          if (!up) balancer.setUp("a", false);
          return balancer.pick(text);
        },
      })),
    ),
    ...[[], [""], ["a", ""], ["a", "a"], ["a", "b", "a"]].map((backends) => ({
      call: `new IpHash({ backends: ${literal(backends)}, hash })`,
      error: "TypeError",
      run: () => build(backends),
    })),
  ]);
});
