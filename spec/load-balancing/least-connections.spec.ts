/** Judges `least-connections`. Rules are those of katas/load-balancing/least-connections/README.md. */
import fc from "fast-check";
import { call, defineSpec, equal, holds, literal, names, notIntegersIn } from "kata/harness";
import type * as Stub from "../../katas/load-balancing/least-connections/stub.ts";
import {
  acquire,
  NaivePool,
  ninths,
  small,
  play,
  scripts,
  weights,
  type Pool,
} from "./least-connections.model.ts";

const TWELVE = Array.from("abcdefghijkl");

defineSpec<typeof Stub>("least-connections", ({ LeastConnections }, check) => {
  const build = (): Pool => new LeastConnections();
  const likeNaive = { subject: play(build), model: play(() => new NaivePool()) };
  /** Weighted backends that have all joined, in order. */
  const members = fc.record({ ids: names(1, 8), weights: fc.array(weights, { minLength: 8 }) });
  const join = (ids: readonly string[], loads: readonly number[]): Pool => {
    const pool = build();
    ids.forEach((id, i) => pool.add(id, loads[i]));
    return pool;
  };

  check.model(
    "matches-model",
    {
      rule: [1, 2, 3, 4, 5, 6],
      points: 40,
      runs: 150,
      examples: [
        // The table of the statement.
        {
          setup: ["a", "b"],
          steps: [call("add", "a", 1), call("add", "b", 2), ...[1, 2, 3, 4, 5, 6].map(acquire)],
        },
        // The last of twelve moves into the gap of the fifth, whose neighbours have to wait longer.
        {
          setup: TWELVE,
          steps: [
            ...TWELVE.map((id) => call("add", id)),
            acquire(1),
            call("remove", "b"),
            ...[2, 3, 4, 5].map(acquire),
            call("remove", "e"),
            ...[6, 7, 8, 9, 10, 11].map(acquire),
          ],
        },
      ],
    },
    fc.oneof(
      scripts(3, [{ acquire: 6, release: 4, add: 1, remove: 1 }]),
      scripts(2, [{ acquire: 9, release: 4 }], { least: 2, loads: ninths }),
      scripts(
        12,
        [
          { acquire: 5, release: 3 },
          { remove: 1, longest: 4 },
          { acquire: 1, longest: 12 },
        ],
        { least: 8, loads: small },
      ),
    ),
    likeNaive,
  );

  check.property(
    "balanced-without-release",
    { rule: 1, points: 15 },
    fc.record({ pool: members, count: fc.nat({ max: 100 }) }),
    ({ pool: { ids, weights }, count }) => {
      const pool = join(ids, weights);
      for (let i = 0; i < count; i += 1) pool.acquire();
      const entries = literal(ids.map((id, i) => [id, weights[i]]));
      const loads = ids.map((id, i) => ({ id, open: pool.active(id), weight: weights[i]! }));
      for (const { id, open, weight } of loads) {
        // Before its last connection came, none had less for its weight.
        const freer = loads.find((other) => (open - 1) * other.weight > other.open * weight);
        const what = `connections of ${literal(id)} after ${count} acquires from ${entries}`;
        const expected = `fewer than ${open}, as ${literal(freer?.id)} has ${freer?.open}`;
        holds(freer === undefined, what, expected, String(open));
      }
    },
  );

  check.property(
    "ties-rotate",
    { rule: [2, 3], points: 15, examples: [{ ids: ["a", "b"], weights: [1, 1] }] },
    members,
    ({ ids, weights }) => {
      const pool = join(ids, weights);
      const visited = Array.from({ length: 3 * ids.length }, () => {
        const lease = pool.acquire();
        lease?.release();
        return lease?.id;
      });
      equal(visited, [...ids, ...ids, ...ids], "the backends of leases that are released at once");
    },
  );

  // The model is the subject itself, whose leases are released once.
  check.model(
    "release-once",
    { rule: 3, points: 10 },
    scripts(4, [{ acquire: 4, release: 4, add: 1, remove: 1 }], { releaseTwice: false }),
    { subject: play(build, 3), model: play(build) },
  );

  check.model(
    "stale-lease-harmless",
    { rule: 4, points: 15 },
    scripts(2, [{ acquire: 3, release: 4, add: 2, remove: 2 }]),
    likeNaive,
  );

  let shared: Pool | undefined;
  const pool = (): Pool => {
    if (shared === undefined) (shared = join(["a"], [2])).acquire();
    return shared;
  };
  const bad = (id: string, weight: number, error: string) => ({
    call: `add(${literal(id)}, ${weight}) on a pool of "a", weight 2`,
    error,
    run: () => pool().add(id, weight),
    unchanged: () => [pool().size, pool().active("a"), pool().active(id)],
  });
  check.throws("bad-input", { rule: 6, points: 5 }, [
    ...notIntegersIn(1, 1_000).flatMap((weight) => [
      bad("b", weight, "RangeError"),
      bad("a", weight, "RangeError"),
    ]),
    bad("", 1, "TypeError"),
  ]);
});
