/**
 * @bug Keeps the ballots of all clusters in one variable of the module.
 * @killedBy commits-when-healthy, terminates
 */
import type { NodeContext, NodeHandlers, NodeId } from "kata/kit";
import type {
  Message,
  Options,
  Outcome,
  Output,
  Request,
} from "../../../../katas/transactions/two-phase-commit/stub.ts";

/** What the coordinator keeps of a transaction for ever. */
interface Decided {
  readonly outcome: Outcome;
  /** Nobody has to be told any more. */
  readonly isDone: boolean;
}

/** A vote under way. A crash of the coordinator ends it: then nothing was decided. */
interface Ballot {
  readonly tickets: string[];
  readonly missing: Set<NodeId>;
  readonly timer: number;
}

const BALLOTS = new Map<string, Ballot>();

class Coordinator implements NodeHandlers<Message, Request> {
  readonly #ctx: NodeContext<Message, Output>;
  readonly #options: Options;
  /** Who has not confirmed the commit of a transaction. */
  readonly #unconfirmed = new Map<string, Set<NodeId>>();

  constructor(ctx: NodeContext<Message, Output>, options: Options) {
    this.#ctx = ctx;
    this.#options = options;
  }

  onStart(): void {
    for (const tx of this.#ctx.storage.keys()) {
      const decided = this.#ctx.storage.get<Decided>(tx);
      if (decided?.isDone === false) this.#commit(tx);
    }
  }

  onRequest(ticket: string, { tx }: Request): void {
    const outcome = this.#outcomeOf(tx);
    const ballot = BALLOTS.get(tx);
    if (outcome !== undefined) this.#ctx.reply(ticket, { outcome });
    else if (ballot !== undefined) ballot.tickets.push(ticket);
    else this.#begin(ticket, tx);
  }

  onMessage(from: NodeId, message: Message): void {
    const { tx } = message;
    switch (message.type) {
      case "vote":
        return this.#count(from, tx, message.yes);
      case "ack":
        return this.#confirm(from, tx);
      case "inquire": {
        if (BALLOTS.has(tx)) return;
        const outcome = this.#outcomeOf(tx) ?? this.#presumeAbort(tx);
        return this.#ctx.send(from, { type: "decision", tx, outcome });
      }
      case "prepare":
      case "decision":
        // Only the coordinator says these.
        return;
    }
  }

  /** Votes are due, or a commit is not confirmed by all. */
  onTimer(tx: string): void {
    if (BALLOTS.has(tx)) this.#decide(tx, "abort");
    else this.#tellCommit(tx);
  }

  #outcomeOf(tx: string): Outcome | undefined {
    return this.#ctx.storage.get<Decided>(tx)?.outcome;
  }

  #begin(ticket: string, tx: string): void {
    const timer = this.#ctx.setTimer(this.#options.voteTimeoutMs, tx);
    BALLOTS.set(tx, { tickets: [ticket], missing: new Set(this.#ctx.peers), timer });
    for (const participant of this.#ctx.peers) this.#ctx.send(participant, { type: "prepare", tx });
  }

  #count(from: NodeId, tx: string, yes: boolean): void {
    const ballot = BALLOTS.get(tx);
    if (ballot === undefined) return;
    if (!yes) return this.#decide(tx, "abort");
    ballot.missing.delete(from);
    if (ballot.missing.size === 0) this.#decide(tx, "commit");
  }

  #decide(tx: string, outcome: Outcome): void {
    const ballot = BALLOTS.get(tx);
    BALLOTS.delete(tx);
    this.#record(tx, outcome);
    if (ballot !== undefined) {
      this.#ctx.cancelTimer(ballot.timer);
      for (const ticket of ballot.tickets) this.#ctx.reply(ticket, { outcome });
    }
    // Nobody needs to confirm an abort: whoever misses it asks, and is told.
    if (outcome === "commit") this.#commit(tx);
    else this.#send(this.#ctx.peers, tx, "abort");
  }

  #presumeAbort(tx: string): Outcome {
    this.#record(tx, "abort");
    return "abort";
  }

  #record(tx: string, outcome: Outcome): void {
    const decided: Decided = { outcome, isDone: outcome === "abort" };
    this.#ctx.storage.set(tx, decided);
    this.#ctx.emit({ type: "decided", tx, outcome });
  }

  #commit(tx: string): void {
    this.#unconfirmed.set(tx, new Set(this.#ctx.peers));
    this.#tellCommit(tx);
  }

  #tellCommit(tx: string): void {
    const waiting = this.#unconfirmed.get(tx);
    if (waiting === undefined) return;
    this.#send(waiting, tx, "commit");
    this.#ctx.setTimer(this.#options.retryMs, tx);
  }

  #confirm(from: NodeId, tx: string): void {
    const waiting = this.#unconfirmed.get(tx);
    if (waiting?.delete(from) !== true || waiting.size > 0) return;
    this.#unconfirmed.delete(tx);
    const decided: Decided = { outcome: "commit", isDone: true };
    this.#ctx.storage.set(tx, decided);
  }

  #send(participants: Iterable<NodeId>, tx: string, outcome: Outcome): void {
    for (const participant of participants) {
      this.#ctx.send(participant, { type: "decision", tx, outcome });
    }
  }
}

class Participant implements NodeHandlers<Message, Request> {
  readonly #ctx: NodeContext<Message, Output>;
  readonly #options: Options;
  /** Voted yes, and not told yet. */
  readonly #uncertain = new Set<string>();

  constructor(ctx: NodeContext<Message, Output>, options: Options) {
    this.#ctx = ctx;
    this.#options = options;
  }

  onStart(): void {
    for (const tx of this.#ctx.storage.keys()) {
      if (this.#ctx.storage.get(tx) === "prepared") this.#await(tx);
    }
  }

  onMessage(from: NodeId, message: Message): void {
    if (message.type === "prepare") this.#vote(from, message.tx);
    if (message.type === "decision") this.#decide(from, message.tx, message.outcome);
  }

  onTimer(tx: string): void {
    if (!this.#uncertain.has(tx)) return;
    this.#ctx.send(this.#options.coordinator, { type: "inquire", tx });
    this.#ctx.setTimer(this.#options.retryMs, tx);
  }

  #vote(coordinator: NodeId, tx: string): void {
    if (this.#ctx.storage.get(tx) === undefined) {
      if (this.#options.canCommit(tx, this.#ctx.id)) {
        this.#ctx.storage.set(tx, "prepared");
        this.#await(tx);
      } else this.#record(tx, "abort");
    }
    const yes = this.#ctx.storage.get(tx) !== "abort";
    this.#ctx.send(coordinator, { type: "vote", tx, yes });
  }

  #decide(coordinator: NodeId, tx: string, outcome: Outcome): void {
    if (this.#ctx.storage.get(tx) !== outcome) this.#record(tx, outcome);
    this.#uncertain.delete(tx);
    this.#ctx.send(coordinator, { type: "ack", tx });
  }

  #record(tx: string, outcome: Outcome): void {
    this.#ctx.storage.set(tx, outcome);
    this.#ctx.emit({ type: "decided", tx, outcome });
  }

  #await(tx: string): void {
    this.#uncertain.add(tx);
    this.#ctx.setTimer(this.#options.retryMs, tx);
  }
}

export function createNode(
  ctx: NodeContext<Message, Output>,
  options: Options,
): NodeHandlers<Message, Request> {
  return ctx.id === options.coordinator
    ? new Coordinator(ctx, options)
    : new Participant(ctx, options);
}
