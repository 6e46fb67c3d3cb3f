/** What the spec of `leader-election` watches: the rules, as invariants over what all can see. */
import type { Invariant, PlannedOp, TraceEvent, World } from "kata/harness";
import type {
  Answer,
  Options,
  Output,
  Request,
} from "../../katas/consensus/leader-election/stub.ts";

export const options: Options = { maxDelay: 40, heartbeatEvery: 100 };

/** Rule 4: so long after the last crash or boot all is settled, in ms. */
export const SETTLE_MS = 10 * options.maxDelay + 5 * options.heartbeatEvery;

/** A question to everybody at the end, so that a node that has fallen silent is looked at too. */
export function lastWords(endsAt: number, nodes = 7): PlannedOp<Request>[] {
  const ask = (node: number): PlannedOp<Request> => {
    return { at: endsAt - 20, client: node, node, req: { type: "leader" } };
  };
  return Array.from({ length: nodes }, (_, node) => ask(node));
}

const CHANGES = ["crash", "boot"] as const;
const isChange = ({ kind }: TraceEvent): boolean => kind === "crash" || kind === "boot";

/** Whom each node follows by its outputs, in its current boot. */
class Followed {
  readonly #last = new Map<string, { readonly boot: number; readonly leader: string }>();

  hear({ node, data }: TraceEvent, world: World): void {
    this.#last.set(node, { boot: world.bootOf(node), leader: (data as Output).leader });
  }

  by(node: string, world: World): string | undefined {
    const last = this.#last.get(node);
    return last?.boot === world.bootOf(node) ? last.leader : undefined;
  }
}

function highestUp(world: World): string {
  return world.nodeIds.findLast((node) => world.isUp(node)) ?? "nobody";
}

/** Once settled, each that is up follows the highest of them: looked at whenever it does something. */
export const settles: Invariant = {
  name: `${SETTLE_MS} ms after the last crash or boot all follow the highest node that is up`,
  on: [...CHANGES, "emit", "send", "timer", "request"],
  start: () => {
    const followed = new Followed();
    let changedAt = 0;
    return (event, world) => {
      const { at, kind, node } = event;
      if (isChange(event)) {
        changedAt = at;
        return undefined;
      }
      const whom = followed.by(node, world) ?? "nobody";
      if (kind === "emit") followed.hear(event, world);
      if (at <= changedAt + SETTLE_MS) return undefined;
      const highest = highestUp(world);
      if (whom === highest) return undefined;
      return `${node} follows ${whom}; the highest node up since ${changedAt} ms is ${highest}`;
    };
  },
};

/** Once settled, nobody says anything new. */
export const staysSilent: Invariant = {
  name: `no output later than ${SETTLE_MS} ms after the last crash or boot`,
  on: [...CHANGES, "emit"],
  start: () => {
    let changedAt = 0;
    return (event) => {
      if (isChange(event)) changedAt = event.at;
      else if (event.at > changedAt + SETTLE_MS) {
        const { leader } = event.data as Output;
        const since = event.at - changedAt;
        return `${event.node} tells that it follows ${leader}, ${since} ms after the last crash or boot`;
      }
      return undefined;
    };
  },
};

export const neverLower: Invariant = {
  name: "nobody follows a node with a lower id",
  on: ["emit"],
  start:
    () =>
    ({ node, data }) => {
      const { leader } = data as Output;
      return leader < node ? `${node} follows ${leader}, which is lower` : undefined;
    },
};

/** Whoever has been up for long enough is asked, or known, before somebody below it leads. */
export const passesNobodyOver: Invariant = {
  name: `nobody leads over a higher node that has been up for ${SETTLE_MS} ms`,
  on: [...CHANGES, "emit"],
  start: () => {
    const bootedAt = new Map<string, number>();
    return ({ at, kind, node, data }, world) => {
      if (kind === "boot") bootedAt.set(node, at);
      if (kind !== "emit" || (data as Output).leader !== node) return undefined;
      const above = world.nodeIds.filter((other) => other > node && world.isUp(other));
      const passed = above.find((other) => at - (bootedAt.get(other) ?? 0) >= SETTLE_MS);
      if (passed === undefined) return undefined;
      return `${node} leads, and ${passed} has been up since ${bootedAt.get(passed) ?? 0} ms`;
    };
  },
};

/** Outputs of one boot differ from the one before; answers are the last output, or null before all is settled. */
export const answersAgree: Invariant = {
  name: "answers agree with outputs",
  on: [...CHANGES, "emit", "reply"],
  start: () => {
    const followed = new Followed();
    let changedAt = 0;
    return (event, world) => {
      const { node, data, at, kind } = event;
      if (isChange(event)) {
        changedAt = at;
        return undefined;
      }
      const told = followed.by(node, world);
      if (kind === "emit") {
        followed.hear(event, world);
        const { leader } = data as Output;
        return leader === told ? `${node} tells twice that it follows ${leader}` : undefined;
      }
      const { leader } = data as Answer;
      if (leader === null && at > changedAt + SETTLE_MS) {
        return `${node} answers that it knows no leader, ${at - changedAt} ms after the last crash or boot`;
      }
      if (leader === null || leader === told) return undefined;
      return `${node} answers that it follows ${leader}; its last output is ${told ?? "none"}`;
    };
  },
};

const WINDOW_MS = 10_000;

/** Few messages until all is settled, and hardly more than heartbeats in the 10 s after it. */
export const isQuiet: Invariant = {
  name: "few messages",
  on: [...CHANGES, "send"],
  start: () => {
    let changedAt = 0;
    const early = new Tally();
    let late = new Tally();
    return (event, { nodeIds }) => {
      const { at, node, peer, data } = event;
      if (isChange(event)) {
        changedAt = at;
        late = new Tally();
      }
      if (isChange(event) || node === peer) return undefined;
      const n = nodeIds.length;
      const settledAt = changedAt + SETTLE_MS;
      if (at <= settledAt) {
        early.add(data);
        const most = 3 * n * n + 10 * n;
        if (early.count <= most) return undefined;
        return `${n} nodes send more than ${most} messages before they are settled: ${early.text}`;
      }
      if (at > settledAt + WINDOW_MS) return undefined;
      late.add(data);
      const most = (2 * (n - 1) * WINDOW_MS) / options.heartbeatEvery;
      if (late.count <= most) return undefined;
      const when = `in ${at - settledAt} of the 10,000 ms after they are settled`;
      return `${n} nodes send more than ${most} messages ${when}: ${late.text}`;
    };
  },
};

/** Messages by type, as far as they have one. */
class Tally {
  count = 0;
  readonly #byType = new Map<string, number>();

  add(message: unknown): void {
    this.count += 1;
    const { type } = (message ?? {}) as { type?: unknown };
    const name = typeof type === "string" ? type : "without a type";
    this.#byType.set(name, (this.#byType.get(name) ?? 0) + 1);
  }

  get text(): string {
    const most = [...this.#byType].toSorted(([, a], [, b]) => b - a).slice(0, 4);
    return most.map(([type, count]) => `${count} ${type}`).join(", ");
  }
}
