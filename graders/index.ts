/** The engine's public face. */
export { suggest } from "./catalog/suggest.ts";
export { specHash } from "./catalog/spec-hash.ts";
export { catalogEntry, findKatas, loadKata, loadKataAt } from "./catalog/catalog.ts";
export { checkPack } from "./catalog/packs/check-pack.ts";
export { gradeAttempt, type GradeProgress } from "./grade/grade-attempt.ts";
export { traceExample } from "./grade/trace-example.ts";
export { GradeReport, type BudgetResult, type PropertyResult } from "./model/grade-report.ts";
export { KataManifest } from "./model/kata-manifest.ts";
export type { Kata } from "./model/kata.ts";
export type { Story } from "./model/story.ts";
export { activeProtections } from "./run/protections.ts";
export { WarmSpec } from "./run/warm-spec.ts";
export { readTags } from "./verify/subject-tags.ts";
export { createLanes } from "./verify/lanes.ts";
export { slugsChanged } from "./verify/slugs-changed.ts";
export {
  keepVerification,
  readVerification,
  verificationKey,
} from "./verify/verification-cache.ts";
export { recordEquivalent } from "./verify/mutants/record-equivalent.ts";
export { verifyMutants, type MutantVerification } from "./verify/mutants/verify-mutants.ts";
export { verifyKata, type Verification } from "./verify/verify-kata.ts";
export { huntableWrongs, type HuntableWrong } from "./verify/hunt/huntable-wrongs.ts";
export { shortestKill } from "./verify/hunt/shortest-kill.ts";
export { tryHunt, type HuntResult } from "./verify/hunt/try-hunt.ts";
