import Peer from "opossum";
import type * as Stub from "../../../../katas/resilience/circuit-breaker/stub.ts";
import type { Contest } from "../contest.ts";

export const note = "calls and times out by itself: ours is put around the same promise";

const CALLS = 500;
const action = (): Promise<number> => Promise.resolve(1);

export const contests: Contest<typeof Stub>[] = [
  {
    id: "closed-hot",
    what: `${CALLS} calls of a promise through a closed breaker`,
    reference: ({ CircuitBreaker }) => {
      const breaker = new CircuitBreaker({
        clock: { now: () => 0 },
        windowSize: 1_000,
        minimumCalls: 500,
        failureThreshold: 0.5,
        openMs: 5_000,
        halfOpenCalls: 3,
      });
      return async () => {
        for (let i = 0; i < CALLS; i += 1) {
          const permit = breaker.tryAcquire()!;
          await action();
          permit.success();
        }
      };
    },
    peer: () => {
      const breaker = new Peer(action, { timeout: false, errorThresholdPercentage: 50 });
      return async () => {
        for (let i = 0; i < CALLS; i += 1) await breaker.fire();
      };
    },
  },
];
