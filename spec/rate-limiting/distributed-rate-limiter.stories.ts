/**
 * What `distributed-rate-limiter` is played on: a store with ttls, delays and failures, and nodes that
 * share it. Nothing here knows how a limiter works.
 */
import { holds, literal } from "kata/harness";
import { play, type Stage } from "kata/harness/async";
import type * as Stub from "../../katas/rate-limiting/distributed-rate-limiter/stub.ts";

export interface Setup {
  readonly limit: number;
  readonly windowMs: number;
  readonly onStoreError: "allow" | "deny";
}

/** What becomes of one store call; those of a scenario are dealt out in the order of the calls. */
export interface Fate {
  /** How long it is under way before its effect, and then before its answer, in windows. */
  readonly there?: number;
  readonly back?: number;
  readonly fails?: "before its effect" | "after its effect";
}

export interface Asked {
  readonly node: number;
  readonly key: string;
  /** "rest": what is left of the limit at that time, or 1. */
  readonly cost: number | "rest";
  /** From the start of its burst, in windows. */
  readonly after?: number;
}

/** Requests that do not wait for each other. */
export interface Burst {
  /** It starts as soon as all before it are answered, or at the start of a window after that. */
  readonly windowsLater?: number;
  readonly requests: readonly Asked[];
}

export interface Scenario {
  readonly setup: Setup;
  readonly bursts: readonly Burst[];
  readonly fates?: readonly Fate[];
  readonly picks?: readonly number[];
}

export interface StoreCall {
  readonly text: string;
  readonly ttlMs: number | undefined;
  /** Set when it has failed. */
  failed: boolean;
  /** Whether it lowers a counter. */
  readonly givesBack: boolean;
}

/** A request that was answered. */
export interface Answered {
  readonly node: number;
  readonly key: string;
  readonly cost: number;
  readonly calledMs: number;
  readonly answeredMs: number;
  /** As it was when it came. */
  readonly decision: Stub.Decision;
  readonly givenDecision: Stub.Decision;
  readonly storeCalls: readonly StoreCall[];
  /** Counts what began or ended before it began, and before it ended. */
  readonly began: number;
  readonly ended: number;
  /** `n0 tryAcquire("a", 2) at 5 ms`. */
  readonly label: string;
}

/** A store in virtual time: each call takes effect at one scheduling point and is answered at another. */
class SimulatedStore {
  readonly #stage: Stage;
  readonly #fates: readonly Fate[];
  readonly #windowMs: number;
  readonly #counters = new Map<string, { value: number; endMs: number }>();
  #calls = 0;

  constructor(stage: Stage, { fates, windowMs }: { fates: readonly Fate[]; windowMs: number }) {
    this.#stage = stage;
    this.#fates = fates;
    this.#windowMs = windowMs;
  }

