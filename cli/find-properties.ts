/** A property as it stands in a spec. */
export interface PropertyPlace {
  readonly id: string;
  readonly line: number;
  /** Numbers of the rules it cites. */
  readonly rules: readonly number[];
}

// Ids are string literals by house rule, so a search finds each once.
const DECLARATION = /\bcheck\s*\.\s*\w+(?:<[^()]*>)?\(\s*(["'`])([a-z0-9-]+)\1\s*,\s*(\{[^}]*\})?/g;

/** The properties that a spec declares, in its order, without running it. */
export function findProperties(spec: string): PropertyPlace[] {
  return [...spec.matchAll(DECLARATION)].map((match) => {
    const [whole, , id = "", meta = ""] = match;
    const before = spec.slice(0, match.index + whole.indexOf(id));
    const cited = /\brule:\s*(\d+|\[[\d\s,]*\])/.exec(meta)?.[1] ?? "";
    return {
      id,
      line: before.split("\n").length,
      rules: (cited.match(/\d+/g) ?? []).map(Number),
    };
  });
}
