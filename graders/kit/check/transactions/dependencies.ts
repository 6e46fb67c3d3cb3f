import type { ListAccess, Transaction } from "./history.ts";

export type EdgeKind = "ww" | "wr" | "rw" | "realtime";

export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly kind: EdgeKind;
  /** `appended 2 to "x" after 1`. */
  readonly why: string;
}

export type Anomaly =
  | "thin-air read"
  | "aborted read (G1a)"
  | "intermediate read (G1b)"
  | "internal"
  | "incompatible order";

/** A fault that needs no cycle to be seen. */
export interface Fault {
  readonly anomaly: Anomaly;
  readonly transactions: readonly number[];
  readonly what: string;
}

type Element = string | number;
type Read = Extract<ListAccess, { f: "read" }>;
interface KeyHistory {
  /** The transaction that appended each element. */
  readonly writer: Map<Element, Transaction>;
  readonly reads: { readonly by: Transaction; readonly list: readonly Element[] }[];
}

/**
 * What each transaction saw, and wrote, forces an order on pairs of them (Adya, Liskov and O'Neil
 * 2000): lists show the order of their elements, so nothing has to be guessed (Kingsbury and Alvaro
 * 2020). Transactions are numbers: their places in the list handed in.
 * @throws RangeError when an element is appended twice to one key.
 */
export function dependencies(
  transactions: readonly Transaction[],
): { readonly edges: Edge[] } | { readonly fault: Fault } {
  const place = new Map(transactions.map((one, index) => [one, index]));
  const at = (one: Transaction): number => place.get(one)!;
  const keys = byKey(transactions);
  /** An unknown transaction was committed if anything of it was seen. */
  const committed = new Set(transactions.filter(({ status }) => status === "ok"));
  for (const { writer, reads } of keys.values()) {
    for (const element of reads.flatMap(({ list }) => list)) {
      const source = writer.get(element);
      if (source !== undefined) committed.add(source);
    }
  }
  for (const transaction of transactions) {
    const fault = internalFault(transaction, at(transaction));
    if (fault !== undefined) return { fault };
  }
  const edges: Edge[] = [];
  for (const [key, { writer, reads }] of keys) {
    const name = JSON.stringify(key);
    for (const read of reads) {
      const fault = dirtyFault(key, read, writer, at);
      if (fault !== undefined) return { fault };
    }
    const longest = reads.reduce((a, b) => (b.list.length > a.list.length ? b : a));
    for (const { by, list } of reads) {
      if (list.every((element, i) => element === longest.list[i])) continue;
      const [one, other] = [JSON.stringify(list), JSON.stringify(longest.list)];
      const what = `${name} was read as ${one} and as ${other}: neither begins the other`;
      return {
        fault: { anomaly: "incompatible order", transactions: [at(by), at(longest.by)], what },
      };
    }
    const add = (kind: EdgeKind, from: Transaction, to: Transaction, why: string): void => {
      if (from !== to) edges.push({ kind, from: at(from), to: at(to), why });
    };
    const order = longest.list;
    for (let i = 1; i < order.length; i += 1) {
      const [before, after] = [writer.get(order[i - 1]!)!, writer.get(order[i]!)!];
      add("ww", before, after, `appended ${order[i]} to ${name} after ${order[i - 1]}`);
    }
    const unseen = [...writer].filter(
      ([element, by]) => committed.has(by) && !order.includes(element),
    );
    for (const { by, list } of reads) {
      const last = list.at(-1);
      if (last !== undefined) {
        add("wr", writer.get(last)!, by, `read ${last} at the end of ${name}`);
      }
      const next = order[list.length];
      const later = next === undefined ? unseen : [[next, writer.get(next)!] as const];
      for (const [element, other] of later) {
        add("rw", by, other, `appended ${element} to ${name}, which was not read yet`);
      }
    }
  }
  return { edges };
}

