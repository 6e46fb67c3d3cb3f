import type { GradeReport } from "../../graders/index.ts";

/** A whole grade of `lru-cache` with nothing in it but what a test says. */
export function sampleReport(changes: Partial<GradeReport> = {}): GradeReport {
  return {
    schemaVersion: 1,
    id: "sample",
    kata: "lru-cache",
    specHash: "0",
    subject: { kind: "attempt", file: "lru-cache.ts", hash: "0" },
    seed: 1,
    options: { budget: true },
    environment: { kata: "0", node: "0", platform: "x", arch: "x", cpu: "x", cores: 1 },
    protections: [],
    denials: [],
    typeProblems: [],
    properties: [],
    budgets: [],
    score: { points: 0, of: 100, judged: 100, properties: 0, budgets: 0 },
    verdict: "failed",
    output: "",
    times: { startedAt: "", typesMs: 0, propertiesMs: 0, budgetsMs: 0, totalMs: 0 },
    ...changes,
  };
}
