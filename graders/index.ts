/** The engine's public face. */
export { suggest } from "./catalog/suggest.ts";
export { catalogEntry, findKatas, loadKata } from "./catalog/catalog.ts";
export { gradeAttempt, type GradeProgress } from "./grade/grade-attempt.ts";
export { traceExample } from "./grade/trace-example.ts";
export { GradeReport, type BudgetResult, type PropertyResult } from "./model/grade-report.ts";
export type { Story } from "./model/story.ts";
export { activeProtections } from "./run/protections.ts";
export { verifyKata, type Verification } from "./verify/verify-kata.ts";
