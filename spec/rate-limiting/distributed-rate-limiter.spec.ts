/**
 * Judges `distributed-rate-limiter`. Rules are those of
 * katas/rate-limiting/distributed-rate-limiter/README.md.
 */
import fc from "fast-check";
import { defineSpec, equal, literal, notIntegersIn, throws } from "kata/harness";
import { VirtualClock } from "kata/kit";
import type * as Stub from "../../katas/rate-limiting/distributed-rate-limiter/stub.ts";
import {
  alike,
  fates,
  judgeAnswers,
  judgeLimit,
  judgeOutages,
  judgeStoreCalls,
  scenarios,
} from "./distributed-rate-limiter.model.ts";
import {
  type Asked,
  type Scenario,
  type Setup,
  playOut,
} from "./distributed-rate-limiter.stories.ts";

const setup = { limit: 5, windowMs: 100, onStoreError: "deny" } as const;
const rest: Asked = { node: 0, key: "a", cost: "rest" };
/** So many requests of cost 1 at once, on two nodes, then one for all that is left. */
const atOnce = (count: number): Scenario => ({
  setup,
  bursts: [
    { requests: Array.from({ length: count }, (_, i) => ({ node: i % 2, key: "a", cost: 1 })) },
    { requests: [rest] },
  ],
});

defineSpec<typeof Stub>("distributed-rate-limiter", (subject, check) => {
  check.property(
    "never-over-limit",
    { rule: [1, 2], points: 30, runs: 150, examples: [atOnce(10)] },
    scenarios({ nodes: 3, size: 6, fates: fates({ slow: 2, stalls: 1, fails: 1 }) }),
    async (scenario) => {
      await playOut(subject, scenario, (all) => judgeLimit(all, scenario.setup));
    },
  );

  check.property(
    "no-lost-capacity",
    {
      rule: [3, 5],
      points: 20,
      runs: 150,
      examples: [
        atOnce(10),
        {
          setup,
          bursts: [3, 4, 2].map((cost) => ({ requests: [{ node: 0, key: "a", cost }] })),
        },
      ],
    },
    scenarios({ nodes: 3, bursts: 2, takesRest: "last", fates: fates({ slow: 4 }) }),
    async (scenario) => {
      await playOut(subject, scenario, (all) => judgeAnswers(all, scenario.setup));
    },
  );

  check.property(
    "no-spurious-denial",
    { rule: [3, 5], points: 10, runs: 150, examples: [atOnce(3)] },
    scenarios({
      bursts: 1,
      size: 4,
      keys: fc.constant(["a"]),
      after: [0, 0, 0.25, 0.5],
      fates: fates({ slow: 4 }),
    }),
    async (scenario) => {
      await playOut(subject, scenario, (all) => judgeAnswers(all, scenario.setup));
    },
  );

  check.property(
    "sequential-model",
    { rule: [1, 3, 5], points: 15, runs: 300 },
    scenarios({
      nodes: 3,
      bursts: 10,
      size: 1,
      after: [0, 0, 0, 0, 0.1, 0.4, 0.99, 1],
      windowsLater: [0, 0, 0, 0, 0, 0, 1, 2, 100_000],
    }),
    async (scenario) => {
      await playOut(subject, scenario, (all) => {
        judgeAnswers(all, scenario.setup);
        for (const { decision, givenDecision, label } of all) {
          equal(givenDecision, decision, `the decision on ${label}, read at the end`);
        }
      });
    },
  );

  check.property(
    "store-failure-policy",
    { rule: [2, 4], points: 10, runs: 150 },
    scenarios({ bursts: 6, size: 2, windowsLater: [0, 0, 0, 1], fates: fates({ fails: 6 }) }),
    async (scenario) => {
      await playOut(subject, scenario, (all) => {
        judgeOutages(all, scenario.setup);
        judgeLimit(all, scenario.setup);
        judgeAnswers(all, scenario.setup);
      });
    },
  );

  const late = {
    bursts: 2,
    keys: fc.constant<string[]>(["a"]),
    after: [0, 0, 0, 0.5, 1, 1.5, 2, 3],
    fates: fates({ stalls: 10 }),
  };
  check.property(
    "ttl-and-late-compensation",
    {
      rule: [2, 6],
      points: 10,
      runs: 250,
      examples: [
        // What is given back to a counter that is gone leaves a negative one.
        {
          setup,
          bursts: [
            {
              requests: [5, 1, 2].map((cost, node) => ({ node, key: "a", cost })),
            },
          ],
          fates: [{}, {}, { there: 3 }, { there: 2 }],
        },
      ],
    },
    fc.oneof(scenarios(late), scenarios({ ...late, takesRest: "first" })),
    async (scenario) => {
      const { windowMs } = scenario.setup;
      await playOut(subject, scenario, (all) => {
        for (const { text, ttlMs } of all.flatMap(({ storeCalls }) => storeCalls)) {
          if (ttlMs === undefined) continue;
          const isFit = ttlMs >= windowMs && ttlMs <= 3 * windowMs;
          equal(isFit ? "1 to 3 windows" : ttlMs, "1 to 3 windows", `the ttl of ${text}`);
        }
        judgeLimit(all, scenario.setup);
        judgeAnswers(all, scenario.setup);
      });
    },
  );

  check.property(
    "call-budget-and-keys",
    { rule: [6, 7], points: 3, runs: 150 },
    fc.oneof(
      scenarios({ bursts: 2, fates: fates({ slow: 3 }) }),
      scenarios({ bursts: 10, size: 1, keys: alike, dearest: 5 }),
    ),
    async (scenario) => {
      await playOut(subject, scenario, (all) => {
        judgeStoreCalls(all, scenario.setup);
        judgeAnswers(all, scenario.setup);
      });
    },
  );

  const changes: (Partial<Pick<Setup, "limit" | "windowMs">> & { readonly cost?: number })[] = [
    ...notIntegersIn(0, 1_000_000).map((limit) => ({ limit })),
    ...notIntegersIn(1, 1_000_000_000).map((windowMs) => ({ windowMs })),
    ...notIntegersIn(1, Number.MAX_SAFE_INTEGER).map((cost) => ({ cost })),
  ];
  check.vector("bad-input", { rule: 8, points: 2 }, changes, async ({ cost, ...options }) => {
    const called: string[] = [];
    const answer = <T>(name: string, value: T): Promise<T> => {
      called.push(name);
      return Promise.resolve(value);
    };
    const store: Stub.CounterStore = {
      get: () => answer("get", undefined),
      set: () => answer("set", undefined),
      incrBy: (_, amount) => answer("incrBy", amount),
      compareAndSet: () => answer("compareAndSet", true),
    };
    const clock = new VirtualClock();
    const build = (): Stub.DistributedRateLimiter =>
      new subject.DistributedRateLimiter({ ...setup, ...options, store, clock });
    if (cost === undefined) {
      throws(build, "RangeError", `new DistributedRateLimiter(${literal(options)})`);
      return;
    }
    const limiter = build();
    let came = "a decision";
    try {
      await limiter.tryAcquire("a", cost);
    } catch (error) {
      came = error instanceof Error ? error.name : typeof error;
    }
    equal(came, "RangeError", `what came of tryAcquire("a", ${cost})`);
    equal(called, [], `store calls of tryAcquire("a", ${cost})`);
  });
});
