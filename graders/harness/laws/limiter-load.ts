import type { Clock } from "../../kit/ports.ts";
import { SeededRandom } from "../../kit/seeded-random.ts";
import { VirtualClock } from "../../kit/virtual-clock.ts";
import { inBatches } from "../in-batches.ts";
import type { Limiter } from "./limiter.ts";

const START_MS = 1_700_000_000_000;
type Open = (clock: Clock) => Limiter<unknown>;

/** Timed work: `calls` calls for one key, each `stepMs` after the one before. */
export function askOneKey(open: Open, { calls = 4_000, stepMs = 1 } = {}): () => void {
  const clock = new VirtualClock(START_MS);
  const limiter = open(clock);
  return () => {
    for (let i = 0; i < calls; i += 1) {
      clock.advance(stepMs);
      limiter.tryAcquire("user");
    }
  };
}

/** Timed work: 1,000 calls for keys at random out of `keys`, each of which has called; 100 in a ms. */
export function askManyKeys(open: Open, keys: number): () => void {
  const clock = new VirtualClock(START_MS);
  const limiter = open(clock);
  const names = Array.from({ length: keys }, (_, i) => `user-${String(i).padStart(12, "0")}`);
  for (const name of names) limiter.tryAcquire(name);
  const random = new SeededRandom(1);
  const asked = Array.from({ length: 200_000 }, () => names[random.below(keys)] as string);
  let calls = 0;
  return inBatches(asked, 1_000, (name) => {
    calls += 1;
    if (calls % 100 === 0) clock.advance(1);
    limiter.tryAcquire(name);
  });
}

/** To be weighed: a limiter after `keys` keys that called once, one a ms. */
export function churnKeys(open: Open, keys: number): Limiter<unknown> {
  const clock = new VirtualClock(START_MS);
  const limiter = open(clock);
  for (let i = 0; i < keys; i += 1) {
    clock.advance(1);
    limiter.tryAcquire(`once-${i}`);
  }
  return limiter;
}
