import { pathToFileURL } from "node:url";
import type { Bench, Workload } from "../harness/define-bench.ts";
import { captureConsole, emit, openChannel } from "../harness/sink.ts";
import { BenchWorkload, type BenchPlan } from "../model/outcome.ts";
import { measureWorkload, type Sides } from "./measure-workload.ts";

/**
 * Entry of the bench process: loads the bundles of a {@link BenchPlan}, measures each workload and
 * reports it at once. The attempt is loaded last, when all that times it is in place.
 */
// oxlint-disable-next-line no-restricted-properties -- taken before the attempt can replace it
const exit = process.exit.bind(process);

async function main(plan: BenchPlan): Promise<void> {
  const { bench } = (await load(plan.bench)) as { bench?: Bench<object> };
  if (bench === undefined) throw new Error("the bench does not export `bench`");
  const { slug, workloads } = bench;
  const declared = workloads.map(({ id, rule, what, maxRatio }) =>
    BenchWorkload.parse({ id, rule, what, maxRatio }),
  );
  emit({ t: "declared", slug, workloads: declared });
  const reference = await load(plan.reference);
  const warmers: object[] = [];
  for (const file of plan.warmers) warmers.push(await load(file));
  const sides: Sides = { reference, warmers, attempt: await load(plan.attempt) };
  for (const workload of workloads) measure(workload, sides);
}

function measure(workload: Workload<object>, sides: Sides): void {
  const { id } = workload;
  emit({ t: "started", id });
  try {
    emit({ t: "measured", id, ...measureWorkload(workload, sides) });
  } catch (error) {
    emit({ t: "bench-failed", id, message: String(error) });
  }
}

async function load(file: string): Promise<object> {
  return (await import(pathToFileURL(file).href)) as object;
}

try {
  const plan = openChannel<BenchPlan>();
  captureConsole();
  await main(plan);
  emit({ t: "end" });
} catch (error) {
  emit({ t: "bench-failed", message: String(error) });
}
// An attempt may have left timers behind.
exit(0);
