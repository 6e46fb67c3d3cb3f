/** What `weighted-round-robin` is judged by: pools, scripts of calls, and referees who count picks. */
import fc from "fast-check";
import { call, equal, holds, literal, names, notIntegersIn } from "kata/harness";
import type { Call, Script } from "kata/harness";

export type Entry = readonly [id: string, weight: number];
export type Setup = readonly Entry[];
export type Step = Call<"set" | "remove" | "pick">;
type Referee<Answer> = (setup: Setup) => (step: Step, answer: Answer) => void;

const range = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });

/** Up to 10 backends: equal weights, many small ones beside a large one, anything up to 50. */
export const pools: fc.Arbitrary<Entry[]> = fc
  .record({
    ids: names(1, 10),
    weights: fc.oneof(
      fc.tuple(range(1, 50), fc.constantFrom(1, 2, 3)).map(([first, rest]) => [first, rest]),
      range(1, 50).map((all) => [all]),
      fc.array(fc.oneof(range(0, 6), range(0, 50)), { minLength: 1, maxLength: 10 }),
    ),
  })
  .map(({ ids, weights }) => ids.map((id, i) => [id, weights[i] ?? weights.at(-1)!]));

const BAD_WEIGHTS = notIntegersIn(0, 1_000);
/** Scripts on up to 4 backends. `zeros` of 10 weights are 0; `bad` calls among them must throw. */
export function scripts(zeros: number, { bad = false } = {}): fc.Arbitrary<Script<Setup, Step>> {
  const weight = fc.oneof(
    { arbitrary: fc.constant(0), weight: zeros },
    { arbitrary: range(1, 4), weight: 8 - zeros },
    // Credit that is left over from a large sum shows in a small one.
    { arbitrary: range(5, 1_000), weight: 2 },
  );
  const effective = ["set", "remove"] as const;
  const withoutEffect = ["same", "idle joins", "idle leaves", "idle leaves"] as const;
  const badCalls = ["bad weight", "no id"] as const;
  const kinds = ["pick", "pick", "pick", ...effective, ...withoutEffect] as const;
  const move = fc.record({
    kind: fc.constantFrom(...kinds, ...(bad ? badCalls : [])),
    who: fc.nat({ max: 3 }),
    weight,
    picks: fc.oneof(range(1, 3), range(1, 12)),
  });
  return fc
    .record({
      ids: names(1, 4),
      built: fc.array(weight, { maxLength: 4 }),
      again: fc.array(fc.tuple(fc.nat({ max: 3 }), weight), { maxLength: 2 }),
      moves: fc.array(move, { maxLength: 16, size: "max" }),
    })
    .map(({ ids, built, again, moves }) => {
      const idOf = (who: number): string => ids[who % ids.length]!;
      const setup = [...built.entries(), ...again].map(([who, weight]): Entry => {
        return [idOf(who), weight];
      });
      const weights = new Map(setup);
      const steps = moves.flatMap(({ kind, who, weight, picks }): Step[] => {
        const id = idOf(who);
        if (kind === "pick") return Array.from({ length: picks }, () => call("pick"));
        if (kind === "idle joins") return [call("set", "idle", 0)];
        if (kind === "idle leaves") return [call("remove", "idle")];
        if (kind === "bad weight") return [call("set", id, BAD_WEIGHTS[picks % 6])];
        if (kind === "no id") return [call("set", "", weight)];
        const step =
          kind === "remove"
            ? call("remove", id)
            : call("set", id, kind === "same" ? (weights.get(id) ?? 0) : weight);
        change(weights, step);
        return [step];
      });
      return { setup, steps };
    });
}

/** The error that a step must end in. */
export function errorOf({ method, args }: Step): string | undefined {
  const [id, weight] = args as [string, number];
  if (method !== "set") return undefined;
  if (id === "") return "TypeError";
  return Number.isInteger(weight) && weight >= 0 && weight <= 1_000 ? undefined : "RangeError";
}

