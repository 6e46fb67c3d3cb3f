/** The tags at the top of a wrong answer or an alternative. */
export interface SubjectTags {
  /** `@bug`: what it does wrong, one sentence. */
  readonly bug: string | undefined;
  /** `@killedBy`: the properties, or `budget:<id>`, that must catch it. */
  readonly killedBy: readonly string[];
  /** `@design`: how an alternative differs. */
  readonly design: string | undefined;
}

export function readTags(source: string): SubjectTags {
  const tag = (name: string): string | undefined =>
    new RegExp(`@${name}\\s+(.+)`)
      .exec(source)?.[1]
      ?.replace(/\s*\*\/\s*$/, "")
      .trim();
  const killedBy = [...source.matchAll(/@killedBy\s+([^\n*]+)/g)].flatMap((match) =>
    (match[1] ?? "").split(/[\s,]+/).filter((id) => id !== ""),
  );
  return { bug: tag("bug"), killedBy, design: tag("design") };
}
