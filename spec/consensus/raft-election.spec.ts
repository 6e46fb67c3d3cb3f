/** Judges `raft-election`. Rules are those of katas/consensus/raft-election/README.md. */
import fc from "fast-check";
import {
  arbScenario,
  calm,
  defineSpec,
  equal,
  holds,
  simulate,
  wire,
  within,
  type Wire,
} from "kata/harness";
import type * as Stub from "../../katas/consensus/raft-election/stub.ts";
import {
  HEAL_MS,
  askedTwice,
  knowsLeader,
  noLateLeader,
  oneLeader,
  oneLeaderAtAll,
  splitVote,
  staysElected,
  withDeath,
  type Death,
} from "./raft-election.stories.ts";
import { NaiveNode, playOn, scripts } from "./raft-election.model.ts";
import { TWO_LEADERS } from "./raft-election.witnesses.ts";

const options: Stub.Options = { electionMin: 150, electionMax: 300, heartbeat: 50 };
const status = { type: "status" as const };

/** The spec's peers agree to every round before the vote, so that such a round is no hurdle. */
const peers = (msg: unknown): unknown => {
  const { type, term } = msg as { type: string; term: number };
  return type === "preVote" ? { type: "preVoteReply", term, granted: true } : undefined;
};

/** When n0 dies after a vote: later, or right after so many commits or messages more. */
type Dies = readonly ["later"] | readonly ["commit" | "send", nth: number];
/** A vote that no crash may wipe out: one that has been told, and those that are just being told. */
const DEATHS: readonly { term: number; dies: Dies; first: "n0" | "n1" }[] = [
  { term: 1, dies: ["later"], first: "n1" },
  { term: 1, dies: ["send", 0], first: "n1" },
  { term: 1, dies: ["send", 0], first: "n0" },
];

const firstElection = calm<Stub.Request>({
  nodes: 3,
  lengthMs: 400,
  base: 10,
  ops: [{ at: 350, client: 0, node: 1, req: status }],
});

