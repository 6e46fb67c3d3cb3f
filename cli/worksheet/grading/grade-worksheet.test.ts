import { format } from "prettier";
import { describe, expect, test } from "vitest";
import { PACKAGE_ROOT } from "../../../graders/reading.ts";
import { findSystems } from "../definition/find-systems.ts";
import { loadSystem } from "../definition/load-system.ts";
import type { Concept, System } from "../definition/system.ts";
import { createVariant } from "../definition/variant.ts";
import { parseWorksheet } from "../document/parse-worksheet.ts";
import { type SlotId, slotMarker } from "../document/slots.ts";
import { type Audience, renderMarkdown } from "../render/render-markdown.ts";
import { type GradeOptions, gradeWorksheet } from "./grade-worksheet.ts";
import type { WorksheetReport } from "./worksheet-report.ts";

const SYSTEMS = [...findSystems(PACKAGE_ROOT).keys()].map(
  (slug) => [slug, loadSystem(PACKAGE_ROOT, slug)] as const,
);

function render(system: System, audience: Audience, overrides = {}): string {
  const variant = createVariant(system, overrides);
  return renderMarkdown({ variant, audience, prefix: "decimal", hints: false, katas: [] });
}

function grade(system: System, text: string, options: Partial<GradeOptions> = {}): WorksheetReport {
  return gradeWorksheet(system, parseWorksheet(text), { hints: true, threshold: 60, ...options });
}

/** A worksheet with one text in place of a slot's. */
function withSlot(text: string, id: SlotId, body: string): string {
  const from = text.indexOf(slotMarker(id));
  const rest = text.slice(from);
  const filled = rest.replace(
    /^(.*?\n```\w*\n).*?(```)/s,
    (_, open: string, close: string) => `${open}${body}\n${close}`,
  );
  return text.slice(0, from) + filled;
}

/** What must not depend on how the file is laid out. */
function judged(report: WorksheetReport): unknown {
  const placed = new Set(["line", "firstLine", "problems"]);
  const json = JSON.stringify(report, (key, value: unknown) =>
    placed.has(key) ? undefined : value,
  );
  return JSON.parse(json);
}

describe.each(SYSTEMS)("%s", (_, system) => {
  const answers = render(system, "answers");

  test("the model answer gets every computed and matched point", () => {
    const report = grade(system, answers);
    expect(report.computed).toEqual({ points: 55, of: 55 });
    expect(report.matched).toEqual({ points: 30, of: 30 });
    expect(report.reached).toBe(true);
    expect(report.problems).toEqual([]);
  });

  test("with other assumptions as well", () => {
    const [id = "", { max }] = Object.entries(system.assumptions)[0] ?? ["", { max: "" }];
    expect(grade(system, render(system, "answers", { [id]: max })).estimates.points).toBe(35);
  });

  test("a blank one gets nothing", () => {
    const report = grade(system, render(system, "candidate"));
    expect([report.computed.points, report.matched.points, report.hints?.points]).toEqual([
      0, 0, 0,
    ]);
    expect(report.problems).toEqual([]);
    expect(report.reached).toBe(false);
    expect(report.parsed.rows.filled + report.parsed.slots.filled).toBe(0);
  });

  test("copied from the model answer, texts are not scored", () => {
    expect(grade(system, answers).hints?.points).toBeLessThanOrEqual(5);
  });

  test("a salad of all keywords stays within a quarter of the hints", () => {
    const concepts = (some: readonly Concept[]): string =>
      some
        .flatMap(({ any }) => any)
        .join(" ")
        .replaceAll("*", "");
    const salads: Partial<Record<SlotId, readonly string[]>> = {
      requirements: system.requirements.map(({ concept }) => concepts([concept])),
      bottlenecks: system.bottlenecks.map(({ risk, fixes }) => concepts([risk, ...fixes])),
      decisions: system.decisions.map((it) =>
        [concepts(it.concepts), ...it.options.map(({ name }) => name)].join(" "),
      ),
    };
    for (const glue of [" ", "\n- ", "\n\n"]) {
      let text = render(system, "candidate");
      for (const [id, parts] of Object.entries(salads)) {
        text = withSlot(text, id as SlotId, parts.join(glue));
      }
      expect(grade(system, text).hints?.points).toBeLessThanOrEqual(15 / 4);
    }
  });

  test.each([
    ["CRLF", (text: string) => text.replaceAll("\n", "\r\n")],
    ["a BOM", (text: string) => `\uFEFF${text}`],
    ["columns padded anew", (text: string) => text.replace(/ \| /g, "    |  ")],
    ["prettier", (text: string) => format(text, { parser: "markdown" })],
    [
      "prettier, prose wrapped",
      (text: string) => format(text, { parser: "markdown", proseWrap: "always" }),
    ],
  ])("the report is the same after %s", async (_name, change) => {
    expect(judged(grade(system, await change(answers)))).toEqual(judged(grade(system, answers)));
  });

  test("the report is the same with rows in another order", () => {
    const lines = answers.split("\n");
    const isRow = (line: string): boolean => /^\| `\w+` \|/.test(line);
    const from = lines.findIndex(
      (line, at) => isRow(line) && at > answers.indexOf("## Estimates") / 1e9,
    );
    const to = lines.findIndex((line, at) => at > from && !isRow(line));
    const turned = [
      ...lines.slice(0, from),
      ...lines.slice(from, to).reverse(),
      ...lines.slice(to),
    ];
    expect(turned.join("\n")).not.toBe(answers);
    expect(judged(grade(system, turned.join("\n")))).toEqual(judged(grade(system, answers)));
  });

  test("every line it names is there and holds what it names", () => {
    const report = grade(system, answers);
    const lines = answers.split("\n");
    for (const { id, line = 0 } of report.estimates.rows)
      expect(lines[line - 1]).toContain(`\`${id}\``);
    for (const { evidence = "", line = 0 } of report.dataModel.entities) {
      expect(lines[line - 1]).toContain(evidence);
    }
    for (const { line = 0 } of report.api.operations) expect(lines[line - 1]).toMatch(/^- [A-Z]+ /);
  });
});

