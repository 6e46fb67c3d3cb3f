/** Budgets of `rendezvous-hashing`. */
import { defineBench } from "kata/harness";
import type * as Stub from "../../katas/partitioning/rendezvous-hashing/stub.ts";

const KEYS = Array.from({ length: 1_000 }, (_, i) => `key-${i % 50}`);

export const bench = defineBench<typeof Stub>("rendezvous-hashing", {
  workloads: [
    {
      id: "add",
      rule: 4,
      what: "1,000 adds of 50 keys",
      maxRatio: 5,
      setup: ({ Rendezvous }) => {
        const subject = new Rendezvous();
        return () => {
          for (const key of KEYS) subject.add(key);
        };
      },
    },
  ],
});
