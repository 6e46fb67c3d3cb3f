/** Lines of a TypeScript file that are neither blank nor only comment. */
export function countLines(source: string): number {
  let isInComment = false;
  let count = 0;
  for (const line of source.split(/\r?\n/)) {
    let rest = line.trim();
    if (isInComment) {
      const end = rest.indexOf("*/");
      if (end < 0) continue;
      isInComment = false;
      rest = rest.slice(end + 2).trim();
    }
    while (rest.startsWith("/*")) {
      const end = rest.indexOf("*/", 2);
      isInComment = end < 0;
      rest = end < 0 ? "" : rest.slice(end + 2).trim();
    }
    if (rest !== "" && !rest.startsWith("//")) count += 1;
  }
  return count;
}
