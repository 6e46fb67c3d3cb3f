import { randomInt, randomUUID } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { cpus } from "node:os";
import { say } from "../model/say.ts";
import { packageVersion } from "../catalog/paths.ts";
import { fileHash, specHash } from "../catalog/spec-hash.ts";
import { parseStatement } from "../catalog/statement.ts";
import { valueExports } from "../catalog/stub-exports.ts";
import { suggest } from "../catalog/suggest.ts";
import { judgeProperties } from "../judge/judge-properties.ts";
import { score } from "../judge/score.ts";
import { judgeVerdict } from "../judge/verdict.ts";
import type { BudgetResult, GradeReport, PropertyResult } from "../model/grade-report.ts";
import type { Denial } from "../model/denial.ts";
import { KataError } from "../model/kata-error.ts";
import type { Kata } from "../model/kata.ts";
import type { SpecPlan } from "../model/outcome.ts";
import type { SubjectKind } from "../model/subject.ts";
import { activeProtections } from "../run/protections.ts";
import { checksBeforeRun } from "../run/sandbox.ts";
import { staticCheck } from "../run/static-check.ts";
import { runSpec, type SpecProgress, type SpecRun } from "../run/run-spec.ts";
import type { WarmSpec } from "../run/warm-spec.ts";
import { typecheck, type TypeCheck } from "../run/typecheck.ts";
import { judgeBudgets } from "./judge-budgets.ts";
import {
  FRESH,
  freshSeedOf,
  judgeGradable,
  judgeStop,
  looksOf,
  NOTHING_RAN,
  stoppedAt,
} from "./read-run.ts";
import { decodeReplayToken, encodeReplayToken, type ReplayToken } from "./replay-token.ts";

/** The seed of every grade unless another is asked for: all candidates meet the same inputs. */
export const COMMON_SEED = 20_260_101;

export interface GradeRequest {
  readonly kata: Kata;
  readonly file: string;
  readonly kind?: SubjectKind;
  readonly seed?: number;
  readonly runs?: number;
  readonly only?: string;
  /** False leaves the pinned examples of the spec out. */
  readonly pins?: boolean;
  readonly replay?: string;
  readonly budget: boolean;
  readonly signal?: AbortSignal;
  /** Keeps what the next grade of the same attempt can use. */
  readonly warm?: WarmSpec;
  readonly onProgress?: (progress: GradeProgress) => void;
}

export type GradeProgress =
  | SpecProgress
  | { readonly kind: "phase"; readonly phase: "properties" | "budgets" }
  | { readonly kind: "budget"; readonly id: string }
  | { readonly kind: "spec-changed" };

/**
 * Grades one attempt: type check and properties side by side, then budgets if every property holds.
 * A bad attempt is a verdict, not an error.
 * @throws KataError when there is nothing to grade, our content is broken, or it was aborted.
 */
