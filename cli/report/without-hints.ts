import { say } from "../../graders/reading.ts";

/** A statement whose hints are replaced by the way to them: they are given one at a time. */
export function withoutHints(markdown: string, slug: string): string {
  const pointer = say`One at a time, mildest first: \`kata hint ${slug}\``;
  return markdown.replace(
    /^## Hints[ \t]*\r?\n[\s\S]*?(?=^## |(?![\s\S]))/m,
    `## Hints\n\n${pointer}\n\n`,
  );
}
