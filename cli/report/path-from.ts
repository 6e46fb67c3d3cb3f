import { isAbsolute, relative, sep } from "node:path";

/** A path as the user would type it here: relative when it lies below the current folder. */
export function pathFrom(cwd: string, file: string): string {
  const path = relative(cwd, file);
  if (path === "") return ".";
  const outside = path === ".." || path.startsWith(`..${sep}`) || isAbsolute(path);
  return outside ? file : path;
}