/** Only keys that somebody read: nothing is known of the others. */
function byKey(transactions: readonly Transaction[]): Map<string, KeyHistory> {
  const keys = new Map<string, KeyHistory>();
  for (const transaction of transactions) {
    for (const access of transaction.accesses) {
      const own: KeyHistory = keys.get(access.key) ?? { writer: new Map(), reads: [] };
      keys.set(access.key, own);
      if (access.f === "append") {
        if (own.writer.has(access.element)) {
          const where = JSON.stringify(access.key);
          throw new RangeError(`${access.element} is appended twice to ${where}`);
        }
        own.writer.set(access.element, transaction);
      } else if (transaction.status === "ok") {
        own.reads.push({ by: transaction, list: access.list });
      }
    }
  }
  return new Map([...keys].filter(([, { reads }]) => reads.length > 0));
}

/** A transaction sees its own appends, and reads a key twice alike. */
function internalFault(transaction: Transaction, at: number): Fault | undefined {
  if (transaction.status !== "ok") return undefined;
  const known = new Map<string, { base: readonly Element[] | undefined; own: Element[] }>();
  const appends = transaction.accesses.filter((access) => access.f === "append");
  for (const access of transaction.accesses) {
    const seen = known.get(access.key) ?? { base: undefined, own: [] };
    known.set(access.key, seen);
    if (access.f === "append") {
      seen.own.push(access.element);
      continue;
    }
    const base = expectedBase(access, seen);
    const isFuture = ({ key, element }: (typeof appends)[number]): boolean =>
      key === access.key && base?.includes(element) === true;
    if (base === undefined || appends.some(isFuture)) {
      const before = seen.base === undefined ? seen.own : [...seen.base, ...seen.own];
      const what =
        `read ${JSON.stringify(access.list)} from ${JSON.stringify(access.key)}, ` +
        `though its own past there is ${JSON.stringify(before)}`;
      return { anomaly: "internal", transactions: [at], what };
    }
    seen.base = base;
  }
  return undefined;
}

/** What others had appended, if the read agrees with what this transaction knows. */
function expectedBase(
  { list }: Read,
  { base, own }: { base: readonly Element[] | undefined; own: readonly Element[] },
): readonly Element[] | undefined {
  const others = list.slice(0, list.length - own.length);
  const isOwnAtEnd = own.every((element, i) => element === list[others.length + i]);
  const isBaseKept =
    base === undefined ||
    (base.length === others.length && base.every((element, i) => element === others[i]));
  return list.length >= own.length && isOwnAtEnd && isBaseKept ? others : undefined;
}

/** Elements of nobody, of aborted transactions, or of only the first part of one. */
function dirtyFault(
  key: string,
  { by, list }: KeyHistory["reads"][number],
  writer: ReadonlyMap<Element, Transaction>,
  at: (one: Transaction) => number,
): Fault | undefined {
  const name = JSON.stringify(key);
  for (const [i, element] of list.entries()) {
    const source = writer.get(element);
    if (source === undefined || list.indexOf(element) !== i) {
      const what = `read ${element} from ${name}, which was not appended${source ? " twice" : ""}`;
      return { anomaly: "thin-air read", transactions: [at(by)], what };
    }
    if (source.status === "fail") {
      const what = `read ${element} from ${name}, whose transaction was aborted`;
      return { anomaly: "aborted read (G1a)", transactions: [at(source), at(by)], what };
    }
  }
  const source = list.length === 0 ? undefined : writer.get(list.at(-1)!);
  if (source === undefined || source === by) return undefined;
  const final = source.accesses.findLast((one) => one.f === "append" && one.key === key);
  if (final?.f !== "append" || final.element === list.at(-1)) return undefined;
  const what = `read ${list.at(-1)} at the end of ${name}, which ends with ${final.element}`;
  return { anomaly: "intermediate read (G1b)", transactions: [at(source), at(by)], what };
}