export async function gradeAttempt(request: GradeRequest): Promise<GradeReport> {
  const { kata, file, signal } = request;
  const startedAt = new Date();
  const started = performance.now();
  checkReadable(file, kata.slug);
  const hash = specHash(kata);
  const token =
    request.replay === undefined ? undefined : readToken(request.replay, kata, hash, request);

  request.onProgress?.({ kind: "phase", phase: "properties" });
  const plan = specPlan(request, token);
  const denials = await findDenials(request);
  const { types, typesMs, run } = await judgeCorrectness(request, plan, denials.length > 0);
  throwIfInterrupted(request);
  const propertiesMs = performance.now() - started;
  const call = await nameCall(request, plan, run);
  const properties = propertyResults(kata, run, plan, hash, call);
  checkProperty(request.only ?? token?.property, properties, kata.slug);

  const ungradable = judgeGradable(denials, types, run);
  const stop = ungradable === undefined ? judgeStop(run, kata.slug) : undefined;
  const partial = request.only !== undefined || token !== undefined;
  const allHold = properties.length > 0 && properties.every(({ outcome }) => outcome === "held");
  const wanted = request.budget && !partial && existsSync(kata.paths.bench);
  let budgets: BudgetResult[] | undefined = request.budget && !partial ? [] : undefined;
  if (wanted && ungradable === undefined && stop === undefined && allHold) {
    request.onProgress?.({ kind: "phase", phase: "budgets" });
    budgets = await judgeBudgets(kata, file, {
      ...(signal === undefined ? {} : { signal }),
      onProgress: (progress) => {
        if (progress.kind === "started") {
          request.onProgress?.({ kind: "budget", id: progress.budget.id });
        }
      },
    });
    throwIfInterrupted(request);
  }
  const judged = partial ? properties.filter(({ id }) => id === plan.only) : properties;
  const judgement = ungradable ?? judgeVerdict(judged, budgets ?? [], stop);
  const totalMs = performance.now() - started;
  return {
    schemaVersion: 1,
    id: randomUUID(),
    kata: kata.slug,
    specHash: hash,
    subject: { kind: request.kind ?? "attempt", file, hash: fileHash(file) },
    seed: plan.seed,
    ...freshSeedOf(plan),
    options: {
      budget: request.budget,
      ...(request.only === undefined ? {} : { only: request.only }),
      ...(request.runs === undefined ? {} : { runs: request.runs }),
      ...(request.replay === undefined ? {} : { replay: request.replay }),
    },
    environment: environment(),
    protections: activeProtections(),
    denials,
    typeProblems: [...types.problems],
    properties,
    budgets: budgets ?? [],
    score: score(properties, budgets, {
      only: request.only ?? token?.property,
      nothingCounts: ungradable !== undefined || judgement.reason === "tampered",
      stopped: stop !== undefined,
    }),
    ...judgement,
    output: run.process.output,
    times: {
      startedAt: startedAt.toISOString(),
      typesMs,
      propertiesMs,
      budgetsMs: totalMs - propertiesMs,
      totalMs,
    },
  };
}

/** What the attempt must not use. Our own subjects are held to the lint instead. */
async function findDenials({ file, kind = "attempt" }: GradeRequest): Promise<Denial[]> {
  return kind === "attempt" && checksBeforeRun() ? staticCheck(file) : [];
}

/** Type check and spec side by side; what does not compile is not run to its end. */
async function judgeCorrectness(
  request: GradeRequest,
  plan: SpecPlan,
  isDenied: boolean,
): Promise<{ types: TypeCheck; typesMs: number; run: SpecRun }> {
  const { kata, file, signal, warm, onProgress } = request;
  const started = performance.now();
  const stopSpec = new AbortController();
  const either =
    signal === undefined ? stopSpec.signal : AbortSignal.any([signal, stopSpec.signal]);
  let typesMs = 0;
  const checked = typecheck(file, kata.paths.stub, signal).then((types) => {
    typesMs = performance.now() - started;
    if (types.problems.length > 0 || types.missing.length > 0) stopSpec.abort();
    return types;
  });
  const ran = isDenied
    ? Promise.resolve(NOTHING_RAN)
    : runSpec(kata.paths.spec, plan, {
        signal: either,
        ...(warm === undefined ? {} : { warm }),
        ...(onProgress ? { onProgress } : {}),
      });
  // Both settle before anything is thrown, so that no process is left behind.
  const [types, run] = await Promise.allSettled([checked, ran]);
  throwIfInterrupted(request);
  if (run.status === "rejected") throw run.reason;
  if (types.status === "rejected") {
    const why = say`the type check did not run: ${String(types.reason)}`;
    throw new KataError("grader-broken", { slug: kata.slug, why }, types.reason);
  }
  return { types: types.value, typesMs, run: run.value };
}