  /** The store as one node sees it; `book` is told of each call. */
  seenBy(node: string, book: (call: StoreCall) => void): Stub.CounterStore {
    const operate = <T>(
      text: string,
      effect: () => T,
      { ttlMs, givesBack = false }: { ttlMs?: number; givesBack?: boolean } = {},
    ): Promise<T> => {
      const call: StoreCall = { text, ttlMs, givesBack, failed: false };
      book(call);
      return this.#operate(`${node} ${text}`, effect, call);
    };
    const name = literal;
    return {
      get: (key) => operate(`get(${name(key)})`, () => this.#read(key)),
      set: (key, value, ttlMs) =>
        operate(
          `set(${name(key)}, ${value})`,
          () => {
            this.#counters.set(key, { value, endMs: this.#stage.scheduler.now() + ttlMs });
          },
          { ttlMs },
        ),
      incrBy: (key, amount, ttlMs) =>
        operate(
          `incrBy(${name(key)}, ${amount})`,
          () => this.#write(key, (this.#read(key) ?? 0) + amount, ttlMs),
          { ttlMs, givesBack: amount < 0 },
        ),
      compareAndSet: (key, expected, next, ttlMs) =>
        operate(
          `compareAndSet(${name(key)}, ${expected}, ${next})`,
          () => {
            if (this.#read(key) !== expected) return false;
            this.#write(key, next, ttlMs);
            return true;
          },
          { ttlMs, givesBack: next < (expected ?? 0) },
        ),
    };
  }

  #read(key: string): number | undefined {
    const counter = this.#counters.get(key);
    if (counter !== undefined && counter.endMs > this.#stage.scheduler.now()) return counter.value;
    this.#counters.delete(key);
    return undefined;
  }

  #write(key: string, value: number, ttlMs: number): number {
    const isThere = this.#read(key) !== undefined;
    const endMs = isThere
      ? (this.#counters.get(key)?.endMs ?? 0)
      : this.#stage.scheduler.now() + ttlMs;
    this.#counters.set(key, { value, endMs });
    return value;
  }

  async #operate<T>(label: string, effect: () => T, call: StoreCall): Promise<T> {
    const { there = 0, back = 0, fails } = this.#fates[this.#calls++] ?? {};
    const { scheduler, story } = this.#stage;
    await this.#travel(there, label);
    const answer = fails === "before its effect" ? undefined : effect();
    const came = fails === undefined ? literal(answer) : `fails ${fails}`;
    story.push(`at ${scheduler.now()} ms: ${label} -> ${came}`);
    await this.#travel(back, label);
    if (fails === undefined) return answer as T;
    call.failed = true;
    throw new Error("the store does not answer");
  }

  async #travel(windows: number, label: string): Promise<void> {
    const { scheduler, interleaving } = this.#stage;
    const ms = Math.floor(windows * this.#windowMs);
    if (ms > 0) await new Promise<void>((resolve) => scheduler.after(ms, resolve));
    await interleaving.point(label);
  }
}

/** Plays a scenario on nodes of the subject, and judges the requests, in the order of their calls. */
export async function playOut(
  { DistributedRateLimiter }: typeof Stub,
  { setup, bursts, fates = [], picks = [] }: Scenario,
  judge: (all: readonly Answered[]) => void,
): Promise<void> {
  const { limit, windowMs } = setup;
  const script = async (stage: Stage): Promise<void> => {
    const { scheduler, calls, story } = stage;
    const store = new SimulatedStore(stage, { fates, windowMs });
    const answered: Answered[] = [];
    let moments = 0;
    const nodes = new Map<number, Stub.DistributedRateLimiter>();
    /** Of the last request of each node: exact where it has one in progress. */
    const storeCallsOf = new Map<number, StoreCall[]>();
    const nodeOf = (node: number): Stub.DistributedRateLimiter => {
      const seen = store.seenBy(`n${node}`, (call) => storeCallsOf.get(node)?.push(call));
      const made =
        nodes.get(node) ?? new DistributedRateLimiter({ ...setup, store: seen, clock: scheduler });
      nodes.set(node, made);
      return made;
    };
    const wait = async (ms: number): Promise<void> => {
      if (ms > 0) await new Promise<void>((resolve) => scheduler.after(ms, resolve));
    };
    const ask = async ({ node, key, cost: wanted, after = 0 }: Asked): Promise<void> => {
      await wait(Math.floor(after * windowMs));
      const calledMs = scheduler.now();
      const fromMs = calledMs - (calledMs % windowMs);
      const before = answered.filter((one) => one.key === key && one.calledMs >= fromMs);
      const cost = wanted === "rest" ? Math.max(limit - costPassed(before), 1) : wanted;
      const text = `n${node} tryAcquire(${literal(key)}, ${cost})`;
      const label = `${text} at ${calledMs} ms`;
      const storeCalls: StoreCall[] = [];
      storeCallsOf.set(node, storeCalls);
      const began = (moments += 1);
      story.push(`at ${calledMs} ms: ${text}`);
      const made = await calls.start(label, () => nodeOf(node).tryAcquire(key, cost));
      const ended = (moments += 1);
      const answeredMs = scheduler.now();
      const came = made.state === "threw" ? `rejects: ${String(made.error)}` : tell(made.value);
      story.push(`at ${answeredMs} ms: ${text} -> ${came}`);
      holds(typeof made.value === "object" && made.value !== null, label, "a decision", came);
      const decision = made.value as Stub.Decision;
      const call = { node, key, cost, calledMs, answeredMs, storeCalls, began, ended, label };
      answered.push({ ...call, decision: { ...decision }, givenDecision: decision });
    };
    let broken: unknown;
    const playBursts = async (): Promise<void> => {
      for (const { windowsLater = 0, requests } of bursts) {
        const nowMs = scheduler.now();
        if (windowsLater > 0) await wait(windowsLater * windowMs - (nowMs % windowMs));
        await Promise.all(requests.map(ask));
      }
    };
    void playBursts().catch((error: unknown) => {
      broken = error;
    });
    await stage.idle();
    if (broken !== undefined) throw broken as Error;
    if (calls.pending.length > 0) return;
    judge(answered.toSorted((a, b) => a.began - b.began));
  };
  await play(script, { picks });
}

function tell(value: unknown): string {
  if (typeof value !== "object" || value === null) return literal(value);
  const { allowed, remaining, retryAfterMs, degraded } = value as Stub.Decision;
  const wait = allowed === true ? "" : `, again in ${retryAfterMs} ms`;
  const how = degraded === true ? ", degraded" : "";
  return `${allowed === true ? "allowed" : "denied"}, ${remaining} left${wait}${how}`;
}

/** The cost that passed and was counted. */
export function costPassed(requests: readonly Answered[]): number {
  return requests.reduce((sum, { cost, decision }) => {
    return sum + (decision.allowed && !decision.degraded ? cost : 0);
  }, 0);
}
