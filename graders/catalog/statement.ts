/** A kata's README.md, read as data. */
export interface Statement {
  readonly title: string;
  /** Headings of the second level, in order. */
  readonly headings: readonly { readonly text: string; readonly line: number }[];
  /** Rules of `## Contract` by number. */
  readonly rules: ReadonlyMap<number, { readonly text: string; readonly line: number }>;
  /** Bodies of the `<details>` in `## Hints`, mildest first. */
  readonly hints: readonly string[];
  /** Questions of `## Follow-ups`, in Markdown. */
  readonly followUps: readonly string[];
  /** The TypeScript block of `## Interface`. */
  readonly interface: { readonly code: string; readonly line: number } | undefined;
}

/** The headings of every statement, in this order. */
export const STATEMENT_HEADINGS = [
  "Why it is asked",
  "Interface",
  "Contract",
  "Examples",
  "Left to you",
  "Hints",
  "Follow-ups",
  "Sources",
] as const;

export function parseStatement(markdown: string): Statement {
  const lines = markdown.split(/\r?\n/);
  const headings: { text: string; line: number }[] = [];
  const rules = new Map<number, { text: string; line: number }>();
  const hints: string[] = [];
  const followUps: string[] = [];
  const code: string[] = [];
  let codeLine = 0;
  let title = "";
  let section = "";
  let fenced = false;
  let rule: { text: string; line: number } | undefined;
  let hint: string[] | undefined;

  lines.forEach((line, index) => {
    const fence = line.startsWith("```");
    if (fence) fenced = !fenced;
    if (!fenced && !fence && line.startsWith("# ") && title === "") title = line.slice(2).trim();
    if (!fenced && !fence && line.startsWith("## ")) {
      section = line.slice(3).trim();
      headings.push({ text: section, line: index + 1 });
      rule = undefined;
      return;
    }
    if (section === "Interface") {
      if (fence && fenced) codeLine = index + 2;
      else if (fenced) code.push(line);
    }
    if (section === "Contract" && !fenced) {
      const start = /^(\d+)\.\s+(.*)$/.exec(line);
      if (start) {
        rule = { text: start[2] ?? "", line: index + 1 };
        rules.set(Number(start[1]), rule);
      } else if (rule !== undefined && /^\s+\S/.test(line)) {
        rule.text += ` ${line.trim()}`;
      } else if (line.trim() !== "") {
        rule = undefined;
      }
    }
    if (section === "Follow-ups") {
      const item = /^[-*]\s+(.*)$/.exec(line)?.[1];
      if (item !== undefined) followUps.push(item);
      else if (/^\s+\S/.test(line))
        followUps.push(`${followUps.pop() ?? ""} ${line.trim()}`.trim());
    }
    if (section === "Hints") {
      if (line.includes("<details>")) hint = [];
      else if (line.includes("</details>") && hint !== undefined) {
        hints.push(hint.join("\n").trim());
        hint = undefined;
      } else if (hint !== undefined && !line.includes("<summary>")) hint.push(line);
    }
  });
  return {
    title,
    headings,
    rules,
    hints,
    followUps,
    interface: codeLine === 0 ? undefined : { code: code.join("\n"), line: codeLine },
  };
}
