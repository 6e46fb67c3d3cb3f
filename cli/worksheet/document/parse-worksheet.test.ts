import { format } from "prettier";
import { describe, expect, test } from "vitest";
import { PACKAGE_ROOT } from "../../../graders/reading.ts";
import { findSystems } from "../definition/find-systems.ts";
import { loadSystem } from "../definition/load-system.ts";
import { createVariant } from "../definition/variant.ts";
import { type Audience, renderMarkdown } from "../render/render-markdown.ts";
import { type Worksheet, parseWorksheet } from "./parse-worksheet.ts";
import { MAX_WORKSHEET_BYTES, SLOT_IDS, writeSlot } from "./slots.ts";

const SYSTEMS = [...findSystems(PACKAGE_ROOT).keys()].map((slug) => loadSystem(PACKAGE_ROOT, slug));

function render(index: number, audience: Audience, overrides = {}): string {
  const system = SYSTEMS[index];
  if (system === undefined) throw new Error("no such system");
  const variant = createVariant(system, overrides);
  return renderMarkdown({ variant, audience, prefix: "decimal", hints: false, katas: [] });
}

/** All that is read, lines left out: formatters move them. */
function content({ front, rows, slots, problems }: Worksheet): object {
  return {
    front,
    rows: [...rows.values()].map(({ id, answer, how }) => ({ id, answer, how })),
    slots: [...slots.values()].map(({ id, body }) => ({ id, body })),
    problems: problems.map(({ message }) => message),
  };
}

describe.each(SYSTEMS.map((system, index) => [system.slug, index] as const))(
  "%s",
  (slug, index) => {
    const system = SYSTEMS[index];
    const ids = [
      ...Object.keys(system?.assumptions ?? {}),
      ...Object.keys(system?.estimates ?? {}),
    ];

    test("blank, it reads back without a problem and with nothing in it", () => {
      const sheet = parseWorksheet(render(index, "candidate"));
      expect(sheet.problems).toEqual([]);
      expect(sheet.front).toEqual({ system: slug, version: 1, set: {} });
      expect([...sheet.rows.keys()]).toEqual(ids);
      expect([...sheet.rows.values()].map(({ answer, how }) => answer + how).join("")).toBe("");
      expect([...sheet.slots.values()].map(({ id, body }) => [id, body])).toEqual(
        SLOT_IDS.map((id) => [id, ""]),
      );
    });

    test("with hints, it is as blank", () => {
      const variant = createVariant(loadSystem(PACKAGE_ROOT, slug));
      const hinted = { variant, audience: "candidate", prefix: "decimal", katas: [] } as const;
      const text = renderMarkdown({ ...hinted, hints: true });
      expect(text).toContain(`| \`${Object.values(system?.estimates ?? {})[0]?.formula}\` |`);
      expect(content(parseWorksheet(text))).toEqual(
        content(parseWorksheet(render(index, "candidate"))),
      );
    });

    test("answered, every estimate and slot is filled", () => {
      const sheet = parseWorksheet(render(index, "answers"));
      expect(sheet.problems).toEqual([]);
      for (const id of Object.keys(system?.estimates ?? {})) {
        expect(sheet.rows.get(id)?.answer).not.toBe("");
        expect(sheet.rows.get(id)?.how).toBe(system?.estimates[id]?.formula);
      }
      for (const id of SLOT_IDS) expect(sheet.slots.get(id)?.body.length).toBeGreaterThan(50);
    });

    test.each<Audience>(["candidate", "answers"])(
      "%s, every formatter leaves it readable",
      async (audience) => {
        const text = render(index, audience);
        const read = content(parseWorksheet(text));
        const pretty = await format(text, {
          parser: "markdown",
          proseWrap: "always",
          printWidth: 60,
        });
        expect(pretty).not.toBe(text);
        expect(content(parseWorksheet(pretty))).toEqual(read);
        expect(content(parseWorksheet(text.replaceAll("\n", "\r\n")))).toEqual(read);
        expect(content(parseWorksheet(`\uFEFF${text}`))).toEqual(read);
      },
    );
  },
);

