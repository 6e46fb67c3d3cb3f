import { assertHistory, type Op } from "./history.ts";

/** What an operation did to a key, whose versions are numbered in the order the store settled on. */
export interface SessionView {
  readonly kind: "read" | "write";
  readonly key: string;
  /** The version that was written or seen; 0 is the initial value. */
  readonly version: number;
}

export const SESSION_GUARANTEES = [
  "read your writes",
  "monotonic reads",
  "monotonic writes",
  "writes follow reads",
] as const;
export type SessionGuarantee = (typeof SESSION_GUARANTEES)[number];

export interface SessionFault {
  readonly guarantee: SessionGuarantee;
  readonly key: string;
  /** The two operations of one session, by time. */
  readonly earlier: Op;
  readonly later: Op;
  readonly what: string;
}

interface Seen {
  readonly op: Op;
  readonly version: number;
}

/**
 * The session guarantees of Terry and others (1994), key by key: what a session may see or write
 * after what it has seen or written before. One pass; the first fault of each session, key and
 * guarantee is told. Only `ok` operations count; how sessions hand versions of one key on to another
 * is for `causal` to judge.
 * @param view undefined for an operation that concerns no key
 * @throws RangeError for a history that no client could have recorded.
 */
export function sessionFaults<Input, Output>(
  history: readonly Op<Input, Output>[],
  view: (op: Op<Input, Output>) => SessionView | undefined,
  {
    guarantees = SESSION_GUARANTEES,
    session = (op: Op<Input, Output>) => op.process,
  }: {
    readonly guarantees?: readonly SessionGuarantee[];
    /** Who acts; a client keeps its session when it changes its process name. */
    readonly session?: (op: Op<Input, Output>) => string;
  } = {},
): SessionFault[] {
  assertHistory(history);
  const faults = new Map<string, SessionFault>();
  const past = new Map<string, { read?: Seen; write?: Seen }>();
  for (const op of history.toSorted((a, b) => a.call - b.call)) {
    const seen = op.status === "ok" ? view(op) : undefined;
    if (seen === undefined) continue;
    const { kind, key, version } = seen;
    const place = JSON.stringify([session(op), key]);
    const own = past.get(place) ?? {};
    past.set(place, own);
    const check = (guarantee: SessionGuarantee, before: Seen | undefined, holds: boolean): void => {
      if (before === undefined || holds || !guarantees.includes(guarantee)) return;
      const id = JSON.stringify([place, guarantee]);
      if (faults.has(id)) return;
      const verb = kind === "read" ? "read" : "wrote";
      const first = before === own.read && before !== own.write ? "reading" : "writing";
      const what = `${session(op)} ${verb} version ${version} after ${first} version ${before.version}`;
      faults.set(id, { guarantee, key, earlier: before.op, later: op, what });
    };
    if (kind === "read") {
      check("read your writes", own.write, version >= (own.write?.version ?? 0));
      check("monotonic reads", own.read, version >= (own.read?.version ?? 0));
      if (own.read === undefined || version > own.read.version) own.read = { op, version };
    } else {
      check("monotonic writes", own.write, version > (own.write?.version ?? 0));
      check("writes follow reads", own.read, version > (own.read?.version ?? 0));
      if (own.write === undefined || version > own.write.version) own.write = { op, version };
    }
  }
  return [...faults.values()];
}
