/** What `least-connections` is compared with: an array of backends, and scripts of calls for both. */
import fc from "fast-check";
import { call, names, perform, verbatim, type Call, type Player, type Script } from "kata/harness";
import type * as Stub from "../../katas/load-balancing/least-connections/stub.ts";

export type Pool = Pick<Stub.LeastConnections, "size" | "add" | "remove" | "acquire" | "active">;
/** The ids of a script, whose active connections are looked at after each step. */
export type Setup = readonly string[];
/** `acquire` and `release` carry the number of their lease. */
export type Step = Call<"add" | "remove" | "acquire" | "release">;
type Kind = Step["method"];

/** The rules word by word. */
export class NaivePool implements Pool {
  #backends: { id: string; weight: number; open: Set<Stub.Lease> }[] = [];
  readonly #chosen = new Set<string>();

  get size(): number {
    return this.#backends.length;
  }

  add(id: string, weight = 1): boolean {
    if (this.#find(id) !== undefined) return false;
    // The longest wait stands first: whoever was never chosen, in the order of joining.
    const fresh = this.#backends.filter(({ id: each }) => !this.#chosen.has(each)).length;
    this.#backends.splice(fresh, 0, { id, weight, open: new Set() });
    return true;
  }

  remove(id: string): boolean {
    this.#chosen.delete(id);
    const before = this.size;
    this.#backends = this.#backends.filter((backend) => backend.id !== id);
    return this.size < before;
  }

  acquire(): Stub.Lease | undefined {
    const [first, ...rest] = this.#backends;
    if (first === undefined) return undefined;
    const least = rest.reduce(
      (best, each) => (each.open.size * best.weight < best.open.size * each.weight ? each : best),
      first,
    );
    this.#backends = [...this.#backends.filter((each) => each !== least), least];
    this.#chosen.add(least.id);
    const lease = { id: least.id, release: () => void least.open.delete(lease) };
    least.open.add(lease);
    return lease;
  }

  active(id: string): number {
    return this.#find(id)?.open.size ?? 0;
  }

  #find(id: string) {
    return this.#backends.find((backend) => backend.id === id);
  }
}

/** Plays steps and tells the answer, the active connections of all ids, and the size. */
export const play =
  (build: () => Pool, releases = 1) =>
  (ids: Setup): Player<Step> => {
    const pool = build();
    const leases = new Map<unknown, Stub.Lease | undefined>();
    const act = (step: Step): unknown => {
      const [lease] = step.args;
      if (step.method === "acquire") {
        leases.set(lease, pool.acquire());
        return leases.get(lease)?.id;
      }
      if (step.method !== "release") return perform(pool, step as Call<"add" | "remove">);
      for (let i = 0; i < releases; i += 1) leases.get(lease)?.release();
      return "done";
    };
    return (step: Step) => {
      const answer = act(step);
      const busy = ids.map((id) => [id, pool.active(id)]).filter(([, active]) => active !== 0);
      return { answer, active: busy.map(([id, active]) => `${id} ${active}`), size: pool.size };
    };
  };

export const acquire = (lease: number): Step => ({
  ...call("acquire", lease),
  ...verbatim(`lease${lease} = acquire()`),
});
const release = (lease: number): Step => ({
  ...call("release", lease),
  ...verbatim(`lease${lease}.release()`),
});

const WEIGHTS = [1, 2, 3, 5, 1_000] as const;
/** 1/9 and 5/45 are equal, and differ in the last bit when 1/45 is rounded first. */
export const ninths: fc.Arbitrary<number> = fc.constantFrom(9, 45);
export const small: fc.Arbitrary<number> = fc.constantFrom(1, 1, 2, 3);
export const weights: fc.Arbitrary<number> = fc.oneof(
  fc.constant(1),
  fc.constantFrom(...WEIGHTS),
  ninths,
);

/** How often each kind of step comes, and how many steps there are at most. */
type Phase = Partial<Record<Kind, number>> & { readonly longest?: number };

/** Scripts on up to `most` ids, of which `least` or more join first, in phases. */
export function scripts(
  most: number,
  phases: readonly Phase[],
  { least = 0, releaseTwice = true, loads = weights } = {},
): fc.Arbitrary<Script<Setup, Step>> {
  const moves = phases.map(({ longest = 40, ...kinds }) => {
    const weighed = Object.entries(kinds).map(([kind, weight]) => {
      return { arbitrary: fc.constant(kind as Kind), weight };
    });
    const move = fc.record({
      kind: fc.oneof(...weighed),
      who: fc.nat({ max: 999 }),
      weight: fc.oneof(loads, fc.constant(undefined)),
    });
    return fc.array(move, { maxLength: longest, size: "max" });
  });
  return fc
    .record({
      ids: names(least || 1, most),
      joined: fc.array(loads, { minLength: least, maxLength: most, size: "max" }),
      moves: fc.tuple(...moves).map((all) => all.flat()),
    })
    .map(({ ids, joined, moves }) => {
      const steps = ids.slice(0, joined.length).map((id, i): Step => call("add", id, joined[i]));
      const open: number[] = [];
      let acquired = 0;
      for (const { kind, who, weight } of moves) {
        const id = ids[who % ids.length]!;
        if (kind === "add")
          steps.push(weight === undefined ? call("add", id) : call("add", id, weight));
        if (kind === "remove") steps.push(call("remove", id));
        if (kind === "acquire") {
          acquired += 1;
          open.push(acquired);
          steps.push(acquire(acquired));
        }
        if (kind !== "release" || open.length === 0) continue;
        const at = who % open.length;
        steps.push(release(open[at]!));
        if (!releaseTwice || who % 3 > 0) open.splice(at, 1);
      }
      return { setup: ids, steps };
    });
}
