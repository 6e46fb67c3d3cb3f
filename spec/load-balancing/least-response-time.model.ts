/** What `least-response-time` is judged by: scripts of calls, and a book that follows the choices. */
import fc from "fast-check";
import { close, equal, holds, literal, names, verbatim } from "kata/harness";
import type { Script, Verbatim } from "kata/harness";
import type * as Stub from "../../katas/load-balancing/least-response-time/stub.ts";

export type Numbers = Omit<Stub.LrtOptions, "clock">;
export interface Setup {
  readonly options: Numbers;
  /** Ids whose latency is looked at after each step. */
  readonly ids: readonly string[];
}
export interface Step extends Verbatim {
  readonly atMs: number;
  readonly kind: "add" | "remove" | "start" | "finish";
  readonly id: string;
  /** The number of the attempt. */
  readonly attempt: number;
  readonly ok: boolean;
}
export interface Answer {
  readonly returned: unknown;
  readonly latencies: readonly unknown[];
}

interface Backend {
  readonly id: string;
  latency: number;
  samples: number;
  active: number;
  /** Larger is later; never chosen is below 0, in the order of joining. */
  turn: number;
}

/** The rules word by word, but for the choice: it goes along with the subject's. */
export class Book {
  readonly #alpha: number;
  readonly #initialMs: number;
  readonly #penaltyMs: number;
  readonly #ids: readonly string[];
  readonly #backends = new Map<string, Backend>();
  readonly #attempts = new Map<number, { backend: Backend; startMs: number }>();
  #turns = 0;

  constructor({ options, ids }: Setup) {
    this.#alpha = options.alpha ?? 0.25;
    this.#initialMs = options.initialMs ?? 1;
    this.#penaltyMs = options.failurePenaltyMs ?? 1_000;
    this.#ids = ids;
  }

