/** What `least-bandwidth` is judged by: scripts in time, and a log of all records. */
import fc from "fast-check";
import { callAt, close, equal, literal, names, type Script, type TimedCall } from "kata/harness";

export interface Setup {
  readonly bucketMs?: number;
  readonly buckets?: number;
}
export type Method = "add" | "remove" | "record" | "pick" | "load" | "mbps";
export type Step = TimedCall<Method>;

/** The rules word by word: every record is kept. */
export class Log {
  readonly #bucketMs: number;
  readonly #buckets: number;
  /** The longest wait first: never picked in the order of joining, then by the last pick. */
  #line: { id: string; isFresh: boolean; records: { bucket: number; bytes: number }[] }[] = [];
  #nowMs = 0;

  constructor({ bucketMs = 1_000, buckets = 14 }: Setup) {
    this.#bucketMs = bucketMs;
    this.#buckets = buckets;
  }

  /** The answer to a step. */
  play({ method, args, atMs }: Step): unknown {
    const [id, bytes] = args as [string, number];
    const backend = this.#line.find((each) => each.id === id);
    if (method === "add") {
      if (backend !== undefined) return false;
      const fresh = this.#line.filter(({ isFresh }) => isFresh).length;
      this.#line.splice(fresh, 0, { id, isFresh: true, records: [] });
      return true;
    }
    if (method === "remove") {
      this.#line = this.#line.filter((each) => each !== backend);
      return backend !== undefined;
    }
    this.#nowMs = Math.max(this.#nowMs, atMs);
    const bucket = Math.floor(this.#nowMs / this.#bucketMs);
    if (method === "pick") {
      const [least] = [...this.#line].sort((a, b) => this.#load(a) - this.#load(b));
      if (least === undefined) return undefined;
      least.isFresh = false;
      this.#line = [...this.#line.filter((each) => each !== least), least];
      return least.id;
    }
    if (method === "record") {
      backend?.records.push({ bucket, bytes });
      return backend !== undefined;
    }
    if (backend === undefined) return undefined;
    const load = this.#load(backend);
    if (method === "load") return load;
    return (load * 8) / ((this.#buckets * this.#bucketMs) / 1_000) / 1e6;
  }

  #load({ records }: { records: { bucket: number; bytes: number }[] }): number {
    const first = Math.floor(this.#nowMs / this.#bucketMs) - this.#buckets + 1;
    const inside = records.filter(({ bucket }) => bucket >= first);
    return inside.reduce((sum, { bytes }) => sum + bytes, 0);
  }
}

export const referee = (setup: Setup): ((step: Step, answer: unknown) => void) => {
  const log = new Log(setup);
  return (step, answer) => {
    const expected = log.play(step);
    if (step.method === "mbps" && typeof answer === "number" && typeof expected === "number") {
      close(answer, expected, `with windows of ${literal(setup)}`);
    } else equal(answer, expected, "the answer");
  };
};

export const setups: fc.Arbitrary<Setup> = fc
  .record({
    bucketMs: fc.constantFrom(1, 7, 1_000, undefined),
    buckets: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constant(undefined)),
  })
  .map(({ bucketMs, buckets }) => ({
    ...(bucketMs === undefined ? {} : { bucketMs }),
    ...(buckets === undefined ? {} : { buckets }),
  }));
/** Also where the number of a bucket is beyond 2^31. */
export const starts = fc.constantFrom(0, 1_700_000_000_000, 2 ** 45);

type Move = (nowMs: number, bucketMs: number, buckets: number) => number;
const toEdge =
  (ahead: number, off: number): Move =>
  (nowMs, bucketMs, buckets) =>
    (Math.floor(nowMs / bucketMs) + (ahead % (buckets + 2))) * bucketMs + off;
const byWindows =
  (percent: number): Move =>
  (nowMs, bucketMs, buckets) =>
    nowMs + Math.floor((percent / 100) * buckets * bucketMs);
const back =
  (ms: number): Move =>
  (nowMs) =>
    nowMs - ms;
/** How the clock moves: not at all, to the edge of a bucket, up to three windows, back. */
const moves: fc.Arbitrary<Move> = fc.oneof(
  fc.constant(back(0)),
  fc.tuple(fc.nat({ max: 20 }), fc.integer({ min: -1, max: 1 })).map((args) => toEdge(...args)),
  fc.nat({ max: 300 }).map(byWindows),
  fc.integer({ min: 1, max: 3_000 }).map(back),
);

/** Scripts over up to `most` ids that join first; each method has a weight. */
export function scripts(
  most: number,
  weights: Partial<Record<Method, number>>,
  { forward = false } = {},
): fc.Arbitrary<Script<Setup, Step>> {
  const methods = Object.entries(weights).map(([method, weight]) => {
    return { arbitrary: fc.constant(method as Method), weight };
  });
  const plan = fc.record({
    method: fc.oneof(...methods),
    move: moves,
    who: fc.nat({ max: 99 }),
    bytes: fc.oneof(fc.constantFrom(0, 1, 2, 5), fc.nat({ max: 1_000 }), fc.constant(2 ** 40)),
  });
  const plans = fc.array(plan, { maxLength: 30, size: "max" });
  return fc
    .record({ setup: setups, startMs: starts, ids: names(1, most), plans })
    .map(({ setup, startMs, ids, plans }) => {
      let atMs = startMs;
      const { bucketMs = 1_000, buckets = 14 } = setup;
      const joins = ids.map((id): Step => callAt(startMs, "add", id));
      const steps = plans.map(({ method, move, who, bytes }): Step => {
        atMs = Math.max(forward ? atMs : 0, move(atMs, bucketMs, buckets));
        const id = ids[who % ids.length];
        if (method === "pick") return callAt(atMs, method);
        return method === "record" ? callAt(atMs, method, id, bytes) : callAt(atMs, method, id);
      });
      return { setup, steps: [...joins, ...steps] };
    });
}
