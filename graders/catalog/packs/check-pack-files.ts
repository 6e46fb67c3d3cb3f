import { lstatSync, readdirSync, type Stats } from "node:fs";
import { join, relative } from "node:path";
import { say } from "../../model/say.ts";
import { KataError } from "../../model/kata-error.ts";
import type { Pack } from "../../model/pack.ts";
import { packFolders } from "../paths.ts";

/** What a file of a kata takes: the longest of our own has a fifth of it. */
const LONGEST_FILE_BYTES = 100_000;
const MOST_FILES = 10_000;

/**
 * Looks at every file that kata may read of a pack, and reads none: nothing may lead out of the
 * pack, hang a reader or fill its memory.
 * @throws KataError `pack-layout`, `pack-unsafe` or `pack-too-large`.
 */
export function checkPackFiles({ root, namespace }: Pack): void {
  let count = 0;
  const look = (path: string): void => {
    const file = relative(root, path);
    const refuse = (why: string): KataError =>
      new KataError("pack-unsafe", { namespace, file, why });
    const stats: Stats | undefined = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined)
      throw new KataError("pack-layout", { namespace, why: say`${file}/ is missing` });
    if (stats.isSymbolicLink()) throw refuse(say`is a link, which may lead out of the pack`);
    if (stats.isDirectory()) {
      for (const name of readdirSync(path)) {
        // Names are printed, and put into import statements.
        if (!/^\w[\w.-]*$/.test(name)) {
          const shown = JSON.stringify(join(file, name));
          const why = say`has a name of other signs than letters, digits, dot, dash and underscore`;
          throw new KataError("pack-unsafe", { namespace, file: shown, why });
        }
        look(join(path, name));
      }
      return;
    }
    if (!stats.isFile()) throw refuse(say`is neither a file nor a folder`);
    count += 1;
    const tooLarge = (what: string): KataError =>
      new KataError("pack-too-large", { namespace, what });
    if (stats.size > LONGEST_FILE_BYTES) {
      throw tooLarge(
        say`${file} has ${stats.size} bytes, and a file may have ${LONGEST_FILE_BYTES}`,
      );
    }
    if (count > MOST_FILES) throw tooLarge(say`it has more than ${MOST_FILES} files`);
  };
  for (const folder of packFolders(root)) {
    look(folder);
    if (!lstatSync(folder).isDirectory()) {
      const why = say`${relative(root, folder)} is not a folder`;
      throw new KataError("pack-layout", { namespace, why });
    }
  }
}