function specPlan(
  { kata, file, seed, runs, only, pins, budget }: GradeRequest,
  token?: ReplayToken,
): SpecPlan {
  const property = only ?? token?.property;
  return {
    slug: kata.slug,
    subjects: [
      { name: "attempt", file, ...(pins === false ? { unaided: true } : {}) },
      // Only a whole grade accepts an attempt; all others ask for one look.
      ...(property === undefined && seed === undefined && budget
        ? [{ name: FRESH, file, seed: randomInt(2 ** 31), afterSuccess: true }]
        : []),
    ],
    exports: valueExports(readFileSync(kata.paths.stub, "utf8")),
    seed: seed ?? COMMON_SEED,
    ...(runs === undefined ? {} : { runs }),
    ...(property === undefined ? {} : { only: property }),
    ...(token === undefined || token.path === ""
      ? {}
      : { replay: { seed: token.seed, path: token.path } }),
  };
}

/** The handler of a simulated node in which a run ended: a second run tells of each before it begins. */
async function nameCall(
  { kata, signal }: GradeRequest,
  plan: SpecPlan,
  run: SpecRun,
): Promise<string | undefined> {
  const only = stoppedAt(run)?.property;
  if (only === undefined || kata.manifest.kind !== "simulation") return undefined;
  const subjects = plan.subjects.filter(({ name }) => name !== FRESH);
  const again = await runSpec(
    kata.paths.spec,
    { ...plan, subjects, only, announcesCalls: true },
    signal === undefined ? {} : { signal },
  );
  const look = again.subjects.get("attempt");
  return look?.end.kind === "stopped" ? look.lastCall : undefined;
}

function propertyResults(
  kata: Kata,
  run: SpecRun,
  plan: SpecPlan,
  hash: string,
  call: string | undefined,
): PropertyResult[] {
  const { rules } = parseStatement(readFileSync(kata.paths.statement, "utf8"));
  const records = looksOf(run).flatMap((look) => look.records);
  const results = judgeProperties(run.declared, records, rules, stoppedAt(run, call), ({ runs }) =>
    // Where a replay does not fail any more, one run is all there was to it.
    plan.replay === undefined ? Math.min(runs, plan.runs ?? runs) : 1,
  );
  return results.map((result) => {
    if (result.seed === undefined || result.outcome === "held") return result;
    const { id: property, seed, path = "" } = result;
    const token = { kata: kata.slug, specHash: hash, property, seed, path };
    return { ...result, replay: encodeReplayToken(token) };
  });
}

function throwIfInterrupted({ signal, kata }: GradeRequest): void {
  if (signal?.aborted === true) throw new KataError("interrupted", { slug: kata.slug });
}

function checkReadable(file: string, slug: string): void {
  if (!existsSync(file)) throw new KataError("attempt-missing", { file, slug });
  if (!statSync(file).isFile()) {
    throw new KataError("attempt-unreadable", { file, slug, why: say`it is not a file` });
  }
}

function checkProperty(
  id: string | undefined,
  properties: readonly PropertyResult[],
  slug: string,
): void {
  const ids = properties.map((property) => property.id);
  if (id === undefined || ids.length === 0 || ids.includes(id)) return;
  const nearest = suggest(id, ids);
  const suggestion = nearest === undefined ? "" : say` Did you mean ${nearest}?`;
  throw new KataError("unknown-property", { slug, property: id, suggestion });
}

function readToken(text: string, kata: Kata, hash: string, request: GradeRequest): ReplayToken {
  const token = decodeReplayToken(text);
  if (token.kata !== kata.slug) {
    throw new KataError("bad-token", {
      why: say`it is of the kata ${token.kata}, not ${kata.slug}`,
    });
  }
  if (token.specHash !== hash) request.onProgress?.({ kind: "spec-changed" });
  return token;
}

function environment(): GradeReport["environment"] {
  const processors = cpus();
  return {
    kata: packageVersion(),
    node: process.version,
    platform: process.platform,
    arch: process.arch,
    cpu: processors[0]?.model ?? "unknown",
    cores: processors.length,
  };
}