const [, twitter] = SYSTEMS.find(([slug]) => slug === "twitter") ?? SYSTEMS[0] ?? [];
if (twitter === undefined) throw new Error("no systems");
const ANSWERS = render(twitter, "answers");

describe("options", () => {
  test("without hints there are none, and the points stay", () => {
    const report = grade(twitter, ANSWERS, { hints: false });
    expect(report.hints).toBeNull();
    expect(report.computed.points + report.matched.points).toBe(85);
  });

  test("the threshold is a share of the computed and matched points", () => {
    const half = withSlot(withSlot(ANSWERS, "api", ""), "dataModel", "");
    expect(grade(twitter, half)).toMatchObject({ matched: { points: 0 }, reached: true });
    expect(grade(twitter, half, { threshold: 65 }).reached).toBe(false);
    expect(grade(twitter, render(twitter, "candidate"), { threshold: 0 }).reached).toBe(true);
  });

  test("a person overrules a hint, in either way", () => {
    const id = `bottlenecks.${twitter.bottlenecks[0]?.id}`;
    const blank = render(twitter, "candidate");
    const by = { id, by: "Ada", at: "2026-11-21T10:00:00.000Z" };
    const accepted = grade(twitter, blank, { rulings: [{ ...by, ruling: "accept" }] });
    expect(accepted.hints?.points).toBeCloseTo(5 / twitter.bottlenecks.length, 1);
    const both = [
      { ...by, ruling: "accept" as const },
      { ...by, ruling: "reject" as const },
    ];
    expect(grade(twitter, blank, { rulings: both }).hints?.points).toBe(0);
  });
});

describe("remarks", () => {
  test("an older definition, an override and an assumption that cannot be used", () => {
    const text = ANSWERS.replace(/version: \d+/, "version: 99")
      .replace("set: {}", 'set: { dau: "a lot", nobody: "5" }')
      .replace(/^(\| `tweetsPerUser` \|.*)$/m, (line) => line.replace(/\|\s*\|/, "| 5 GB |"));
    const said = grade(twitter, text).remarks.map(
      ({ line, slot, text: it }) => `${line} ${slot} ${it}`,
    );
    expect(said.join("\n")).toContain("1 version written for version 99 of twitter");
    expect(said.join("\n")).toContain('1 set dau: "a lot" was not used: no number in "a lot"');
    expect(said.join("\n")).toContain(
      '1 set nobody: "5" was not used: there is no such assumption',
    );
  });

  test("no peak anywhere", () => {
    const said = (text: string): boolean =>
      grade(twitter, text).remarks.some(({ text: it }) => it.startsWith("no peak"));
    expect(said(ANSWERS)).toBe(true);
    expect(said(withSlot(ANSWERS, "bottlenecks", "- The peak is three times that."))).toBe(false);
  });
});

test("one slip loses just where it should", () => {
  const lost = (text: string): string[] => {
    const report = grade(twitter, text);
    return [
      ...report.estimates.rows.filter(({ credit }) => credit < 1).map(({ id }) => id),
      ...report.diagram.verdict.flows.filter(({ path }) => path === undefined).map(({ id }) => id),
      ...report.diagram.verdict.flows.flatMap((it) => it.singlePoints.map(({ label }) => label)),
      ...report.api.operations.filter((it) => it.required && it.credit < 1).map(({ id }) => id),
    ];
  };
  expect(lost(ANSWERS)).toEqual([]);
  expect(lost(ANSWERS.replace("| 59 MB/s |", "| 472 MB/s |"))).toEqual(["ingress"]);
  expect(lost(ANSWERS.replace("/v1/feed?cursor=&limit=", "/v1/feed"))).toEqual(["getNewsfeed"]);
});

test("next katas come from what was lost, ready ones first, planned ones after", () => {
  const report = grade(twitter, render(twitter, "candidate"), {
    isReady: (slug) => slug === "lru-cache",
  });
  expect(report.nextKatas).toHaveLength(3);
  expect(report.nextKatas[0]).toBe("lru-cache");
  const whole = grade(twitter, ANSWERS, { hints: false });
  expect(whole.nextKatas).toEqual([]);
});
