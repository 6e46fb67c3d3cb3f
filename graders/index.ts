/** The engine's public face. */
export { suggest } from "./catalog/suggest.ts";
export { catalogEntry, findKatas, loadKata, loadKataAt } from "./catalog/catalog.ts";
export { checkPack } from "./catalog/packs/check-pack.ts";
export { proofHash } from "./catalog/packs/proof-hash.ts";
export { gradeAttempt, type GradeProgress } from "./grade/grade-attempt.ts";
export type { Kata } from "./model/kata.ts";
export { GradeReport, type BudgetResult, type PropertyResult } from "./model/grade-report.ts";
export { activeProtections } from "./run/protections.ts";
export { verifyKata, type Verification } from "./verify/verify-kata.ts";