  /** Judges a choice (rules 1, 3 and 4), and notes it. */
  start({ attempt, atMs }: Step, chosen: unknown): void {
    const scores = [...this.#backends.values()].map((backend) => {
      return { backend, score: backend.latency * (backend.active + 1) };
    });
    const least = Math.min(...scores.map(({ score }) => score));
    const close = scores.filter(({ score }) => score <= least * (1 + 1e-9));
    const isExact = this.#alpha === 1 || close.every(({ backend }) => backend.samples <= 1);
    const oldest = Math.min(...close.map(({ backend }) => backend.turn));
    const fitting = close.filter(({ backend }) => !isExact || backend.turn === oldest);
    const ids = fitting.map(({ backend }) => backend.id);
    const all = scores.map(({ backend: { id }, score }) => `${literal(id)} ${score}`).join(", ");
    const expected = ids.length === 0 ? "undefined" : ids.map(literal).join(" or ");
    const fits = ids.length === 0 ? chosen === undefined : ids.includes(chosen as string);
    holds(fits, `the backend, with scores ${all}`, expected, literal(chosen));
    const backend = this.#backends.get(chosen as string);
    if (backend === undefined) return;
    this.#turns += 1;
    backend.turn = this.#turns;
    backend.active += 1;
    this.#attempts.set(attempt, { backend, startMs: atMs });
  }

  finish({ attempt, atMs, ok }: Step): void {
    const known = this.#attempts.get(attempt);
    if (known === undefined) return;
    this.#attempts.delete(attempt);
    const { backend, startMs } = known;
    const sample = Math.max(0, atMs - startMs + (ok ? 0 : this.#penaltyMs));
    const weight = backend.samples === 0 ? 1 : this.#alpha;
    backend.latency += weight * (sample - backend.latency);
    backend.samples += 1;
    backend.active -= 1;
  }

  add({ id }: Step, returned: unknown): void {
    equal(returned, !this.#backends.has(id), "the answer");
    if (this.#backends.has(id)) return;
    this.#turns += 1;
    const turn = this.#turns - 1e9;
    this.#backends.set(id, { id, latency: this.#initialMs, samples: 0, active: 0, turn });
  }

  remove({ id }: Step, returned: unknown): void {
    equal(returned, this.#backends.delete(id), "the answer");
  }

  /** Judges the averages (rule 2). */
  compare(latencies: readonly unknown[]): void {
    for (const [i, id] of this.#ids.entries()) {
      const [actual, expected] = [latencies[i], this.#backends.get(id)?.latency];
      const what = `latency(${literal(id)}) after it`;
      if (typeof actual === "number" && expected !== undefined) close(actual, expected, what);
      else equal(actual, expected, what);
    }
  }
}

/** Follows a script in the book. */
export const referee = (setup: Setup): ((step: Step, answer: Answer) => void) => {
  const book = new Book(setup);
  return (step, { returned, latencies }) => {
    if (step.kind === "start") book.start(step, returned);
    else if (step.kind === "finish") book.finish(step);
    else book[step.kind](step, returned);
    book.compare(latencies);
  };
};

export const alphas = fc.constantFrom(1 / 8, 1 / 4, 1 / 2, 0.3, 1);
const optional = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined, freq: 3 });
/** Any of the options may be left out. initialMs is a multiple of 1/4, so scores of it are exact. */
export const numbers: fc.Arbitrary<Numbers> = fc
  .record({
    alpha: optional(alphas),
    initialMs: optional(fc.constantFrom(1, 0.25, 10, 100)),
    failurePenaltyMs: optional(fc.constantFrom(0, 50, 1_000, 12.5)),
  })
  .map((options) =>
    Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
  );

/**
 * Scripts over up to `most` ids, some of which are there from the start. With `ties` only the newest
 * sample counts, and all samples are multiples of 100 ms.
 */
export function scripts(
  most: number,
  weights: Record<Step["kind"], number>,
  { ties = false } = {},
): fc.Arbitrary<Script<Setup, Step>> {
  const anyGap = fc.oneof(
    fc.constantFrom(0, 100, -100, 200),
    fc.integer({ min: 0, max: 500 }),
    fc.integer({ min: -50, max: 50 }),
  );
  const kinds = Object.entries(weights).map(([kind, weight]) => {
    return { arbitrary: fc.constant(kind as Step["kind"]), weight };
  });
  const move = fc.record({
    kind: fc.oneof(...kinds),
    who: fc.nat({ max: 99 }),
    ok: fc.constantFrom(true, true, true, false),
    gapMs: ties ? fc.constantFrom(0, 0, 0, 0, 100) : anyGap,
  });
  const moves = fc.array(move, { maxLength: 40, size: "max" });
  return fc
    .record({
      options: ties ? fc.constantFrom({ alpha: 1, initialMs: 100 }, { alpha: 1 }) : numbers,
      ids: names(1, most),
      joined: fc.integer({ min: ties ? most : 0, max: most }),
      moves,
    })
    .map(({ options, ids, joined, moves }) => {
      let atMs = 1_000;
      let attempts = 0;
      const steps = ids.slice(0, joined).map((id) => step({ atMs, kind: "add", id }));
      for (const { kind, who, ok, gapMs } of moves) {
        atMs = Math.max(0, atMs + gapMs);
        if (kind === "finish" && attempts === 0) continue;
        if (kind === "start") attempts += 1;
        // The newest ones mostly, any of them now and then.
        const back = who % 2 === 0 ? who % 5 : who;
        const attempt = kind === "start" ? attempts : 1 + Math.max(0, attempts - 1 - back);
        steps.push(step({ atMs, kind, id: ids[who % ids.length]!, attempt, ok }));
      }
      return { setup: { options, ids }, steps };
    });
}

/** A step and how it is told. */
export function step(
  made: Pick<Step, "atMs" | "kind"> & Partial<Pick<Step, "id" | "attempt" | "ok">>,
): Step {
  const { atMs, kind, id = "", attempt = 0, ok = true } = made;
  const told = {
    add: `add(${literal(id)})`,
    remove: `remove(${literal(id)})`,
    start: `attempt${attempt} = start()`,
    finish: `attempt${attempt}.finish(${ok})`,
  };
  return { ...verbatim(`at ${atMs} ms: ${told[kind]}`), atMs, kind, id, attempt, ok };
}
