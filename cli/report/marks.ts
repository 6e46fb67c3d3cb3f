/** Marks before a line: colour is never the only signal. */
export const MARKS = { good: "✓", bad: "✗", warning: "!", part: "~", none: " " } as const;
