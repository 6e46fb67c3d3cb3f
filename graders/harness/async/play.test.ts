import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { InterleavedStore } from "../../kit/async/interleaved-store.ts";
import { Violation } from "../violation.ts";
import { picks } from "./picks.ts";
import { play } from "./play.ts";

/** The test runner takes an unheard rejection for a failure of its own. */
let others: NodeJS.UnhandledRejectionListener[] = [];
beforeEach(() => {
  others = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
});
afterEach(() => {
  for (const other of others) process.on("unhandledRejection", other);
});

const failureOf = async (run: Promise<unknown>): Promise<Violation["failure"]> => {
  const error: unknown = await run.catch((thrown: unknown) => thrown);
  if (!(error instanceof Violation)) throw new Error(`no violation: ${String(error)}`);
  return error.failure;
};

describe("play", () => {
  test("moves time and scheduling points until nothing more can happen", async () => {
    const calls = await play(({ scheduler, interleaving, calls: started }) => {
      const store = new InterleavedStore<number>(interleaving);
      void started.start("slow", async () => {
        await new Promise<void>((resolve) => scheduler.after(7, resolve));
        await store.set("k", 1);
        return store.get("k");
      });
    });
    expect(calls.all).toEqual([
      { label: "slow", startedMs: 0, state: "returned", value: 1, settledMs: 7 },
    ]);
  });

  test("names the call that never settles", async () => {
    const failure = await failureOf(
      play(({ calls }) => {
        void calls.start("c0 acquire()", () => 1);
        void calls.start("c1 acquire()", () => new Promise(() => undefined));
      }),
    );
    expect(failure).toEqual({
      what: "c1 acquire(), when nothing more can happen",
      expected: "it has settled",
      actual: "still pending",
      steps: ["c0 acquire() at 0 ms -> 1 at 0 ms", "c1 acquire() at 0 ms -> still pending"],
    });
  });

  test("a call that may wait for ever is no fault", async () => {
    const calls = await play(
      ({ calls: started }) => void started.start("wait", () => new Promise(() => undefined)),
      { mayPend: (label) => label === "wait" },
    );
    expect(calls.pending).toEqual(["wait"]);
  });

  test("tells of a rejection that nobody listens to, and of no other", async () => {
    const failure = await failureOf(
      play(({ calls, scheduler }) => {
        void calls.start("heard", () => Promise.reject(new RangeError("told")));
        void calls.start("fire()", () => {
          scheduler.after(5, () => void Promise.reject(new RangeError("lost")));
        });
      }),
    );
    expect(failure.what).toBe("a promise of its own was rejected, and nobody listens to it");
    expect(failure.actual).toBe("RangeError: lost");
    expect(process.listenerCount("unhandledRejection")).toBe(0);
  });

  test("a rule that the script finds broken is told with the script's story", async () => {
    const failure = await failureOf(
      play(({ story }) => {
        story.push("at 0 ms: nobody came");
        throw new Violation({ what: "guests", expected: "1", actual: "0" });
      }),
    );
    expect(failure).toEqual({
      what: "guests",
      expected: "1",
      actual: "0",
      steps: ["at 0 ms: nobody came"],
    });
  });

  test("picks find the order in which an update is lost", async () => {
    const seen = new Set<number | undefined>();
    await fc.assert(
      fc.asyncProperty(picks(2), async (some) => {
        let last: number | undefined;
        await play(
          async ({ interleaving, calls, idle }) => {
            const store = new InterleavedStore<number>(interleaving);
            const add = async (): Promise<void> =>
              store.set("n", ((await store.get("n")) ?? 0) + 1);
            void calls.start("add", add);
            void calls.start("add", add);
            await idle();
            last = store.peek("n");
          },
          { picks: some },
        );
        seen.add(last);
      }),
      { numRuns: 100, seed: 3 },
    );
    expect([...seen].toSorted((a, b) => Number(a) - Number(b))).toEqual([1, 2]);
  });
});
