/** Time budgets of `circuit-breaker`: a window of 1,000 outcomes. */
import { defineBench } from "kata/harness";
import { VirtualClock } from "kata/kit";
import type * as Stub from "../../katas/resilience/circuit-breaker/stub.ts";

const BATCH = 10_000;
const options: Omit<Stub.BreakerOptions, "clock"> = {
  windowSize: 1_000,
  minimumCalls: 500,
  failureThreshold: 0.5,
  openMs: 5_000,
  halfOpenCalls: 3,
};

export const bench = defineBench<typeof Stub>("circuit-breaker", {
  workloads: [
    {
      id: "closed-hot",
      rule: 15,
      what: "10,000 calls through a closed breaker, one in ten fails",
      maxRatio: 8,
      setup: ({ CircuitBreaker }) => {
        const breaker = new CircuitBreaker({ ...options, clock: new VirtualClock() });
        return () => {
          for (let i = 0; i < BATCH; i += 1) {
            const permit = breaker.tryAcquire()!;
            if (i % 10 === 0) permit.failure();
            else permit.success();
          }
        };
      },
    },
    {
      id: "open-hot",
      rule: 15,
      what: "10,000 calls refused by an open breaker",
      maxRatio: 5,
      setup: ({ CircuitBreaker }) => {
        const breaker = new CircuitBreaker({ ...options, clock: new VirtualClock() });
        for (let i = 0; i < options.minimumCalls; i += 1) breaker.tryAcquire()?.failure();
        return () => {
          let granted = 0;
          for (let i = 0; i < BATCH; i += 1) if (breaker.tryAcquire() !== null) granted += 1;
          return granted;
        };
      },
    },
  ],
});
