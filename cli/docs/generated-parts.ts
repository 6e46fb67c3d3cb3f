import { ERRORS, type CatalogEntry } from "../../graders/reading.ts";

/**
 * Replaces what stands between `<!-- name:begin … -->` and `<!-- name:end -->`.
 * @throws Error when the markers are missing
 */
export function replacePart(markdown: string, name: string, body: string): string {
  const part = new RegExp(`(<!-- ${name}:begin[^>]*-->)[\\s\\S]*?(<!-- ${name}:end -->)`);
  if (!part.test(markdown))
    throw new Error(`the markers ${name}:begin and ${name}:end are missing`);
  return markdown.replace(part, (_, begin: string, end: string) => `${begin}\n\n${body}\n\n${end}`);
}

/** Replaces the code of the first TypeScript block of `## Interface` by the stub. */
export function replaceInterface(statement: string, stub: string): string {
  const block = /(## Interface\n[\s\S]*?```ts\n)[\s\S]*?(```)/;
  return statement.replace(block, (_, before: string, after: string) => `${before}${stub}${after}`);
}

/** The katas of one chapter, in the order to do them. */
export function chapterTable(entries: readonly CatalogEntry[]): string {
  const rows = inOrder(entries).map(({ slug, title, level, minutes }) => [
    `[${slug}](${slug}/README.md)`,
    title,
    level,
    String(minutes),
  ]);
  return table(["kata", "what you build", "level", "minutes"], rows);
}

/** Every kata, chapter by chapter. */
export function catalogueTable(entries: readonly CatalogEntry[]): string {
  const chapters = [...new Set(entries.map(({ chapter }) => chapter))].sort();
  const rows = chapters.flatMap((chapter) =>
    inOrder(entries.filter((entry) => entry.chapter === chapter)).map(
      ({ slug, title, level, minutes }) => [
        `[${chapter}](katas/${chapter}/README.md)`,
        `[${slug}](katas/${chapter}/${slug}/README.md)`,
        title,
        level,
        String(minutes),
      ],
    ),
  );
  return table(["chapter", "kata", "what you build", "level", "minutes"], rows);
}

/** Every error a user can meet, by exit code. */
export function errorTable(): string {
  const rows = Object.entries(ERRORS)
    .toSorted(([a, one], [b, two]) => one.exit - two.exit || (a < b ? -1 : 1))
    .map(([code, { exit, title }]) => [`\`${code}\``, title, String(exit)]);
  return table(["error", "what it says", "exit code"], rows);
}

/** A Markdown table as prettier lays it out; the last column holds numbers. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, at) =>
    Math.max(name.length, ...rows.map((row) => row[at]?.length ?? 0)),
  );
  const last = head.length - 1;
  const line = (cells: readonly string[]): string => {
    const laid = cells.map((cell, at) =>
      at === last ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
    );
    return `| ${laid.join(" | ")} |`;
  };
  const rule = widths.map((width, at) =>
    at === last ? `${"-".repeat(width - 1)}:` : "-".repeat(width),
  );
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}

/** Easier ones first, and nothing before what it builds on. */
function inOrder(entries: readonly CatalogEntry[]): CatalogEntry[] {
  const waiting = [...entries].sort(
    (a, b) => a.difficulty - b.difficulty || (a.slug < b.slug ? -1 : 1),
  );
  const ordered: CatalogEntry[] = [];
  while (waiting.length > 0) {
    const isOpen = ({ prerequisites }: CatalogEntry): boolean =>
      !waiting.some(({ slug }) => prerequisites.includes(slug));
    const next = Math.max(0, waiting.findIndex(isOpen));
    ordered.push(...waiting.splice(next, 1));
  }
  return ordered;
}
