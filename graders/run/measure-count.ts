import { CallCounter } from "../harness/call-counter.ts";
import type { Count } from "../harness/define-bench.ts";
import type { Sides } from "./measure-workload.ts";

/** What each side did to the injected objects. */
export interface Counts {
  readonly attemptCount: number;
  readonly referenceCount: number;
}

/** Runs the counted work once on each side: a count is exact, so once is enough. */
export async function measureCount(count: Count<object>, sides: Sides): Promise<Counts> {
  const referenceCount = await countOf(count, sides.reference);
  return { referenceCount, attemptCount: await countOf(count, sides.attempt) };
}

async function countOf({ run }: Count<object>, subject: object): Promise<number> {
  const counter = new CallCounter();
  await run(subject, counter);
  return counter.total;
}
