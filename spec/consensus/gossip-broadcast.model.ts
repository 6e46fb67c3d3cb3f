/** The networks and the rules that gossip is judged by. */
import type { Invariant, Scenario } from "kata/harness";
import type * as Stub from "../../katas/consensus/gossip-broadcast/stub.ts";

export const TOPOLOGIES = ["line", "ring", "star", "tree", "grid", "complete"] as const;
export type Topology = (typeof TOPOLOGIES)[number];

/** Faults end here, in ms. */
export const HEAL_MS = 2_000;
/** By now, in ms, every value is everywhere. */
export const SPREAD_MS = HEAL_MS + 20_000;

const NEWS = ["invoke", "emit", "boot", "crash", "lost", "dead"] as const;
const QUIET_AFTER_MS = 3_000;
const WINDOW_MS = 10_000;
/** Messages from one node to one neighbour in a window. */
const MOST_SENT = 44;

export function optionsOf({
  nodes,
  setup = "line",
}: {
  readonly nodes: number;
  readonly setup?: Topology | undefined;
}): Stub.Options {
  const neighbours: Record<string, string[]> = {};
  for (let node = 0; node < nodes; node += 1) {
    neighbours[`n${node}`] = Array.from({ length: nodes }, (_, other) => other)
      .filter((other) => other !== node && isLinked(setup, nodes, node, other))
      .map((other) => `n${other}`);
  }
  return { neighbours };
}

function isLinked(topology: Topology, nodes: number, one: number, other: number): boolean {
  const [a, b] = one < other ? [one, other] : [other, one];
  switch (topology) {
    case "line":
      return b === a + 1;
    case "ring":
      return b === a + 1 || (a === 0 && b === nodes - 1);
    case "star":
      return a === 0;
    case "tree":
      return a === (b - 1) >> 1;
    case "grid":
      return b === a + 3 || (b === a + 1 && b % 3 !== 0);
    case "complete":
      return true;
  }
}

/** Each node is asked at the end what it knows. */
export function withLastReads<S extends { nodes: number; ops: readonly object[] }>(
  scenario: S,
  at = SPREAD_MS,
): S {
  const reads = Array.from({ length: scenario.nodes }, (_, node) => {
    return { at, client: 10 + node, node, req: { type: "read" } };
  });
  return { ...scenario, ops: [...scenario.ops, ...reads] };
}

/** What a last read says, judged as it is answered. */
function onLastReads(
  name: string,
  start: () => (
    node: string,
    values: ReadonlySet<number>,
    world: Parameters<ReturnType<Invariant["start"]>>[1],
  ) => string | undefined,
): Invariant {
  return {
    name,
    on: ["reply"],
    start: () => {
      const judge = start();
      return ({ at, node, data }, world) => {
        const values = at < HEAL_MS ? undefined : (data as { values?: number[] }).values;
        return Array.isArray(values) ? judge(node, new Set(values), world) : undefined;
      };
    },
  };
}

export const knowsAllAcknowledged = onLastReads(
  "20 s after the last fault, every node knows every acknowledged value",
  () => (node, values, world) => {
    for (const op of world.history) {
      const input = op.input as Stub.Request;
      if (op.status !== "ok" || input.type !== "broadcast" || values.has(input.value)) continue;
      return `${node} does not know ${input.value}, which ${op.node} acknowledged`;
    }
    return undefined;
  },
);

/** Whether the one node that acknowledged a value still knows it. */
export const keepsWhatItAcknowledged = onLastReads(
  "a node knows what it has acknowledged",
  () => (node, values, world) => {
    for (const op of world.history) {
      const input = op.input as Stub.Request;
      if (op.node !== node || op.status !== "ok" || input.type !== "broadcast") continue;
      if (!values.has(input.value)) return `${node} acknowledged ${input.value} and has lost it`;
    }
    return undefined;
  },
);

export const allAgree = onLastReads("20 s after the last fault, all nodes know the same", () => {
  let first: { node: string; values: ReadonlySet<number> } | undefined;
  return (node, values) => {
    first ??= { node, values };
    const { node: other, values: theirs } = first;
    for (const value of theirs) {
      if (!values.has(value)) return `${other} knows ${value}, ${node} does not`;
    }
    for (const value of values) {
      if (!theirs.has(value)) return `${node} knows ${value}, ${other} does not`;
    }
    return undefined;
  };
});

/** Follows what each node has delivered. */
function deliveries(
  name: string,
  on: Invariant["on"],
  judge: (
    event: Parameters<ReturnType<Invariant["start"]>>[0],
    delivered: Set<number>,
    world: Parameters<ReturnType<Invariant["start"]>>[1],
  ) => string | undefined,
): Invariant {
  return {
    name,
    on: ["emit", ...(on ?? [])],
    start: () => {
      const byNode = new Map<string, Set<number>>();
      return (event, world) => {
        const delivered = byNode.get(event.node) ?? new Set();
        byNode.set(event.node, delivered);
        const broken = judge(event, delivered, world);
        if (event.kind === "emit") delivered.add((event.data as Stub.Output).value);
        return broken;
      };
    },
  };
}

