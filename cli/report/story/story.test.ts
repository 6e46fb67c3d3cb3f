import { expect, test } from "vitest";
import type { Story } from "../../../graders/index.ts";
import { createStyle } from "../style.ts";
import { storyHtml } from "./story-html.ts";
import { storyMermaid } from "./story-mermaid.ts";
import { storySvg } from "./story-svg.ts";
import { storyText } from "./story-text.ts";

const story: Story = {
  setting: "2 nodes, 5 ms a message, seed 7",
  faults: ["n0 crashes right after its 1st send, back 1 ms later", "1st message n1 -> n0 lost"],
  lanes: ["c0", "n0", "n1"],
  rows: [
    { at: 5, lane: "n0", kind: "client", text: "asks put(key a)", from: "c0", sentAt: 0 },
    { at: 6, lane: "n0", kind: "crash", text: "crashes right after this send" },
    { at: 10, lane: "n1", kind: "message", text: "put(key a)", from: "n0", sentAt: 5 },
    { at: 10, lane: "n0", kind: "lost", text: "ack is lost", from: "n1", sentAt: 10 },
    { at: 10, lane: "", kind: "note", text: "… 7 rows are left out here" },
    { at: 12, lane: "n1", kind: "output", text: "outputs stored(key a)" },
  ],
  hidden: 3,
};

test("as text: setting, faults, one event a line", () => {
  expect(storyText(story, createStyle(false), 80)).toBe(
    [
      "  Cluster    2 nodes, 5 ms a message, seed 7",
      "  Faults     n0 crashes right after its 1st send, back 1 ms later",
      "             1st message n1 -> n0 lost",
      "  Story   ms",
      "           5  c0 -> n0  asks put(key a)",
      "           6  n0        crashes right after this send",
      "          10  n0 -> n1  put(key a)",
      "          10  n1 -> n0  ack is lost",
      "                        … 7 rows are left out here",
      "          12  n1        outputs stored(key a)",
      "  (3 events that did not lead to this are left out)",
    ].join("\n"),
  );
});

test("no line of the text is wider than 80 columns", () => {
  const text = "stores log = ".concat("entry(term 1, value a) ".repeat(12));
  const wide: Story = { ...story, rows: [{ at: 3_599_999, lane: "n0", kind: "write", text }] };
  for (const line of storyText(wide, createStyle(false), 80).split("\n")) {
    expect(line.length).toBeLessThanOrEqual(80);
  }
});

test("as Mermaid: what it would read as its own is escaped, long labels are cut", () => {
  const row = { at: 1, lane: "n1", kind: "message", from: "n0", sentAt: 0 } as const;
  const hostile = { ...story, rows: [{ ...row, text: 'x; #1 <script> "a": b' }] };
  expect(storyMermaid(hostile).split("\n").at(-1)).toBe(
    '  n0->>n1: 1 ms x#59; #35;1 #lt;script#gt; "a"#58; b',
  );
  const long = { ...story, rows: [{ ...row, text: "x".repeat(100) }] };
  expect(storyMermaid(long).split(": ").at(-1)).toHaveLength(40);
  expect(storyMermaid(story)).toContain("  n1-xn0: 10 ms ack is lost");
});

test("as Mermaid: at most 60 lines, the oldest folded", () => {
  const rows = Array.from({ length: 200 }, (_, at) => {
    return { at, lane: "n0", kind: "timer", text: "timer tick" } as const;
  });
  const lines = storyMermaid({ ...story, rows }).split("\n");
  expect(lines).toHaveLength(60);
  expect(lines[4]).toContain("145 earlier steps are left out");
  expect(lines.at(-1)).toBe("  Note over n0: 199 ms timer tick");
});

test("as a diagram: a line for each lane, an arrow for each message, nothing from outside", () => {
  const svg = storySvg(story);
  expect(svg.match(/class="lane"/g)).toHaveLength(3);
  expect(svg.match(/class="arrow"/g)).toHaveLength(2);
  expect(svg.match(/class="lost"/g)).toHaveLength(1);
  expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(/https?:|<script|href/);
});

test("as a page: the words of an attempt cannot become markup", () => {
  const rows = [{ at: 1, lane: "n0", kind: "note", text: "<img src=x onerror=alert(1)>" } as const];
  const page = storyHtml("<b>kata</b>", { ...story, rows });
  expect(page).not.toContain("<img");
  expect(page).not.toContain("<b>kata");
  expect(page).toContain("&lt;img src=x onerror=alert(1)&gt;");
});
