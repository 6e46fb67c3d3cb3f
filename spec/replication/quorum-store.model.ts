/** The rules that a quorum store is judged by, and how its scenarios are made. */
import type { Invariant, PlannedOp, Run, Scenario, World } from "kata/harness";
import type { Json } from "kata/kit";
import type * as Stub from "../../katas/replication/quorum-store/stub.ts";

export const TIMEOUT_MS = 400;
export const RETRY_MS = 100;
export const REPLICAS = 3;
/** Clients that ask each node in the end what it holds. */
const LAST_CLIENT = 10;

export interface Quorum {
  readonly r: number;
  readonly w: number;
}
export type StoreScenario = Scenario<Stub.Request, Quorum>;
type Op = World["history"][number];
type Put = Extract<Stub.Request, { op: "put" }>;

const KEYS = ["x", "y", "z"];

/** Numbers of the replicas of a key: `x` is on n0, n1, n2; `y` begins at n1, `z` at n2. */
export function replicasOf(key: string, nodes: number): number[] {
  return preferenceOf(key, nodes).slice(0, REPLICAS);
}

function preferenceOf(key: string, nodes: number): number[] {
  const first = Math.max(0, KEYS.indexOf(key));
  return Array.from({ length: nodes }, (_, i) => (first + i) % nodes);
}

export function optionsOf({
  nodes,
  setup,
}: {
  readonly nodes: number;
  readonly setup?: Quorum | undefined;
}): Stub.QuorumOptions {
  const { r, w } = setup ?? { r: 2, w: 2 };
  const preference = (key: string): string[] => preferenceOf(key, nodes).map((i) => `n${i}`);
  return { n: REPLICAS, r, w, preference, timeoutMs: TIMEOUT_MS, retryMs: RETRY_MS };
}

/** In the end every replica of these keys is asked what it holds. */
export function withLocals(
  scenario: StoreScenario,
  at: number,
  keys: readonly string[] = ["x"],
): StoreScenario {
  const locals = keys.flatMap((key, i) =>
    replicasOf(key, scenario.nodes).map((node): PlannedOp<Stub.Request> => {
      return { at, client: LAST_CLIENT + 3 * i + node, node, req: { op: "local", key } };
    }),
  );
  return { ...scenario, ops: [...scenario.ops, ...locals] };
}

export function isLast({ client }: Op): boolean {
  return client >= LAST_CLIENT;
}

export function requestOf({ input }: Op): Stub.Request {
  return input as Stub.Request;
}

/** What a get or local was told. */
export function valueOf({ output }: Op): string | null {
  return (output as { value?: string | null } | undefined)?.value ?? null;
}

function putsOf(history: readonly Op[], key: string): Op[] {
  return history.filter((op) => requestOf(op).op === "put" && requestOf(op).key === key);
}

/** Why a key must not have this value for someone who asked at `call`, or undefined. */
export function staleness(
  history: readonly Op[],
  { key, value, call }: { key: string; value: string | null; call: number },
): string | undefined {
  const puts = putsOf(history, key);
  const settled = puts.filter(({ status, ret }) => status === "ok" && ret < call);
  if (value === null) {
    const [missed] = settled;
    if (missed === undefined) return undefined;
    return `${key} is null, but ${tell(missed)} was acknowledged before`;
  }
  const put = puts.find(({ input }) => (input as Put).value === value);
  if (put === undefined) return `${key} is ${JSON.stringify(value)}, which nobody has put`;
  if (put.status !== "ok") return undefined;
  const newer = settled.find((other) => other.call > put.ret);
  if (newer === undefined) return undefined;
  return `${key} is ${value}, but ${tell(newer)} began after ${tell(put)} was acknowledged, and was acknowledged before`;
}

function tell(put: Op): string {
  return `put(${requestOf(put).key}, ${(put.input as Put).value})`;
}

/** Judges each answer to a get as it reaches its client. */
export const readsFresh: Invariant = {
  name: "a get returns nothing that an acknowledged put has replaced",
  on: ["return"],
  start:
    () =>
    ({ node: client, data }, { history }) => {
      const op = history.findLast((past) => `c${past.client}` === client);
      const reply = data as { ok?: boolean; value?: string | null };
      if (op === undefined || requestOf(op).op !== "get" || reply.ok !== true) return undefined;
      const { value = null } = reply;
      const broken = staleness(history, { key: requestOf(op).key, value, call: op.call });
      return broken === undefined ? undefined : `asked by ${client}, ${op.node} says: ${broken}`;
    },
};

