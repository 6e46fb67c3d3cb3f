/** Budgets of `distributed-rate-limiter`: what is kept, and how often the store is called. */
import { type CallCounter, defineBench } from "kata/harness";
import { VirtualClock } from "kata/kit";
import type * as Stub from "../../katas/rate-limiting/distributed-rate-limiter/stub.ts";

type Subject = typeof Stub;
const options = { limit: 1_000_000, windowMs: 1_000, onStoreError: "deny" } as const;

export const bench = defineBench<Subject>("distributed-rate-limiter", {
  workloads: [],
  counts: [
    {
      id: "store-calls",
      rule: 9,
      what: "store calls of 4,000 requests on 4 nodes, for 100 keys, one after the other",
      maxRatio: 2,
      run: async ({ DistributedRateLimiter }, counter: CallCounter) => {
        const store = counter.watch(new PromptStore());
        const clock = new VirtualClock();
        const nodes = [1, 2, 3, 4].map(
          () => new DistributedRateLimiter({ ...options, store, clock }),
        );
        for (let i = 0; i < 4_000; i += 1) {
          if (i % 10 === 0) clock.advance(1);
          await nodes[i % 4]?.tryAcquire(`user-${(i * 7) % 100}`);
        }
      },
    },
  ],
  memory: [
    {
      id: "key-churn",
      rule: 9,
      what: "a key that is used once, 20,000 of them",
      elements: 20_000,
      // A key that is kept takes 70 bytes.
      maxBytes: 25,
      fill: ({ DistributedRateLimiter }) => {
        const clock = new VirtualClock();
        // It keeps nothing itself: the store is not what is weighed.
        const store = new ForgetfulStore();
        const limiter = new DistributedRateLimiter({ ...options, store, clock });
        void (async () => {
          for (let i = 0; i < 20_000; i += 1) await limiter.tryAcquire(`once-${i}`);
        })();
        return limiter;
      },
    },
  ],
});

/** Answers at once, from memory; the bench stays within a window. */
class PromptStore implements Stub.CounterStore {
  readonly #counters = new Map<string, number>();

  async get(key: string): Promise<number | undefined> {
    return this.#counters.get(key);
  }

  async set(key: string, value: number): Promise<void> {
    this.#counters.set(key, value);
  }

  async incrBy(key: string, amount: number): Promise<number> {
    const sum = (this.#counters.get(key) ?? 0) + amount;
    this.#counters.set(key, sum);
    return sum;
  }

  async compareAndSet(key: string, expected: number | undefined, next: number): Promise<boolean> {
    if (this.#counters.get(key) !== expected) return false;
    this.#counters.set(key, next);
    return true;
  }
}

/** Finds every counter absent. */
class ForgetfulStore implements Stub.CounterStore {
  async get(): Promise<undefined> {
    return undefined;
  }

  async set(): Promise<void> {
    return undefined;
  }

  async incrBy(_: string, amount: number): Promise<number> {
    return amount;
  }

  async compareAndSet(_: string, expected: number | undefined): Promise<boolean> {
    return expected === undefined;
  }
}
