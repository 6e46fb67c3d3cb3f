/** What was sent, handed out and acknowledged. `at` is an event number; smaller is earlier. */
export interface DeliveryLog {
  /** In the order of sending. Messages of one group keep that order, if order is asked for. */
  readonly sent: readonly { readonly id: string; readonly group?: string }[];
  readonly delivered: readonly Handling[];
  readonly acked?: readonly Handling[];
  /** Who must get every message; by default whoever got or acknowledged one. */
  readonly consumers?: readonly string[];
}

interface Handling {
  readonly id: string;
  /** A consumer, or a group of consumers that share the messages between them. */
  readonly consumer: string;
  readonly at: number;
}

export interface DeliveryOptions {
  readonly mode: "at-most-once" | "at-least-once" | "exactly-once-effect";
  /** First deliveries keep the order of sending within a group; default false. */
  readonly ordered?: boolean;
}

export interface DeliveryFault {
  readonly kind:
    "lost" | "phantom" | "duplicate" | "redelivered after ack" | "reordered within group";
  readonly consumer: string;
  /** The message, or the two that changed places: the later one first. */
  readonly ids: readonly string[];
}

/**
 * Books every delivery against what was sent, for each consumer by itself. What nobody sent is a
 * fault in every mode; a lost message is one unless at most once is promised, and a duplicate unless
 * at least once is. Whoever acknowledged a message must not get it again in any mode.
 * @throws RangeError when a message id was sent twice.
 */
export function delivery(
  { sent, delivered, acked = [], consumers }: DeliveryLog,
  { mode, ordered = false }: DeliveryOptions,
): DeliveryFault[] {
  const place = new Map(sent.map(({ id }, index) => [id, index]));
  if (place.size < sent.length) throw new RangeError("a message id was sent twice");
  const heard = [...delivered, ...acked].map(({ consumer }) => consumer);
  const faults: DeliveryFault[] = [];
  for (const consumer of new Set(consumers ?? heard)) {
    const own = delivered.filter((one) => one.consumer === consumer);
    own.sort((a, b) => a.at - b.at);
    const ackedAt = new Map<string, number>();
    for (const { id, at } of acked.filter((one) => one.consumer === consumer)) {
      ackedAt.set(id, Math.min(at, ackedAt.get(id) ?? Infinity));
    }
    const report = (kind: DeliveryFault["kind"], ...ids: string[]): void => {
      faults.push({ kind, consumer, ids });
    };
    const got = new Set<string>();
    /** The latest message of each group so far. */
    const latest = new Map<string | undefined, number>();
    for (const { id, at } of own) {
      const index = place.get(id);
      if (index === undefined) {
        report("phantom", id);
        continue;
      }
      if (got.has(id)) {
        if (at > (ackedAt.get(id) ?? Infinity)) report("redelivered after ack", id);
        else if (mode !== "at-least-once") report("duplicate", id);
        continue;
      }
      got.add(id);
      const { group } = sent[index]!;
      const before = latest.get(group) ?? -1;
      if (ordered && before > index) report("reordered within group", sent[before]!.id, id);
      latest.set(group, Math.max(before, index));
    }
    if (mode === "at-most-once") continue;
    for (const { id } of sent) if (!got.has(id)) report("lost", id);
  }
  return faults;
}
