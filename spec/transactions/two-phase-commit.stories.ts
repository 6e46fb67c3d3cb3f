/** One node of two-phase commit on the bench: what comes from outside, and what can be seen of it. */
import fc from "fast-check";
import { keys, literal, wire, type Script, type Wire } from "kata/harness";
import type { CreateNode, Json, NodeId } from "kata/kit";
import type { Message, Options, Outcome } from "../../katas/transactions/two-phase-commit/stub.ts";

type CrashEffect = "send" | "commit" | "reply";

export type Does =
  | readonly ["begin" | "prepare", tx: string]
  | readonly ["vote", from: NodeId, tx: string, answer: "yes" | "no"]
  | readonly ["all vote yes", tx: string]
  | readonly ["inquire" | "ack", from: NodeId, tx: string]
  | readonly ["decision", tx: string, outcome: Outcome]
  | readonly ["wait", ms: number]
  | readonly ["crash and boot"];

/** From then on it dies after its nth effect of a kind, 0 for the next; and boots at once. */
export interface Step {
  readonly does: Does;
  readonly dieAfter?: readonly [effect: CrashEffect, nth: number];
}

export interface Setup {
  /** n0 coordinates, n1 takes part. */
  readonly node: "n0" | "n1";
  readonly nodes: number;
  readonly voteTimeoutMs: number;
  readonly retryMs: number;
  /** Transactions that n1 cannot commit. */
  readonly refuses: readonly string[];
}

/** A message, with its vote or outcome, and how often it was sent if more than once. */
export type Sent = readonly [to: NodeId, type: string, tx: string, ...more: (string | number)[]];

export function timesOf(sent: Sent): number {
  const last = sent.at(-1);
  return typeof last === "number" ? last : 1;
}

/** What could be seen of a step, the boot after a crash included. */
export interface Seen {
  /** No correct peer would do this now; it was left out. */
  readonly skipped?: boolean;
  readonly replies?: readonly (readonly [tx: string, outcome: Outcome])[];
  readonly decided?: readonly (readonly [tx: string, outcome: Outcome])[];
  readonly sent?: readonly Sent[];
  /** Decided more than once in one boot. */
  readonly twice?: readonly string[];
  readonly died?: boolean;
}

export function playOn(
  createNode: CreateNode<Options>,
  { node, nodes, voteTimeoutMs, retryMs, refuses }: Setup,
): (step: Step) => Seen {
  const canCommit = (tx: string): boolean => !refuses.includes(tx);
  const options: Options = { coordinator: "n0", voteTimeoutMs, retryMs, canCommit };
  const bench = wire(createNode, { nodes, node: node === "n0" ? 0 : 1, options }).boot();
  const txOf = new Map<string, string>();
  const peers = new Peers(nodes);
  return ({ does, dieAfter }) => {
    if (!peers.may(does)) return { skipped: true };
    const [replied, emitted] = [bench.replies.length, bench.outputs.length];
    if (dieAfter !== undefined) bench.crashOn(...dieAfter);
    perform(bench, does, txOf, peers);
    const died = !bench.isUp;
    if (died) bench.boot();
    const replies = bench.replies.slice(replied).map(({ ticket, value }) => {
      return [txOf.get(ticket) ?? ticket, (value as { outcome: Outcome }).outcome] as const;
    });
    const decided = bench.outputs.slice(emitted).map(({ out }) => decisionIn(out));
    const sent = counted(bench.takeSent().map(({ to, msg }) => said(to, msg as Message)));
    for (const message of sent) peers.hear(message);
    const twice = doubled(bench, emitted);
    return {
      ...(replies.length > 0 && { replies }),
      ...(decided.length > 0 && { decided }),
      ...(sent.length > 0 && { sent }),
      ...(twice.length > 0 && { twice }),
      ...(died && { died }),
    };
  };
}

function decisionIn(out: Json): readonly [string, Outcome] {
  const { tx, outcome } = out as { tx: string; outcome: Outcome };
  return [tx, outcome];
}

function doubled({ outputs }: Wire<Options>, from: number): string[] {
  return outputs.slice(from).flatMap(({ boot, out }, i) => {
    const [tx] = decisionIn(out);
    const before = outputs.slice(0, from + i);
    const isSecond = before.some((past) => past.boot === boot && decisionIn(past.out)[0] === tx);
    return isSecond ? [tx] : [];
  });
}