/** Makes the change on a table of weights; true if it is effective (rule 5). */
export function change(weights: Map<string, number>, { method, args }: Step): boolean {
  const [id, weight] = args as [string, number];
  const before = weights.get(id) ?? 0;
  if (method === "remove") weights.delete(id);
  if (method === "set") weights.set(id, weight);
  return method !== "pick" && before !== (weights.get(id) ?? 0);
}

/** Counts picks against weights, from an effective change on. */
export class Tally {
  readonly #weights: ReadonlyMap<string, number>;
  readonly #counts = new Map<string, number>();
  readonly #total: number;
  #picks = 0;

  constructor(weights: ReadonlyMap<string, number>) {
    this.#weights = weights;
    this.#total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  }

  get total(): number {
    return this.#total;
  }

  count(picked: unknown): void {
    this.#picks += 1;
    this.#counts.set(picked as string, this.#of(picked as string) + 1);
  }

  /** Rule 1, at the end of a cycle. */
  isExact(): void {
    if (this.#total === 0 || this.#picks % this.#total > 0) return;
    const cycles = this.#picks / this.#total;
    const counts = [...this.#weights.keys()].map((id) => [id, this.#of(id)]);
    const expected = [...this.#weights].map(([id, weight]) => [id, weight * cycles]);
    equal(counts, expected, `the picks of each, in ${this.#picks} picks${this.#from()}`);
  }

  /** Rule 2, for the one that was picked. */
  isNotAhead(id: string): void {
    const [count, share] = [this.#of(id), this.#picks * (this.#weights.get(id) ?? 0)];
    if (count * this.#total < share + this.#total) return;
    const most = (share / this.#total + 1).toFixed(2);
    holds(false, this.#about(id), `less than ${most}`, String(count));
  }

  /** Rule 3, for all. */
  isNotBehind(): void {
    const positive = [...this.#weights].filter(([, weight]) => weight > 0);
    const allowed = 1 + Math.log(positive.length);
    for (const [id, weight] of positive) {
      const least = (this.#picks * weight) / this.#total - allowed;
      const count = this.#of(id);
      if (count >= least - 1e-9) continue;
      holds(false, this.#about(id), `at least ${least.toFixed(2)}`, String(count));
    }
  }

  #of(id: string): number {
    return this.#counts.get(id) ?? 0;
  }

  #about(id: string): string {
    return `the picks of ${literal(id)}, in ${this.#picks} picks${this.#from()}`;
  }

  #from(): string {
    return ` from ${literal([...this.#weights])}`;
  }
}

/** Rules 1 and 2, counted from the last effective change. */
export const countsAnew: Referee<unknown> = (setup) => {
  const weights = new Map(setup);
  let tally = new Tally(new Map(weights));
  return (step, answer) => {
    if (change(weights, step)) tally = new Tally(new Map(weights));
    if (step.method !== "pick" || tally.total === 0) return;
    tally.count(answer);
    tally.isNotAhead(answer as string);
    tally.isExact();
  };
};

/** Rules 5 to 7: what `remove` and `size` say, and who may be picked at all. */
export const likeMap: Referee<{ returned: unknown; size: number }> = (setup) => {
  const weights = new Map(setup);
  return (step, { returned, size }) => {
    const known = weights.has(step.args[0] as string);
    if (errorOf(step) === undefined) change(weights, step);
    equal(size, weights.size, "size after it");
    if (step.method === "remove") equal(returned, known, "the answer");
    if (step.method !== "pick") return;
    const positive = [...weights].filter(([, weight]) => weight > 0).map(([id]) => id);
    const fits =
      positive.length === 0 ? returned === undefined : positive.includes(String(returned));
    const expected = positive.length === 0 ? "undefined" : `one of ${literal(positive)}`;
    holds(fits, "the backend", expected, literal(returned));
  };
};
