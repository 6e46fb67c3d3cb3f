import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

/**
 * Build step: packs the frame of the CLI, commander and `kata list` into dist/cli/main.js. Loading
 * some thirty small files takes longer than all that `kata list` does; one file halves the wait.
 */
const main = join(dirname(fileURLToPath(import.meta.url)), "main.js");
const bundle = await rolldown({
  input: main,
  platform: "node",
  external: (id) => isLazy(id) || isPackage(id),
});
await bundle.write({ file: main, format: "esm", codeSplitting: false });

/**
 * The other commands and the engine stay files of their own, loaded when they are called for; so does
 * say.js, as all of them speak the one language that it holds.
 */
function isLazy(id: string): boolean {
  return /\/commands\/(?!list\.js$)|\/(catalog|check-pack|say)\.js$|\/graders\/index\.js$/.test(id);
}

function isPackage(id: string): boolean {
  return !/^[./]/.test(id) && id !== "commander";
}
