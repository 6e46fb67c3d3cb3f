/**
 * A state-based CRDT. `update` and `merge` may change the state they are given, and return it, or
 * return a new one; `other` must stay as it is.
 */
export interface Crdt<State, Update> {
  readonly create: (replica: string) => State;
  readonly update: (state: State, update: Update) => State;
  readonly merge: (state: State, other: State) => State;
  /** What a user sees of a state. */
  readonly value: (state: State) => unknown;
  readonly equals: (a: unknown, b: unknown) => boolean;
  readonly toJson?: (state: State) => unknown;
  readonly fromJson?: (json: unknown, replica: string) => State;
}

/** One step of a run of three replicas, 0 to 2. */
export type CrdtStep<Update> =
  | { readonly replica: number; readonly update: Update }
  | { readonly replica: number; readonly mergeFrom: number };

export interface BrokenLaw {
  readonly law:
    | "commutative"
    | "associative"
    | "idempotent"
    | "merge is inflation"
    | "update is inflation"
    | "merge leaves the other as it was"
    | "convergence"
    | "JSON round trip";
  readonly what: string;
  readonly left: unknown;
  readonly right: unknown;
}

const REPLICAS = ["a", "b", "c"] as const;
const ORDERS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;

/**
 * The first law that a CRDT breaks on the states that `steps` leads to (Shapiro, Preguiça, Baquero
 * and Zawirski 2011). States are compared by their value and made anew for each comparison, so it
 * does not matter whether merging changes them in place.
 */
export function crdtLaws<State, Update>(
  crdt: Crdt<State, Update>,
  steps: readonly CrdtStep<Update>[],
): BrokenLaw | undefined {
  const { value, merge } = crdt;
  const run = (some = steps): State[] => play(crdt, some);
  const join = (...states: State[]): State => states.reduce((a, b) => merge(a, b));
  /** Replicas by number, each from a run of its own. */
  const fresh = (...replicas: number[]): State[] => replicas.map((replica) => run()[replica]!);
  const differ = (
    law: BrokenLaw["law"],
    what: string,
    leftOf: () => State,
    rightOf: () => State,
  ): BrokenLaw | undefined => {
    const [left, right] = [value(leftOf()), value(rightOf())];
    return crdt.equals(left, right) ? undefined : { law, what, left, right };
  };
  const name = (replica: number): string => REPLICAS[replica]!;

  for (const [x, y, z] of ORDERS) {
    const [a, b, c] = [name(x), name(y), name(z)];
    const joined = (): State => join(...fresh(x, y));
    const broken =
      differ("commutative", `${a}+${b} and ${b}+${a}`, joined, () => join(...fresh(y, x))) ??
      differ(
        "associative",
        `(${a}+${b})+${c} and ${a}+(${b}+${c})`,
        () => join(...fresh(x, y, z)),
        () => join(fresh(x)[0]!, join(...fresh(y, z))),
      ) ??
      differ(
        "idempotent",
        `${a}+${a} and ${a}`,
        () => join(...fresh(x, x)),
        () => fresh(x)[0]!,
      ) ??
      differ(
        "merge is inflation",
        `(${a}+${b})+${a} and ${a}+${b}`,
        () => join(joined(), fresh(x)[0]!),
        joined,
      );
    if (broken !== undefined) return broken;
  }
  return (
    brokenUpdate(steps, run, differ, merge) ??
    brokenOther(crdt, run) ??
    brokenDelivery(run, join, differ) ??
    brokenJson(crdt, run, differ)
  );
}

type Differ<State> = (
  law: BrokenLaw["law"],
  what: string,
  leftOf: () => State,
  rightOf: () => State,
) => BrokenLaw | undefined;
type Run<State, Update> = (some?: readonly CrdtStep<Update>[]) => State[];

/** An update is not undone by merging the state from before it. */
function brokenUpdate<State, Update>(
  steps: readonly CrdtStep<Update>[],
  run: Run<State, Update>,
  differ: Differ<State>,
  merge: Crdt<State, Update>["merge"],
): BrokenLaw | undefined {
  for (const [at, step] of steps.entries()) {
    if (!("update" in step)) continue;
    const { replica } = step;
    const [before, after] = [steps.slice(0, at), steps.slice(0, at + 1)];
    const broken = differ(
      "update is inflation",
      `${REPLICAS[replica]} after step ${at + 1}, merged with itself before it, and without`,
      () => merge(run(after)[replica]!, run(before)[replica]!),
      () => run(after)[replica]!,
    );
    if (broken !== undefined) return broken;
  }
  return undefined;
}

function brokenOther<State, Update>(
  { merge, value, equals }: Crdt<State, Update>,
  run: Run<State, Update>,
): BrokenLaw | undefined {
  const [a, b] = run() as [State, State, State];
  const left = value(b);
  merge(a, b);
  const right = value(b);
  if (equals(left, right)) return undefined;
  return { law: "merge leaves the other as it was", what: "b before and after a+b", left, right };
}

/** Whoever has heard of the same updates shows the same, in whatever order and however often. */
function brokenDelivery<State, Update>(
  run: Run<State, Update>,
  join: (...states: State[]) => State,
  differ: Differ<State>,
): BrokenLaw | undefined {
  const all = (): State => join(...run());
  for (const order of ORDERS) {
    const names = [...order, order[0]].map((replica) => REPLICAS[replica]).join("+");
    const again = (): State => {
      const [states, more] = [run(), run()];
      return join(...order.map((replica) => states[replica]!), more[order[0]]!);
    };
    const broken = differ("convergence", `a+b+c and ${names}`, all, again);
    if (broken !== undefined) return broken;
  }
  return undefined;
}

function brokenJson<State, Update>(
  { toJson, fromJson, merge }: Crdt<State, Update>,
  run: Run<State, Update>,
  differ: Differ<State>,
): BrokenLaw | undefined {
  if (toJson === undefined || fromJson === undefined) return undefined;
  const copy = (replica: number): State => {
    const json: unknown = JSON.parse(JSON.stringify(toJson(run()[replica]!)));
    return fromJson(json, REPLICAS[replica]!);
  };
  return (
    differ(
      "JSON round trip",
      "a and its copy by way of JSON",
      () => run()[0]!,
      () => copy(0),
    ) ??
    differ(
      "JSON round trip",
      "a+b and the same of copies by way of JSON",
      () => merge(run()[0]!, run()[1]!),
      () => merge(copy(0), copy(1)),
    )
  );
}

function play<State, Update>(
  crdt: Crdt<State, Update>,
  steps: readonly CrdtStep<Update>[],
): State[] {
  const states = REPLICAS.map((replica) => crdt.create(replica));
  for (const step of steps) {
    const state = states[step.replica]!;
    states[step.replica] =
      "update" in step
        ? crdt.update(state, step.update)
        : crdt.merge(state, states[step.mergeFrom]!);
  }
  return states;
}