export const nothingInvented = deliveries(
  "only what was broadcast is delivered",
  [],
  ({ node, data }, _, { history }) => {
    const { type, value } = data as Stub.Output;
    if (type !== "deliver") return `${node} emits something else than { type: "deliver", value }`;
    const isKnown = history.some(({ input }) => {
      const request = input as Stub.Request;
      return request.type === "broadcast" && request.value === value;
    });
    return isKnown ? undefined : `${node} delivers ${value}, which nobody has broadcast`;
  },
);

export const deliversOnce = deliveries(
  "a node delivers each value once, over all its boots",
  [],
  ({ node, data }, delivered, world) => {
    const { value } = data as Stub.Output;
    if (!delivered.has(value)) return undefined;
    return `${node} delivers ${value} a second time, in boot ${world.bootOf(node)}`;
  },
);

export const deliversWhatItKnows = deliveries(
  "a node has delivered what it knows",
  ["reply"],
  ({ kind, node, data }, delivered) => {
    const values = kind === "reply" ? (data as { values?: number[] }).values : undefined;
    const silent = values?.find((value) => !delivered.has(Number(value)));
    return silent === undefined ? undefined : `${node} knows ${silent} and has never delivered it`;
  },
);

export const readsWhatItDelivered = deliveries(
  "a read is answered with what the node has delivered, ascending",
  ["reply"],
  ({ kind, node, data }, delivered) => {
    const values = kind === "reply" ? (data as { values?: number[] }).values : undefined;
    if (values === undefined) return undefined;
    const expected = [...delivered].toSorted((a, b) => a - b);
    if (JSON.stringify(values) === JSON.stringify(expected)) return undefined;
    return `${node} answers ${JSON.stringify(values)}, it has delivered ${JSON.stringify(expected)}`;
  },
);

/** Messages go to neighbours only. An invariant does not see the scenario, so it follows `options`. */
export function judgeLinks(): {
  readonly options: (scenario: Parameters<typeof optionsOf>[0]) => Stub.Options;
  readonly onlyToNeighbours: Invariant;
} {
  let current: Stub.Options = { neighbours: {} };
  return {
    options: (scenario) => (current = optionsOf(scenario)),
    onlyToNeighbours: {
      name: "messages go to neighbours only",
      on: ["send"],
      start: () => {
        const { neighbours } = current;
        return ({ node, peer = node }) => {
          if (peer === node || neighbours[node]?.includes(peer) === true) return undefined;
          return `${node} sends to ${peer}; its neighbours are ${neighbours[node]?.join(", ")}`;
        };
      },
    },
  };
}

/** While nothing fails, a node that learns a value passes it on, and waits for nothing. */
export function judgeSpeed(): {
  readonly options: (scenario: Scenario<Stub.Request, Topology>) => Stub.Options;
  readonly spreadsAtOnce: Invariant;
} {
  let mostMs = Infinity;
  let size = 0;
  return {
    options: (scenario) => {
      const { base, jitter, drop, crash } = scenario.profile;
      const isCalm = scenario.faults.length + jitter + drop + crash === 0;
      size = scenario.nodes;
      mostMs = isCalm ? base * size + 10 : Infinity;
      return optionsOf(scenario);
    },
    spreadsAtOnce: {
      name: "while nothing fails, a value is everywhere after one latency a link, and 10 ms",
      on: ["invoke", "emit", "timer", "reply"],
      start: () => {
        const [limitMs, nodes] = [mostMs, size];
        const under = new Map<number, { at: number; reached: Set<string> }>();
        return ({ kind, at, node, data }, { nodeIds }) => {
          for (const [value, { at: askedAt, reached }] of under) {
            if (at <= askedAt + limitMs) continue;
            const missed = nodeIds.find((id) => !reached.has(id));
            return `${missed} does not know ${value} ${at - askedAt} ms after it was handed in`;
          }
          if (kind === "invoke") {
            const request = data as Stub.Request;
            if (request.type === "broadcast") under.set(request.value, { at, reached: new Set() });
          }
          if (kind === "emit") {
            const { value } = data as Stub.Output;
            const reached = under.get(value)?.reached.add(node);
            if (reached?.size === nodes) under.delete(value);
          }
          return undefined;
        };
      },
    },
  };
}

/** After 3 s without anything new, no node sends a neighbour more than 44 messages in 10 s. */
export const quietWhenNothingIsNew: Invariant = {
  name: "when nothing is new, at most 44 messages in 10 s to each neighbour",
  on: ["send", ...NEWS],
  start: () => {
    let newsAt = 0;
    const sentAt = new Map<string, number[]>();
    return ({ kind, at, node, peer }) => {
      if (kind !== "send") {
        newsAt = at;
        sentAt.clear();
        return undefined;
      }
      if (node === peer || at < newsAt + QUIET_AFTER_MS) return undefined;
      const link = `${node} to ${peer}`;
      const recent = (sentAt.get(link) ?? []).filter((time) => time > at - WINDOW_MS);
      recent.push(at);
      sentAt.set(link, recent);
      if (recent.length <= MOST_SENT) return undefined;
      const spanMs = at - (recent[0] ?? at);
      return `${recent.length} messages from ${link} within ${spanMs} ms, and nothing was new`;
    };
  },
};
