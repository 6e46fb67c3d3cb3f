import { existsSync, readFileSync } from "node:fs";
import { parseStatement } from "../catalog/statement.ts";
import type { Kata } from "../model/kata.ts";
import type { BudgetResult } from "../model/grade-report.ts";
import type { DeclaredProperty, PropertyRecord } from "../model/outcome.ts";
import type { Subject } from "../model/subject.ts";
import type { SubjectRun } from "../run/run-spec.ts";
import { lineOf, type Finding } from "./finding.ts";
import { readTags } from "./wrong-answer-tags.ts";

/** Points, ids and rules of the declared properties and budgets. */
export function checkProperties(
  kata: Kata,
  declared: readonly DeclaredProperty[],
  budgets: readonly Pick<BudgetResult, "id" | "rule">[],
): Finding[] {
  const { spec, bench, statement } = kata.paths;
  const source = readFileSync(spec, "utf8");
  const findings: Finding[] = [];
  const add = (check: string, id: string, message: string, fix: string): void => {
    findings.push({ check, file: spec, line: lineOf(source, `"${id}"`), message, fix });
  };
  const total = declared.reduce((sum, { points }) => sum + points, 0);
  if (total !== 100) {
    const message = `the points sum to ${total}`;
    findings.push({ check: "points", file: spec, line: 1, message, fix: "Make them sum to 100." });
  }
  if (!existsSync(statement)) return findings;
  const text = readFileSync(statement, "utf8");
  const { rules } = parseStatement(text);
  for (const { id, rules: cited } of declared) {
    if (!source.includes(`"${id}"`))
      add("points", id, `${id} is not a literal`, "Write the id out.");
    for (const rule of cited.filter((number) => !rules.has(number))) {
      add(
        "rules-covered",
        id,
        `${id} cites rule ${rule}, which does not exist`,
        "Cite the rule it checks.",
      );
    }
    if (cited.length === 0)
      add("rules-covered", id, `${id} cites no rule`, "Cite the rule it checks.");
  }
  for (const { id, rule } of budgets) {
    if (rules.has(rule)) continue;
    const message = `the budget ${id} cites rule ${rule}, which does not exist`;
    const fix = "Cite the rule that states it.";
    findings.push({ check: "rules-covered", file: bench, line: 1, message, fix });
  }
  const cited = new Set([...declared.flatMap((p) => p.rules), ...budgets.map(({ rule }) => rule)]);
  for (const [number, { line }] of rules) {
    if (cited.has(number)) continue;
    const message = `rule ${number} is cited by no property and no budget`;
    const fix = "Check it in the spec, or move it out of ## Contract.";
    findings.push({ check: "rules-covered", file: statement, line, message, fix });
  }
  return findings;
}

/** The stub must fail every property that has points. */
export function checkStubFails(
  { stub }: Kata,
  run: SubjectRun | undefined,
  declared: readonly DeclaredProperty[],
): Finding[] {
  return declared
    .filter(({ id, points }) => points > 0 && outcomeOf(run, id) === "held")
    .map(({ id }) => ({
      check: "stub-fails",
      file: stub.file,
      line: 1,
      message: `the stub passes ${id}`,
      fix: "Make the property touch the subject before it can hold.",
    }));
}

/** A correct subject must pass everything. */
export function checkPasses(
  check: "reference-passes" | "alternatives-pass",
  subject: Subject,
  seed: number,
  run: SubjectRun | undefined,
): Finding[] {
  const fix = "One of the two is wrong: read the counterexample, then mend the code or the spec.";
  const finding = (message: string): Finding => ({
    check,
    file: subject.file,
    line: 1,
    message,
    fix,
  });
  if (run === undefined) return [finding(`${subject.name} did not run`)];
  if (run.end.kind !== "complete") return [finding(`${subject.name}: ${describeEnd(run)}`)];
  return run.records
    .filter(({ outcome }) => outcome !== "held")
    .map((record) => finding(`${subject.name} at seed ${seed}: ${describeFailure(record)}`));
}

/** Which properties catch each wrong answer. */
export type KillMatrix = Record<string, string[]>;

/** Properties that a run did not hold; a crash or a hang counts for the property it happened in. */
export function killersOf(run: SubjectRun | undefined): string[] {
  if (run === undefined) return [];
  const killers = run.records.filter(({ outcome }) => outcome !== "held").map(({ id }) => id);
  if (run.end.kind === "stopped" && run.end.property !== undefined) killers.push(run.end.property);
  return killers;
}

/** Every wrong answer dies by each property it names, and every property catches somebody. */
export function checkKills(
  kata: Kata,
  matrix: Readonly<KillMatrix>,
  declared: readonly DeclaredProperty[],
): Finding[] {
  const findings: Finding[] = [];
  for (const { name, file } of kata.wrongs) {
    const source = readFileSync(file, "utf8");
    const { killedBy } = readTags(source);
    const killers = matrix[name] ?? [];
    for (const id of killedBy.filter((killer) => !killers.includes(killer))) {
      const caught =
        killers.length === 0 ? "nothing catches it" : `caught by ${killers.join(", ")}`;
      const message = `${name} survives ${id}: ${caught}`;
      const fix = "Sharpen the property, or name the killer that is right.";
      findings.push({
        check: "wrongs-killed",
        file,
        line: lineOf(source, "@killedBy"),
        message,
        fix,
      });
    }
  }
  const busy = new Set(Object.values(matrix).flat());
  const source = readFileSync(kata.paths.spec, "utf8");
  for (const { id } of declared.filter((property) => !busy.has(property.id))) {
    const message = `${id} catches no wrong answer`;
    const fix = "Add a wrong answer that only it catches, or drop the property.";
    const line = lineOf(source, `"${id}"`);
    findings.push({ check: "wrongs-killed", file: kata.paths.spec, line, message, fix });
  }
  return findings;
}

/** Two runs at one seed must agree in every outcome and counterexample. */
export function checkDeterministic(
  subject: Subject,
  first: SubjectRun | undefined,
  second: SubjectRun | undefined,
): Finding[] {
  const essence = (run: SubjectRun | undefined): Map<string, string> =>
    new Map(
      (run?.records ?? []).map(({ id, outcome, runs, path, failure }) => {
        const story = failure === undefined ? undefined : { ...failure, stack: undefined };
        return [id, JSON.stringify([outcome, runs, path, story])];
      }),
    );
  const [one, two] = [essence(first), essence(second)];
  return [...one.keys()]
    .filter((id) => one.get(id) !== two.get(id))
    .map((id) => ({
      check: "deterministic",
      file: subject.file,
      line: 1,
      message: `${subject.name} gets two different answers from ${id} at one seed`,
      fix: "Remove what the spec reads besides its seed: module state, clocks, iteration order.",
    }));
}

function outcomeOf(run: SubjectRun | undefined, id: string): PropertyRecord["outcome"] | undefined {
  return run?.records.find((record) => record.id === id)?.outcome;
}

function describeEnd({ end }: SubjectRun): string {
  if (end.kind === "load-failed") return `does not load (${end.message})`;
  if (end.kind === "stopped") return `hangs or dies in ${end.property ?? end.during}`;
  return "did not run";
}

function describeFailure({ id, outcome, failure }: PropertyRecord): string {
  if (failure === undefined) return `${id} is ${outcome}`;
  const { what, expected, actual, input } = failure;
  const facts = [
    what,
    expected && `expected ${expected}`,
    actual && `got ${actual}`,
    input && `input ${input}`,
  ];
  return `${id} is ${outcome}: ${facts.filter(Boolean).join("; ").slice(0, 600)}`;
}
