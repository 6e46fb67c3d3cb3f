/** One thing that a transaction did, in its order. Elements appended to one key are all different. */
export type ListAccess =
  | { readonly f: "append"; readonly key: string; readonly element: string | number }
  | { readonly f: "read"; readonly key: string; readonly list: readonly (string | number)[] };

/** Registers whose versions are known: the store numbers them from 1 for each key; 0 is the initial one. */
export type VersionAccess =
  | { readonly f: "write"; readonly key: string; readonly version: number }
  | { readonly f: "read"; readonly key: string; readonly version: number };

export interface Transaction<Access = ListAccess> {
  readonly id: number;
  readonly process: string;
  readonly accesses: readonly Access[];
  /** Event numbers, as in an `Op`. */
  readonly call: number;
  readonly ret: number;
  /** `ok`: committed; `fail`: aborted; `info`: nobody knows, and its reads count for nothing. */
  readonly status: "ok" | "fail" | "info";
}

/** The same history on lists: a version is the list of all committed versions up to it. */
export function asLists(
  transactions: readonly Transaction<VersionAccess>[],
): Transaction<ListAccess>[] {
  const versions = new Map<string, Set<number>>();
  for (const { accesses, status } of transactions) {
    for (const { f, key, version } of status === "fail" ? [] : accesses) {
      const own = versions.get(key) ?? new Set();
      versions.set(key, own);
      // An unknown transaction took place if somebody saw it.
      if (version !== 0 && (f === "read" || status === "ok")) own.add(version);
    }
  }
  const upTo = (key: string, last: number): number[] =>
    [...(versions.get(key) ?? [])].filter((version) => version <= last).sort((a, b) => a - b);
  return transactions.map((transaction) => ({
    ...transaction,
    accesses: transaction.accesses.map((access): ListAccess => {
      const { f, key, version } = access;
      if (f === "write") return { f: "append", key, element: version };
      return { f, key, list: upTo(key, version) };
    }),
  }));
}