function said(to: NodeId, msg: Message): Sent {
  if (msg.type === "vote") return [to, "vote", msg.tx, msg.yes ? "yes" : "no"];
  return msg.type === "decision" ? [to, "decision", msg.tx, msg.outcome] : [to, msg.type, msg.tx];
}

function counted(all: readonly Sent[]): readonly Sent[] {
  const times = new Map<string, { sent: Sent; count: number }>();
  for (const sent of all) {
    const known = times.get(literal(sent)) ?? { sent, count: 0 };
    times.set(literal(sent), { sent, count: known.count + 1 });
  }
  return [...times.values()].map(({ sent, count }): Sent => (count > 1 ? [...sent, count] : sent));
}

/** The rest of the cluster. It keeps to the protocol: no vote is taken back, no outcome changed. */
class Peers {
  readonly #all: readonly NodeId[];
  readonly #votes = new Map<string, "yes" | "no">();
  readonly #begun = new Set<string>();
  readonly #told = new Set<string>();
  readonly #promised = new Set<string>();
  readonly #outcomes = new Map<string, Outcome>();

  constructor(nodes: number) {
    this.#all = Array.from({ length: nodes - 1 }, (_, i) => `n${i + 1}`);
  }

  may(does: Does): boolean {
    switch (does[0]) {
      case "begin":
        this.#begun.add(does[1]);
        return true;
      case "all vote yes":
        return this.#begun.has(does[1]);
      case "vote": {
        const [, from, tx, answer] = does;
        return this.#begun.has(tx) && this.vote(from, tx, answer) === answer;
      }
      case "ack":
        return this.#told.has(literal(does.slice(1)));
      case "decision": {
        const [, tx, outcome] = does;
        if (outcome === "commit" && !this.#promised.has(tx)) return false;
        if (!this.#outcomes.has(tx)) this.#outcomes.set(tx, outcome);
        return this.#outcomes.get(tx) === outcome;
      }
      default:
        return true;
    }
  }

  /** Their votes are what they were the first time. */
  vote(from: NodeId, tx: string, answer: "yes" | "no"): "yes" | "no" {
    const key = literal([from, tx]);
    const vote = this.#votes.get(key) ?? answer;
    this.#votes.set(key, vote);
    return vote;
  }

  voters(tx: string): readonly NodeId[] {
    return this.#all.filter((from) => this.vote(from, tx, "yes") === "yes");
  }

  hear([to, type, tx, what]: Sent): void {
    if (type === "decision") this.#told.add(literal([to, tx]));
    if (type === "vote" && what === "yes") this.#promised.add(tx);
  }
}

function perform(node: Wire<Options>, does: Does, txOf: Map<string, string>, peers: Peers): void {
  switch (does[0]) {
    case "begin": {
      // The ticket is known before the answer, which may come at once.
      const [type, tx] = does;
      txOf.set(node.request({ type, tx }), tx);
      return;
    }
    case "prepare":
      return void node.recv("n0", { type: "prepare", tx: does[1] });
    case "vote":
      return void node.recv(does[1], { type: "vote", tx: does[2], yes: does[3] === "yes" });
    case "all vote yes":
      for (const from of peers.voters(does[1])) {
        node.recv(from, { type: "vote", tx: does[1], yes: true });
      }
      return;
    case "inquire":
    case "ack":
      return void node.recv(does[1], { type: does[0], tx: does[2] });
    case "decision":
      return void node.recv("n0", { type: "decision", tx: does[1], outcome: does[2] });
    case "wait":
      return void node.advance(does[1]);
    case "crash and boot":
      return void node.crash();
  }
}

const crashes = fc.tuple(
  fc.constantFrom<CrashEffect>("send", "commit", "reply"),
  fc.constantFrom(0, 0, 1, 2),
);

/** A step before it is known how large the cluster is, and what the transactions are called. */
type Draft = (names: { txs: readonly string[]; nodes: number; retryMs: number }) => Does;

/** The first of two transactions, mostly. */
const which = fc.constantFrom(0, 0, 0, 1);
const whom = fc.nat(5);
const ofTx = (type: "begin" | "prepare" | "all vote yes"): fc.Arbitrary<Draft> =>
  which.map(
    (i): Draft =>
      ({ txs }) =>
        [type, txs[i] ?? ""] as const,
  );
const from = (i: number, nodes: number): NodeId => `n${1 + (i % (nodes - 1))}`;
const ofPeer = (type: "inquire" | "ack"): fc.Arbitrary<Draft> =>
  fc.tuple(whom, which).map(([peer, i]): Draft => {
    return ({ txs, nodes }) => [type, from(peer, nodes), txs[i] ?? ""];
  });
const votes = fc
  .tuple(whom, which, fc.constantFrom("yes", "yes", "yes", "no"))
  .map(([peer, i, answer]): Draft => {
    return ({ txs, nodes }) => ["vote", from(peer, nodes), txs[i] ?? "", answer];
  });
const waits = (...all: (number | "retryMs")[]): fc.Arbitrary<Draft> =>
  fc.constantFrom(...all).map((ms): Draft => {
    return ({ retryMs }) => ["wait", ms === "retryMs" ? retryMs : ms];
  });
const restarts = fc.constant<Draft>(() => ["crash and boot"]);

function scripts(
  node: Setup["node"],
  draft: fc.Arbitrary<Draft>,
  { dies, refuses, nodes }: { dies: boolean; refuses: boolean; nodes: readonly number[] },
): fc.Arbitrary<Script<Setup, Step>> {
  const lives = fc.constant(undefined);
  const dieAfter = dies ? fc.oneof(lives, lives, crashes) : lives;
  return fc
    .record({
      nodes: fc.constantFrom(...nodes),
      timing: fc.constantFrom(
        { voteTimeoutMs: 300, retryMs: 100 },
        { voteTimeoutMs: 500, retryMs: 70 },
      ),
      txs: fc.uniqueArray(keys(), { minLength: 2, maxLength: 2 }),
      cannot: refuses ? fc.constantFrom(0, 1, 2) : fc.constant(0),
      begins: node === "n0" ? fc.boolean() : fc.constant(false),
      drafts: fc.array(fc.record({ draft, dieAfter }), {
        minLength: 1,
        maxLength: 16,
        size: "max",
      }),
    })
    .map(({ nodes: size, timing, txs, cannot, begins, drafts }) => {
      const setup: Setup = { node, nodes: size, ...timing, refuses: txs.slice(0, cannot) };
      const first: Step[] = begins ? [{ does: ["begin", txs[0] ?? ""] }] : [];
      const steps = drafts.map((step): Step => {
        const does = step.draft({ txs, nodes: size, retryMs: timing.retryMs });
        return step.dieAfter === undefined ? { does } : { does, dieAfter: step.dieAfter };
      });
      return { setup, steps: [...first, ...steps] };
    });
}

/** n0 coordinates; the spec plays its participants and clients. */
export function coordinatorScripts(dies: boolean): fc.Arbitrary<Script<Setup, Step>> {
  const draft = fc.oneof(
    { weight: 4, arbitrary: ofTx("begin") },
    { weight: 2, arbitrary: ofTx("all vote yes") },
    { weight: 5, arbitrary: votes },
    { weight: 2, arbitrary: ofPeer("inquire") },
    { weight: 2, arbitrary: ofPeer("ack") },
    { weight: 2, arbitrary: waits("retryMs", 1, 299, 1_000) },
    ...(dies ? [{ weight: 2, arbitrary: restarts }] : []),
  );
  return scripts("n0", draft, { dies, refuses: false, nodes: [3, 2, 4, 7] });
}

/** n1 takes part; the spec plays its coordinator, which never contradicts itself. */
export function participantScripts(
  outcomes: readonly Outcome[],
  refuses: boolean,
): fc.Arbitrary<Script<Setup, Step>> {
  const decisions = fc.tuple(which, fc.constantFrom(...outcomes)).map(([i, outcome]): Draft => {
    return ({ txs }) => ["decision", txs[i] ?? "", outcome];
  });
  const draft = fc.oneof(
    { weight: 4, arbitrary: ofTx("prepare") },
    { weight: 2, arbitrary: decisions },
    { weight: 3, arbitrary: waits("retryMs", 10_000) },
    { weight: 2, arbitrary: restarts },
  );
  return scripts("n1", draft, { dies: true, refuses, nodes: [3, 2] });
}