const FORMS = { get: "ok,value", put: "ok", local: "ok,value" };

/** Rule 2: what an answer looks like. */
export const answersInForm: Invariant = {
  name: "answers have the form of rule 2",
  on: ["return"],
  start:
    () =>
    ({ node: client, data }, { history }) => {
      const op = history.findLast((past) => `c${past.client}` === client);
      if (op === undefined) return undefined;
      const asked = requestOf(op).op;
      // Whatever else it is, text or null say, has no such properties.
      const told = Object(data) as { ok?: Json; value?: Json; error?: Json };
      const { ok, value = null, error } = told;
      const form = Object.keys(told).toSorted().join();
      const isAnswer = form === FORMS[asked] && ok === true;
      const isText = value === null || typeof value === "string";
      const isRefusal = form === "error" && error === "unavailable" && asked !== "local";
      if (isRefusal || (isAnswer && isText)) return undefined;
      return `${op.node} answers a ${asked} of ${client} with ${JSON.stringify(data)}`;
    },
};

/** Judges what a replica holds in the end, provided that what `after` asks for has been answered. */
function holdsNothingStale(name: string, after?: Stub.Request["op"]): Invariant {
  return {
    name,
    on: ["reply"],
    start:
      () =>
      ({ node, peer, data }, { history }) => {
        const op = history.findLast((past) => `c${past.client}` === peer);
        if (op === undefined || !isLast(op)) return undefined;
        const isDue = history.some((past) => requestOf(past).op === after && past.status === "ok");
        if (after !== undefined && !isDue) return undefined;
        const { value = null } = data as { value?: string | null };
        const broken = staleness(history, { key: requestOf(op).key, value, call: op.call });
        return broken === undefined ? undefined : `at ${node}, ${broken}`;
      },
  };
}

export const holdsFresh = holdsNothingStale(
  "in the end no replica holds what an acknowledged put has replaced",
);

export const holdsFreshAfterRead = holdsNothingStale(
  "after a get no replica holds what an acknowledged put has replaced",
  "get",
);

/** Judges that the replicas of a key end up alike, and hold nothing that nobody has put. */
export const replicasAgree: Invariant = {
  name: "in the end all replicas of a key hold the same",
  on: ["reply"],
  start: () => {
    const first = new Map<string, { node: string; value: string | null }>();
    return ({ node, peer, data }, { history }) => {
      const op = history.findLast((past) => `c${past.client}` === peer);
      if (op === undefined || !isLast(op)) return undefined;
      const { key } = requestOf(op);
      const { value = null } = data as { value?: string | null };
      if (value !== null && !putsOf(history, key).some((put) => (put.input as Put).value === value))
        return `${node} holds ${JSON.stringify(value)} as ${key}, which nobody has put`;
      const other = first.get(key) ?? { node, value };
      first.set(key, other);
      if (other.value === value) return undefined;
      return `${other.node} holds ${other.value} as ${key}, ${node} holds ${value}`;
    };
  },
};

/** From here on nothing is left to do; see `converges`. */
export const IDLE_MS = 5_500;

export const quietWhenIdle: Invariant = {
  name: "when nothing is to be repaired, at most one message to each node every retryMs",
  on: ["send"],
  start: () => {
    const sent = new Map<string, number>();
    return ({ at, node, peer }) => {
      if (at < IDLE_MS || node === peer) return undefined;
      const link = `${node} to ${peer}`;
      const count = (sent.get(link) ?? 0) + 1;
      sent.set(link, count);
      const spanMs = at - IDLE_MS;
      if (count <= Math.floor(spanMs / RETRY_MS) + 2) return undefined;
      return `${count} messages from ${link} within ${spanMs} ms`;
    };
  },
};

/** The replicas that hold something older than an acknowledged put, once all have lost their memory. */
export function replicasWithout({ history }: Run, put: Op): string[] {
  const { key } = requestOf(put);
  const older = putsOf(history, key).filter(({ status, ret }) => status === "ok" && ret < put.call);
  return history
    .filter((op) => isLast(op) && op.status === "ok" && op.call > put.ret)
    .filter((op) => {
      const value = valueOf(op);
      return value === null || older.some(({ input }) => (input as Put).value === value);
    })
    .map(({ node }) => node);
}
