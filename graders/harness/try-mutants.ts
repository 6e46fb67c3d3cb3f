import type { Baseline, Coverage, MutantFate, MutationPlan } from "../model/mutation.ts";
import type { SpecPlan } from "../model/outcome.ts";
import type { Runner } from "./check.ts";
import { MutantSwitch } from "./mutant-switch.ts";
import { runProperty } from "./run-property.ts";
import { emit } from "./sink.ts";

/** With a mutant, a property may take so many times what it takes without, in visits and in time … */
const REFERENCE = { name: "reference" };
const WORK_FACTOR = 20;
/** … and so much besides: a loop that never ends makes that many visits in milliseconds. */
const FREE_HITS = 100_000;
const FREE_MS = 500;
const LOAD_MS = 1_000;

/** Loads the subject and binds the properties to it; a version of its own for each `mutant`. */
export type Load = (mutant?: string) => Promise<readonly Runner[]>;

/**
 * Finds out for each mutant whether a property notices it. The subject holds all of them; a switch
 * activates one at a time. Only properties that reach a mutant's place are run, first those that
 * promise to notice it in the least time.
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
  readonly #records = new Map<string, TrackRecord>();
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
      const { outcome, ms } = await runProperty(REFERENCE, runner, this.#plan);
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
      .toSorted((one, two) => this.#recordOf(one).msToNotice - this.#recordOf(two).msToNotice);
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

  /** A time limit counts only when it is missed twice: the first time, the machine may be busy. */
  async #tryOne(mutant: string, runner: Runner, coverage: Coverage): Promise<MutantFate["fate"]> {
    const limitMs = Math.ceil(WORK_FACTOR * coverage.ms + FREE_MS);
    const fate = await this.#tryOnce(mutant, runner, coverage, limitMs);
    if (fate !== "too-slow") return fate;
    const again = await this.#tryOnce(mutant, runner, coverage, 2 * limitMs);
    return again === "too-slow" ? "timed-out" : again;
  }

  async #tryOnce(
    mutant: string,
    { declared, judge }: Runner,
    coverage: Coverage,
    limitMs: number,
  ): Promise<MutantFate["fate"] | "too-slow"> {
    emit({ t: "trying", mutant, by: declared.id, limitMs });
    this.#switch.activate(mutant, WORK_FACTOR * (coverage.hits[mutant] ?? 0) + FREE_HITS);
    const limited = { declared: { ...declared, limitMs }, judge };
    const { outcome, ms } = await runProperty(REFERENCE, limited, this.#plan);
    this.#switch.deactivate();
    this.#recordOf(coverage).add(ms, outcome !== "held");
    if (outcome === "held") return "survived";
    if (this.#switch.isExceeded) return "timed-out";
    return outcome === "too-slow" ? "too-slow" : "killed";
  }

  #recordOf({ property, ms }: Coverage): TrackRecord {
    const record = this.#records.get(property) ?? new TrackRecord(ms);
    this.#records.set(property, record);
    return record;
  }

  /** A place that is reached while the module loads is reached again only by loading it again. */
  async #reload(mutant: string): Promise<readonly Runner[] | undefined> {
    emit({ t: "trying", mutant, by: "loading", limitMs: LOAD_MS });
    this.#switch.activate(mutant, FREE_HITS);
    try {
      return await this.#load(mutant);
    } catch {
      return undefined;
    } finally {
      this.#switch.deactivate();
    }
  }
}

/** What a property has cost so far, and how often it noticed a mutant. */
class TrackRecord {
  #noticed = 1;
  #spentMs: number;

  /** It begins as if it had noticed one, and had run as long as on the subject. */
  constructor(baselineMs: number) {
    this.#spentMs = baselineMs;
  }

  /** Time that it takes on average until it notices one more mutant. */
  get msToNotice(): number {
    return this.#spentMs / this.#noticed;
  }

  add(ms: number, hasNoticed: boolean): void {
    this.#spentMs += ms;
    if (hasNoticed) this.#noticed += 1;
  }
}