test("overrides come back from the front matter, also after prettier", async () => {
  const set = { dau: "100M", retention: "5 years" };
  const index = SYSTEMS.findIndex(({ slug }) => slug === "twitter");
  const text = render(index, "candidate", set);
  expect(parseWorksheet(text).front?.set).toEqual(set);
  const many = Object.fromEntries(
    Object.entries(SYSTEMS[index]?.assumptions ?? {}).map(([id, { value }]) => [id, value]),
  );
  const pretty = await format(render(index, "candidate", many), { parser: "markdown" });
  expect(parseWorksheet(pretty).front?.set).toEqual(many);
  expect(
    parseWorksheet(text.replace(/set: .*/, 'set:\n  dau: 100M\n  retention: "5 years"')).front?.set,
  ).toEqual(set);
});

describe("a table", () => {
  const read = (table: string): unknown =>
    parseWorksheet(`---\nkata-worksheet: 1\nsystem: x\nversion: 1\n---\n${table}`).rows.get("rps");

  test.each([
    [
      "as written",
      "| id | estimate | unit | your answer | how (optional formula) |\n| --- | --- | --- | --- | --- |\n| `rps` | Posts | per second | 12K/s | dau / day |",
    ],
    [
      "with its columns in another order",
      "| how (optional formula) | your answer | id |\n|---|:-:|--:|\n| dau / day | 12K/s | `rps` |",
    ],
    [
      "with more columns",
      "| id | why | Your Answer | how (optional formula) | x |\n| - | --- | --- | --- | --- |\n| `rps` | a \\| b | 12K/s | `dau / day` | |",
    ],
    [
      "without outer strokes at the end",
      "| id | your answer | how (optional formula)\n| --- | --- | ---\n| `rps` | 12K/s | dau / day",
    ],
  ])("%s", (_, table) => {
    expect(read(table)).toMatchObject({ id: "rps", answer: "12K/s", how: "dau / day" });
  });
});

describe("what cannot be read is reported, with its line", () => {
  const head = "---\nkata-worksheet: 1\nsystem: x\nversion: 1\nset: {}\n---\n";
  const whole = SLOT_IDS.map((id) => writeSlot(id, "")).join("\n");
  const table = "| id | your answer |\n| --- | --- |\n";

  test.each<[name: string, text: string, line: number, message: RegExp]>([
    ["no front matter", whole, 1, /front matter is missing/],
    [
      "another format",
      `${head.replace("worksheet: 1", "worksheet: 9")}${whole}`,
      1,
      /kata-worksheet: 1/,
    ],
    ["no system", `${head.replace("system: x\n", "")}${whole}`, 1, /no system/],
    ["a missing slot", head + whole.replace("slot: api", "sl: api"), 30, /slot "api" is missing/],
    [
      "a slot twice",
      `${head}${whole}\n${writeSlot("api", "x")}`,
      31,
      /slot "api" stands here twice/,
    ],
    [
      "an unknown slot",
      `${head}<!-- slot: nope -->\n\`\`\`\n\`\`\`\n${whole}`,
      7,
      /no slot "nope"/,
    ],
    [
      "a slot without a fence",
      `${head}<!-- slot: api -->\ntext\n${whole.replace("slot: api", "x")}`,
      8,
      /no fenced block/,
    ],
    ["an unclosed fence", `${head}${whole}\n\`\`\`text\nabc`, 31, /never closed/],
    [
      "a row twice",
      `${head}${whole}\n${table}| \`a\` | 1 |\n| \`a\` | 2 |`,
      34,
      /row "a" stands here twice/,
    ],
    ["too large", `${head}${whole}${"x".repeat(MAX_WORKSHEET_BYTES)}`, 1, /larger than 1 MB/],
  ])("%s", (_, text, line, message) => {
    const { problems } = parseWorksheet(text);
    expect(problems.filter((problem) => message.test(problem.message))).toMatchObject([{ line }]);
    expect(problems.length).toBeLessThanOrEqual(_ === "too large" ? 1 : 2);
  });

  test("more rows than anybody needs", () => {
    const rows = Array.from({ length: 2500 }, (_, index) => `| \`r${index}\` | 1 |`).join("\n");
    const { rows: read, problems } = parseWorksheet(`${head}${whole}\n${table}${rows}`);
    expect(read.size).toBe(2000);
    expect(problems.at(-1)?.message).toMatch(/more than 2000 rows/);
  });

  test("a fence inside an answer does not end it", () => {
    const body = "```\ncode\n```\n<!-- slot: diagram -->";
    const text = head + whole.replace(writeSlot("api", ""), writeSlot("api", body));
    expect(parseWorksheet(text).slots.get("api")?.body).toBe(body);
  });
});
