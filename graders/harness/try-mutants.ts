import type { Baseline, Coverage, MutantFate, MutationPlan } from "../model/mutation.ts";
import type { SpecPlan } from "../model/outcome.ts";
import type { Runner } from "./check.ts";
import { MutantSwitch } from "./mutant-switch.ts";
import { runProperty } from "./run-property.ts";
import { emit } from "./sink.ts";

/** A mutant may visit its place so many times as often as the subject does … */
const HITS_FACTOR = 100;
/** … and so often besides: a loop that never ends gets there in milliseconds. */
const HITS_FREE = 100_000;
/** A property may take so many times as long as on the subject, and so many ms besides. */
const TIME_FACTOR = 20;
const TIME_FREE_MS = 500;
const LOAD_MS = 1_000;

/** Loads the subject and binds the properties to it; a version of its own for each `mutant`. */
export type Load = (mutant?: string) => Promise<readonly Runner[]>;

/**
 * Finds out for each mutant whether a property notices it. The subject holds all of them; a switch
 * activates one at a time. Only properties that reach a mutant's place are run, the quickest first.
 */
export async function tryMutants(
  { mutants, baseline: known }: MutationPlan,
  plan: SpecPlan,
  load: Load,
): Promise<void> {
  const trial = new Trial(plan, load);
  const baseline = await trial.prepare(known);
  emit({ t: "baseline", baseline });
  if (baseline.properties.every(({ held }) => held)) {
    for (const mutant of mutants) emit(await trial.judge(mutant, baseline));
  }
  emit({ t: "mutants-end" });
}

class Trial {
  readonly #plan: SpecPlan;
  readonly #load: Load;
  readonly #switch = new MutantSwitch();
  #runners: readonly Runner[] = [];

  constructor(plan: SpecPlan, load: Load) {
    this.#plan = { ...plan, shrinks: false };
    this.#load = load;
    this.#switch.install();
  }

  /** Loads the subject as it is and measures it, unless that is known. */
  async prepare(known: Baseline | undefined): Promise<Baseline> {
    this.#switch.startCounting();
    this.#runners = await this.#load();
    const loading = Object.keys(this.#switch.stopCounting());
    if (known !== undefined) return known;
    const properties: Coverage[] = [];
    for (const runner of this.#runners) {
      const { id, limitMs } = runner.declared;
      emit({ t: "trying", by: id, limitMs });
      this.#switch.startCounting();
      const { outcome, ms } = await runProperty("reference", runner, this.#plan);
      const hits = this.#switch.stopCounting();
      properties.push({ property: id, held: outcome === "held", ms, hits });
    }
    return { loading, properties };
  }

  async judge(mutant: string, { loading, properties }: Baseline): Promise<MutantFate> {
    const record = { t: "mutant", mutant } as const;
    const isLoaded = loading.includes(mutant);
    const covering = properties
      .filter(({ hits }) => isLoaded || mutant in hits)
      .toSorted((one, two) => one.ms - two.ms);
    if (covering.length === 0) return { ...record, fate: "uncovered" };
    const runners = isLoaded ? await this.#reload(mutant) : this.#runners;
    if (runners === undefined) return { ...record, fate: "killed", by: "loading" };
    for (const coverage of covering) {
      const runner = runners.find(({ declared }) => declared.id === coverage.property);
      if (runner === undefined) continue;
      const fate = await this.#tryOne(mutant, runner, coverage);
      if (fate !== "survived") return { ...record, fate, by: coverage.property };
    }
    return { ...record, fate: "survived" };
  }

  async #tryOne(mutant: string, runner: Runner, { ms, hits }: Coverage): Promise<MutantFate["fate"]> {
    const { declared } = runner;
    const limitMs = Math.ceil(TIME_FACTOR * ms + TIME_FREE_MS);
    emit({ t: "trying", mutant, by: declared.id, limitMs });
    this.#switch.activate(mutant, HITS_FACTOR * (hits[mutant] ?? 0) + HITS_FREE);
    const limited = { ...runner, declared: { ...declared, limitMs } };
    const { outcome } = await runProperty("reference", limited, this.#plan);
    this.#switch.deactivate();
    if (outcome === "held") return "survived";
    return this.#switch.isExceeded || outcome === "too-slow" ? "timed-out" : "killed";
  }

  /** A place that is reached while the module loads is reached again only by loading it again. */
  async #reload(mutant: string): Promise<readonly Runner[] | undefined> {
    emit({ t: "trying", mutant, by: "loading", limitMs: LOAD_MS });
    this.#switch.activate(mutant, HITS_FREE);
    try {
      return await this.#load(mutant);
    } catch {
      return undefined;
    } finally {
      this.#switch.deactivate();
    }
  }
}
