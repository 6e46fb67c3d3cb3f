/** Names that a stub exports as values, in order: what an attempt must export too. */
export function valueExports(stubSource: string): string[] {
  const declaration =
    /^export (?:abstract class|class|async function\*?|function\*?|const) (\w+)/gm;
  return [...stubSource.matchAll(declaration)].map((match) => match[1] ?? "");
}
