import { say } from "../../graders/reading.ts";

const GLYPHS = { good: "✓", bad: "✗", warning: "!", part: "~", none: " " } as const;

/**
 * Whether the user wants words for marks and no bars: `--plain`, or KATA_PLAIN set to anything. It is
 * read from the environment each time, as the packed frame and the commands have a copy of this file
 * each (see pack-main.ts).
 */
export function isPlain(): boolean {
  return (process.env["KATA_PLAIN"] ?? "") !== "";
}

/** Turns words for marks on, for what this process still writes. */
export function usePlain(): void {
  process.env["KATA_PLAIN"] = "1";
}

/** Marks before a line: colour is never the only signal. */
export const MARKS: Readonly<Record<keyof typeof GLYPHS, string>> = {
  get good() {
    return marks().good;
  },
  get bad() {
    return marks().bad;
  },
  get warning() {
    return marks().warning;
  },
  get part() {
    return marks().part;
  },
  get none() {
    return marks().none;
  },
};

function marks(): Readonly<Record<keyof typeof GLYPHS, string>> {
  if (!isPlain()) return GLYPHS;
  const words = { good: say`ok`, bad: say`FAIL`, warning: say`note`, part: say`part`, none: "" };
  // Of one width, so that columns stay columns.
  const width = Math.max(...Object.values(words).map(({ length }) => length));
  const wide = (word: string): string => word.padEnd(width);
  const { good, bad, warning, part, none } = words;
  return {
    good: wide(good),
    bad: wide(bad),
    warning: wide(warning),
    part: wide(part),
    none: wide(none),
  };
}
