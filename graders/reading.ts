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
export { valueExports as stubExports } from "./catalog/stub-exports.ts";
export { suggest } from "./catalog/suggest.ts";
export { checkPackFiles } from "./catalog/packs/check-pack-files.ts";
export { PACK_FORMAT, openPack, readPack } from "./catalog/packs/read-pack.ts";
export { parseStatement } from "./catalog/statement.ts";
export { EXIT, type ExitCode } from "./model/exit-code.ts";
export { ERRORS } from "./model/error-table.ts";
export { KataError } from "./model/kata-error.ts";
export type { CatalogEntry } from "./model/kata.ts";
export type { Library, LibraryEntry, Pack, PackPlace } from "./model/pack.ts";
export {
  inEnglish,
  keyOf,
  say,
  sayCount,
  sayKnown,
  speak,
  type Saying,
  type Translation,
} from "./model/say.ts";
export { isSlug, nameOf, slugIn } from "./model/slug.ts";
