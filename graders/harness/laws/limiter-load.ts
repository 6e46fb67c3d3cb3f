import type { Clock } from "../../kit/ports.ts";
import { SeededRandom } from "../../kit/seeded-random.ts";
import { VirtualClock } from "../../kit/virtual-clock.ts";
import { inBatches } from "../in-batches.ts";
import type { Limiter } from "./limiter.ts";

const START_MS = 1_700_000_000_000;
type Open = (clock: Clock) => Limiter<unknown>;

/**
 * Timed work: `calls` calls for one key, each `stepMs` after the one before. The key has called
 * `before` times already, every `beforeStepMs`.
 */
export function askOneKey(
  open: Open,
  { calls = 4_000, stepMs = 1, before = 0, beforeStepMs = 2 } = {},
): () => void {
  const clock = new VirtualClock(START_MS);
  const limiter = open(clock);
  for (let i = 0; i < before; i += 1) {
    clock.advance(beforeStepMs);
    limiter.tryAcquire("user");
  }
  return () => {
    for (let i = 0; i < calls; i += 1) {
      clock.advance(stepMs);
      limiter.tryAcquire("user");
    }
  };
}

/** Timed work: 1,000 calls for keys at random out of `keys`, each of which has called. */
export function askManyKeys(open: Open, keys: number, { perMs = 100 } = {}): () => void {
  const clock = new VirtualClock(START_MS);
  const limiter = open(clock);
  const { names, asked } = crowd(keys);
  for (const name of names) limiter.tryAcquire(name);
  let calls = 0;
  return inBatches(asked, 1_000, (name) => {
    calls += 1;
    if (calls % perMs === 0) clock.advance(1);
    limiter.tryAcquire(name);
  });
}

interface Crowd {
  readonly names: readonly string[];
  readonly asked: readonly string[];
}
/** Made once for all sides of a bench. */
const crowds = new Map<number, Crowd>();

/** `keys` names, and who calls in 200,000 calls. */
function crowd(keys: number): Crowd {
  const known = crowds.get(keys);
  if (known !== undefined) return known;
  const random = new SeededRandom(1);
  const names = Array.from({ length: keys }, (_, i) => `user-${String(i).padStart(12, "0")}`);
  const asked = Array.from({ length: 200_000 }, () => names[random.below(keys)] as string);
  crowds.set(keys, { names, asked });
  return { names, asked };
}

/** To be weighed: a limiter after `calls` calls for one key, one a ms. */
export function pollOneKey(open: Open, calls: number): Limiter<unknown> {
  const clock = new VirtualClock(START_MS);
  const limiter = open(clock);
  for (let i = 0; i < calls; i += 1) {
    clock.advance(1);
    limiter.tryAcquire("user");
  }
  return limiter;
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