defineSpec<typeof Stub>("raft-election", ({ createNode }, check) => {
  check.example(firstElection, { createNode, options });

  const bench = (nodes: number, seed = 1, own = options): Wire<Stub.Options> =>
    wire(createNode, { nodes, options: own, seed, peers }).boot();
  const statusOf = (node: Wire<Stub.Options>): Stub.Status => node.ask(status) as Stub.Status;
  /** Takes what was sent of one type. */
  const take = <T extends Stub.Message["type"]>(node: Wire<Stub.Options>, type: T) =>
    node
      .takeSent()
      .filter(({ msg }) => (msg as Stub.Message).type === type)
      .map(({ at, to, msg }) => ({ at, to, msg: msg as Extract<Stub.Message, { type: T }> }));
  /** Lets time pass until it stands, and returns when that was. */
  const stands = (node: Wire<Stub.Options>, { electionMax } = options): number | undefined => {
    node.takeSent();
    for (let ms = 0; ms <= electionMax; ms += 1) {
      const [asked] = take(node.advance(ms === 0 ? 0 : 1), "requestVote");
      if (asked !== undefined) return asked.at;
    }
    const what = `what n0, in term ${statusOf(node).term}, does when it hears nobody`;
    holds(false, what, `it stands within ${electionMax} ms`, "it does not");
    return undefined;
  };

  check.simulation(
    "one-leader-per-term",
    { rule: [1, 2, 3, 6], points: 30, runs: 600, examples: TWO_LEADERS },
    arbScenario({
      nodes: [3, 4],
      // Latencies near the timers, many copies, crashes tied to what a node does.
      profile: {
        like: "hostile",
        base: [30, 100],
        jitter: [30, 300],
        drop: [0, 200],
        dup: [100, 900],
        crash: [0, 200],
        down: [1, 40],
      },
    }),
    { createNode, options, invariants: [oneLeader] },
  );

  check.property(
    "vote-survives-restart",
    { rule: [1, 3, 8], points: 15, runs: 300, examples: DEATHS },
    fc.record({
      term: fc.integer({ min: 1, max: 9 }),
      dies: fc.oneof(
        fc.constant<Dies>(["later"]),
        fc.tuple(fc.constantFrom("commit" as const, "send" as const), fc.nat(1)),
      ),
      first: fc.constantFrom("n1" as const, "n0" as const),
    }),
    ({ term, dies, first }) => {
      const node = bench(3);
      const votesFor = (candidate: string, at: number): boolean => {
        node.takeSent();
        node.recv(candidate, { type: "requestVote", term: at, candidate });
        return take(node, "vote").some(({ msg }) => msg.granted && msg.term === at);
      };
      if (dies[0] !== "later") node.crashOn(dies[0], dies[1]);
      let voteTerm = term;
      let isTold: boolean;
      if (first === "n0") {
        // It votes for itself by standing, and every requestVote that leaves tells of it.
        node.recv("n1", { type: "appendReply", term, ok: false });
        if (!node.isUp) node.boot();
        voteTerm = statusOf(node).term + 1;
        for (let ms = 0; node.isUp && ms < options.electionMax; ms += 1) {
          node.advance(1);
          if (node.sent.some(({ msg }) => (msg as Stub.Message).type === "requestVote")) break;
        }
        isTold = take(node, "requestVote").length > 0;
      } else isTold = votesFor(first, term);
      if (dies[0] === "later") equal(isTold, true, `whether n0 votes for ${first}`);
      const granted: string[] = isTold ? [first] : [];
      // A rival first: a vote for the same one again would hide that the first was forgotten.
      for (const candidate of first === "n1" ? ["n2", "n1", "n2"] : ["n1", "n2", "n1"]) {
        if (node.isUp) node.crash();
        node.boot();
        const past = `after a vote for ${granted[0] ?? "nobody"} in term ${voteTerm} and a crash`;
        if (isTold) equal(statusOf(node).term, voteTerm, `the term of n0 ${past}`);
        const isGranted = votesFor(candidate, voteTerm);
        const mayGrant = granted.length === 0 || granted[0] === candidate;
        if (isGranted && !mayGrant) {
          equal("granted", "refused", `the answer of n0 to ${candidate} in that term, ${past}`);
        }
        if (isGranted) granted[0] = candidate;
        else if (granted[0] === candidate) {
          equal("refused", "granted", `the answer of n0 to ${candidate} again, ${past}`);
        }
      }
    },
  );

  check.model("term-rules", { rule: [2, 3, 4, 5, 6, 7, 8], points: 15, runs: 400 }, scripts, {
    subject: ({ nodes, ...own }) => playOn(bench(nodes, 1, own)),
    model: (setup) => {
      const node = new NaiveNode(setup);
      return (step) => node.play(step);
    },
  });

  check.property(
    "counts-distinct",
    { rule: 6, points: 10 },
    fc.record({
      nodes: fc.integer({ min: 1, max: 7 }),
      times: fc.integer({ min: 1, max: 5 }),
      stoodBefore: fc.boolean(),
      seed: fc.nat(1_000),
    }),
    ({ nodes, times, stoodBefore, seed }) => {
      const node = bench(nodes, seed);
      const others = Array.from({ length: nodes - 1 }, (_, i) => `n${i + 1}`);
      const needed = Math.floor(nodes / 2);
      const granting = others.slice(0, needed);
      const vote = (from: string, term: number, granted: boolean): void => {
        for (let i = 0; i < times; i += 1) node.recv(from, { type: "vote", term, granted });
      };
      const leads = (term: number, what: string): void => {
        equal(
          node.outputs.map(({ out }) => out),
          [{ type: "leader", term }],
          `the outputs of n0 of ${nodes}, ${what}`,
        );
      };
      if (nodes === 1) {
        node.advance(options.electionMax);
        return leads(1, "which is alone");
      }
      stands(node);
      // All but one of the votes it needs, from others, in a term that comes to nothing.
      if (stoodBefore)
        for (const peer of others.slice(others.length + 1 - needed)) vote(peer, 1, true);
      if (stoodBefore) stands(node);
      const term = stoodBefore ? 2 : 1;
      if (stoodBefore) for (const peer of others) vote(peer, 1, true);
      for (const peer of others.slice(needed)) vote(peer, term, false);
      for (const peer of granting.slice(1)) vote(peer, term, true);
      const had = `with ${needed} of the ${needed + 1} votes of term ${term} that it needs`;
      equal(node.outputs, [], `the outputs of n0 of ${nodes}, ${had}`);
      equal(statusOf(node), { term, role: "candidate", leader: null }, `the status of n0, ${had}`);
      node.takeSent();
      vote(granting[0] ?? "", term, true);
      const beats = take(node, "appendEntries").filter(({ msg }) => msg.term === term);
      const told = new Set(beats.map(({ to }) => to));
      equal(told.size, others.length, "how many peers a new leader tells at once");
      for (const peer of others) vote(peer, term, true);
      node.advance(3 * options.heartbeat);
      leads(term, `with votes of all of ${granting.join(", ")}`);
    },
  );

  check.simulation<Stub.Request, Death | null, Stub.Options>(
    "elects-and-stays",
    { rule: [2, 4, 5, 6, 7, 10], points: 20, runs: 40, examples: [splitVote] },
    arbScenario<Stub.Request, Death | null>({
      nodes: [3, 5, 4, 1, 2],
      profile: { like: "weather", length: HEAL_MS, settle: 13_100 },
      ops: fc.constant(askedTwice),
      faults: ["crashOn", "crash", "cut"],
      maxFaults: 4,
      setup: fc.option(fc.record({ node: fc.nat(4), at: fc.integer({ min: 2_000, max: 2_999 }) })),
    }).map((scenario) => withDeath(scenario)),
    {
      createNode,
      options,
      invariants: [oneLeader, knowsLeader, noLateLeader],
      live: staysElected,
    },
  );

  check.simulation(
    "calm-stability",
    { rule: [4, 5, 6, 10], points: 5, runs: 30 },
    arbScenario({
      nodes: [3, 5, 1, 2, 4, 7],
      profile: { like: "calm", base: [1, 20], settle: 10_000 },
    }),
    {
      createNode,
      options,
      invariants: [oneLeaderAtAll],
      check: ({ outputs }) => equal(outputs.length, 1, "how many leaders there are in 10 calm s"),
    },
  );

  check.vector(
    "random-timers",
    { rule: 5, points: 5 },
    [
      { nodes: 3, ...options },
      { nodes: 5, ...options },
      { nodes: 3, electionMin: 400, electionMax: 1_000, heartbeat: 60 },
    ],
    ({ nodes, ...own }) => {
      // No sixth stays empty in 200 draws, but for 6 (5/6)^200 = 1e-15.
      const node = bench(nodes, nodes, own);
      const sixths = new Set<number>();
      let last = 0;
      for (let round = 0; round < 200; round += 1) {
        const at = stands(node, own) ?? 0;
        const waited = at - last;
        last = at;
        const { electionMin: least, electionMax: most } = own;
        within(
          waited,
          least,
          most,
          `ms until n0, which hears nobody, stands for term ${round + 1}`,
        );
        sixths.add(Math.min(5, Math.floor((6 * (waited - least)) / (most - least))));
      }
      equal(sixths.size, 6, "sixths of the range in which 200 timers ended");
      // A uniform timer misses one seed with a chance below 1e-5, and three of 40 below 1e-10.
      const waits = Array.from({ length: 40 }, (_, seed) =>
        calm({ nodes, lengthMs: 10 * own.electionMax, base: 10, seed }),
      ).filter((scenario) => simulate(scenario, createNode, { options: own }).outputs.length === 0);
      const ms = 10 * own.electionMax;
      within(waits.length, 0, 2, `seeds of 40 at which ${nodes} nodes find no leader in ${ms} ms`);
    },
  );
});
