import { pathToFileURL } from "node:url";
import type { Bench } from "../harness/define-bench.ts";
import { captureConsole, emit, openChannel } from "../harness/sink.ts";
import { DeclaredBudget, type BenchPlan, type BenchRecord } from "../model/outcome.ts";
import { plantCost } from "./plant-cost.ts";
import { measureCount } from "./measure-count.ts";
import { measureGrowth } from "./measure-growth.ts";
import { measureMemory } from "./measure-memory.ts";
import { measureWorkload, type Sides } from "./measure-workload.ts";

/**
 * Entry of the bench process: loads the bundles of a {@link BenchPlan}, measures each workload and
 * reports it at once. The attempt is loaded last, when all that times it is in place.
 */
// oxlint-disable-next-line no-restricted-properties -- taken before the attempt can replace it
const exit = process.exit.bind(process);

async function main(plan: BenchPlan): Promise<void> {
  const { bench: whole } = (await load(plan.bench)) as { bench?: Bench<object> };
  if (whole === undefined) throw new Error("the bench does not export `bench`");
  const defined = plan.only === undefined ? whole : select(whole, new Set(plan.only));
  emit({ t: "declared", slug: defined.slug, budgets: declare(defined) });
  const reference = await load(plan.reference);
  const warmers: object[] = [];
  for (const file of plan.warmers) warmers.push(await load(file));
  const sides: Sides = { reference, warmers, attempt: await load(plan.attempt) };
  const bench = plan.planted === true ? plantCost(defined, sides.attempt) : defined;
  if (plan.measures === "memory") {
    for (const memory of bench.memory ?? []) {
      const { id } = memory;
      await measure(id, async () => ({
        t: "weighed",
        id,
        ...(await measureMemory(memory, sides)),
      }));
    }
    return;
  }
  for (const workload of bench.workloads) {
    const { id } = workload;
    await measure(id, () => ({ t: "measured", id, ...measureWorkload(workload, sides) }));
  }
  for (const growth of bench.growth ?? []) {
    const { id } = growth;
    await measure(id, () => ({ t: "grown", id, points: measureGrowth(growth, sides) }));
  }
  for (const count of bench.counts ?? []) {
    const { id } = count;
    await measure(id, async () => ({ t: "counted", id, ...(await measureCount(count, sides)) }));
  }
}

function select(bench: Bench<object>, ids: ReadonlySet<string>): Bench<object> {
  const chosen = <T extends { id: string }>(list: readonly T[] = []): T[] =>
    list.filter(({ id }) => ids.has(id));
  const { workloads, growth, counts, memory } = bench;
  return {
    ...bench,
    workloads: chosen(workloads),
    growth: chosen(growth),
    counts: chosen(counts),
    memory: chosen(memory),
  };
}

function declare({
  workloads,
  growth = [],
  counts = [],
  memory = [],
}: Bench<object>): DeclaredBudget[] {
  return [
    ...workloads.map(({ id, rule, what, maxRatio }) => {
      return { kind: "time", id, rule, what, maxRatio };
    }),
    ...growth.map(({ id, rule, what, sizes, maxExcess }) => {
      return { kind: "growth", id, rule, what, sizes, maxExcess };
    }),
    ...counts.map(({ id, rule, what, maxRatio }) => {
      return { kind: "count", id, rule, what, maxRatio };
    }),
    ...memory.map(({ id, rule, what, elements, maxBytes }) => {
      return { kind: "memory", id, rule, what, elements, maxBytes };
    }),
  ].map((budget) => DeclaredBudget.parse(budget));
}

async function measure(id: string, find: () => BenchRecord | Promise<BenchRecord>): Promise<void> {
  emit({ t: "started", id });
  try {
    emit(await find());
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
