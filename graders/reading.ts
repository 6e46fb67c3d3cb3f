/**
 * The engine's face for commands that only read: loads neither zod nor a test runner, so that
 * `kata list` answers at once. Grading and checking are in index.ts.
 */
export {
  ATTEMPT_GLOBALS,
  BUILT,
  PACKAGE_ROOT,
  chapterPage,
  kataPaths,
  packageVersion,
} from "./catalog/paths.ts";
export { LEVEL_ORDER, findKata, readIndex, type KataOnDisk } from "./catalog/read-index.ts";
export { parseStatement } from "./catalog/statement.ts";
export { EXIT, type ExitCode } from "./model/exit-code.ts";
export { ERRORS } from "./model/error-table.ts";
export { KataError } from "./model/kata-error.ts";
export type { CatalogEntry } from "./model/kata.ts";
