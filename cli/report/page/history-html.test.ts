import { expect, test } from "vitest";
import { type KataHistory, type PastGrade, readAttempts } from "../../history/read-attempts.ts";
import { sampleReport } from "../../e2e/sample-report.ts";
import { historyHtml } from "./history-html.ts";

const LARGEST_BYTES = 500_000;

/** A kata that was tried time and again: a start, then grades, a day for each attempt. */
function practised(kata: string, attempts: number, gradesEach: number): KataHistory {
  const day = (index: number): string => `2026-${String(1 + (index % 12)).padStart(2, "0")}-01`;
  const lines = Array.from({ length: attempts }, (_, index) => ({
    line: index,
    value: { event: "started", kata, at: `${day(index)}T08:00:00.000Z` },
  }));
  const reports = lines.flatMap((_, index) =>
    Array.from({ length: gradesEach }, (__, minute) =>
      sampleReport({
        kata,
        specHash: minute % 2 === 0 ? "0123456789ab" : "ba9876543210",
        verdict: "passed",
        score: { points: 100, of: 100, judged: 100, properties: 70, budgets: 30 },
        budgets: [
          { id: "a", kind: "time", what: "", rule: 1, limit: 5, outcome: "within", ratio: 1.5 },
        ],
        times: {
          startedAt: `${day(index)}T09:${String(minute % 60).padStart(2, "0")}:00.000Z`,
          typesMs: 0,
          propertiesMs: 0,
          budgetsMs: 0,
          totalMs: 0,
        },
      }),
    ),
  );
  const [history] = readAttempts(reports, lines, new Map([[kata, "0123456789ab"]]));
  if (history === undefined) throw new Error("no history was read");
  return history;
}

test("years of practice at a hundred katas make a page that still opens", () => {
  const katas = Array.from({ length: 100 }, (_, index) =>
    practised(`a-kata-with-a-long-name-${index}`, 12, 30),
  );
  const html = historyHtml(katas);
  expect(Buffer.byteLength(html)).toBeLessThan(LARGEST_BYTES);
  expect(html.match(/<h2>/g)).toHaveLength(10);
  for (const { kata } of katas) expect(html).toContain(`<th scope="row">${kata}</th>`);
  expect(html).toContain("Another one in full");
});

test("one kata alone is shown with all there is", () => {
  const html = historyHtml([practised("lru-cache", 6, 20)]);
  expect(html.match(/<h3>/g)).toHaveLength(6);
  expect(html.match(/older spec ba9876543210/g)).toHaveLength(60);
  expect(html).not.toContain("Another one in full");
});

test("a name from a file someone wrote cannot become markup", () => {
  const history = practised("lru-cache", 1, 1);
  const html = historyHtml([{ ...history, kata: "<script>x</script>" }]);
  expect(html).not.toContain("<script>");
  const grade = history.attempts[0]?.grades[0] as PastGrade;
  const hostile = { ...grade, at: '"><script>x</script>' };
  const attempts = [{ ...history.attempts[0], grades: [hostile] }] as KataHistory["attempts"];
  expect(historyHtml([{ ...history, attempts }])).not.toMatch(/<script>|NaN/);
});
