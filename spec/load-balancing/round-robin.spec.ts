/** Judges `round-robin`. Rules are those of katas/load-balancing/round-robin/README.md. */
import fc from "fast-check";
import { call, defineSpec, equal, literal, names, perform, throws } from "kata/harness";
import type * as Stub from "../../katas/load-balancing/round-robin/stub.ts";
import {
  everyoneInEachWindow,
  inTurn,
  likeSet,
  membersOnly,
  newcomersSoon,
  pick,
  script,
  scripts,
  type Setup,
  type Step,
} from "./round-robin.model.ts";

defineSpec<typeof Stub>("round-robin", ({ RoundRobin }, check) => {
  const subject = (ids: Setup) => {
    const pool = new RoundRobin(ids);
    return (step: Step) => perform(pool, step);
  };

  check.property(
    "cycle-order",
    { rule: 1, points: 25 },
    fc.record({ ids: names(1, 12), count: fc.integer({ min: 1, max: 60 }) }),
    ({ ids, count }) => {
      const pool = new RoundRobin(ids);
      const picks = Array.from({ length: count }, () => pool.pick());
      const expected = Array.from({ length: count }, (_, k) => ids[k % ids.length]);
      equal(picks, expected, `${count} picks from new RoundRobin(${literal(ids)})`);
    },
  );

  check.referee("fair-window", { rule: 2, points: 20 }, scripts(5, 8), {
    subject,
    referee: everyoneInEachWindow,
  });

  const [a, b, c] = ["a", "b", "c"];
  const removeA = call("remove", a);
  const removeB = call("remove", b);
  check.referee(
    "survivors-keep-order",
    {
      rule: [1, 3, 5],
      points: 25,
      runs: 200,
      // The table of the statement, and the member behind the cursor that leaves.
      examples: [
        script([a, b, c], pick, pick, pick, pick, removeA, pick, pick, pick, pick),
        script([a, b, c], pick, pick, removeB, pick, pick),
      ],
    },
    scripts(5, 4),
    { subject, referee: inTurn },
  );

  check.referee(
    "newcomer-soon",
    {
      rule: 4,
      points: 10,
      examples: [script([a, b], pick, removeB, pick, call("add", b), pick, pick)],
    },
    scripts(4, 6),
    { subject, referee: newcomersSoon },
  );

  check.referee("removed-never-picked", { rule: 5, points: 10, runs: 150 }, scripts(4, 3), {
    subject,
    referee: membersOnly,
  });

  check.referee(
    "empty-and-duplicates",
    { rule: [1, 6, 7], points: 10, runs: 150 },
    fc
      .record({ script: scripts(4, 2), empty: fc.nat({ max: 30 }), twice: fc.boolean() })
      .map(({ script: { setup, steps }, empty, twice }) => {
        // Here and there a call with an empty id.
        const bad = call(empty % 2 === 0 ? "add" : "remove", "");
        const all = [...steps.slice(0, empty), bad, ...steps.slice(empty)];
        return { setup: twice ? [...setup, ...setup] : setup, steps: all };
      }),
    {
      // A second pool, without the calls that change nothing, must give the same picks.
      subject: (setup) => {
        const [ids, bad] = [[...setup], [...setup, ""]];
        throws(() => new RoundRobin(bad), "TypeError", `new RoundRobin(${literal(bad)})`);
        const pool = new RoundRobin(ids);
        ids.fill("changed after the construction");
        const unique = new Set(setup);
        const spared = unique.size === 0 ? new RoundRobin() : new RoundRobin(unique.values());
        return (step) => {
          if (step.args[0] === "") {
            throws(() => perform(pool, step), "TypeError", step.text);
            return { returned: "TypeError", size: pool.size };
          }
          const before = pool.size;
          const returned = perform(pool, step);
          const isPick = step.method === "pick" && before > 0;
          if (isPick || returned === true) {
            const what = `${step.text}, against a pool without the calls that change nothing`;
            equal(returned, perform(spared, step), what);
          }
          return { returned, size: pool.size };
        };
      },
      referee: likeSet,
    },
  );
});
