import { realpathSync } from "node:fs";
import type { Plugin } from "vite";

/** Serves a file, and every version of it (`file?…`), with another text than is on the disk. */
export function replacedSource(replaced: ReadonlyMap<string, string>): Plugin {
  const texts = new Map([...replaced].map(([file, text]) => [realpathSync(file), text]));
  return {
    name: "kata:replaced-source",
    enforce: "pre",
    load(id) {
      const [file = ""] = id.split("?");
      return texts.get(file) ?? null;
    },
  };
}
