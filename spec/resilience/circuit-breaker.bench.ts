/** Budgets of `circuit-breaker`: a window of 1,000 outcomes. */
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
  growth: [
    {
      id: "window-grows",
      rule: 15,
      what: "a call through a closed breaker, by windowSize",
      sizes: [10, 100, 1_000, 10_000],
      maxExcess: 0.25,
      setup: ({ CircuitBreaker }, size) => {
        const sized = { ...options, windowSize: size, minimumCalls: size };
        const breaker = new CircuitBreaker({ ...sized, clock: new VirtualClock() });
        for (let i = 0; i < size; i += 1) breaker.tryAcquire()?.success();
        return () => {
          for (let i = 0; i < 1_000; i += 1) breaker.tryAcquire()?.success();
        };
      },
    },
  ],
  memory: [
    {
      id: "window-memory",
      rule: 15,
      what: "a place of the window of 10,000, after 200,000 outcomes",
      elements: 10_000,
      maxBytes: 100,
      fill: ({ CircuitBreaker }) => {
        const sized = { ...options, windowSize: 10_000, minimumCalls: 10_000 };
        const breaker = new CircuitBreaker({ ...sized, clock: new VirtualClock() });
        for (let i = 0; i < 200_000; i += 1) breaker.tryAcquire()?.success();
        return breaker;
      },
    },
    {
      id: "dropped-permits",
      rule: 15,
      what: "a permit that was dropped unsettled, of 10,000",
      elements: 10_000,
      maxBytes: 10,
      fill: ({ CircuitBreaker }) => {
        const sized = { ...options, windowSize: 10, minimumCalls: 10 };
        const breaker = new CircuitBreaker({ ...sized, clock: new VirtualClock() });
        for (let i = 0; i < 10_000; i += 1) breaker.tryAcquire();
        return breaker;
      },
    },
  ],
});
