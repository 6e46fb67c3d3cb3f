import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PACKAGE_ROOT } from "../../../graders/reading.ts";
import { findSystems } from "../definition/find-systems.ts";
import { fillTemplate } from "../render/fill-template.ts";
import { LEAST_WRONG } from "./check-teeth.ts";
import { type SystemVerification, verifySystem } from "./verify-system.ts";

/** Parts of a definition that are spoilt on purpose. */
type Json = Record<string, never>;

test.each([...findSystems(PACKAGE_ROOT)])("%s has teeth", async (_, file) => {
  const { findings, wrongWorksheets } = await verifySystem(PACKAGE_ROOT, file);
  expect(findings).toEqual([]);
  expect(wrongWorksheets).toBeGreaterThanOrEqual(LEAST_WRONG);
});

describe("what is planted is found", () => {
  let folder = "";
  const source = join(PACKAGE_ROOT, "templates/worksheets/systems");

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "kata-verify-system-"));
    cpSync(join(source, "twitter/wrong"), join(folder, "twitter/wrong"), { recursive: true });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const verifySpoilt = (spoil: (definition: Json) => void): Promise<SystemVerification> => {
    const definition = JSON.parse(readFileSync(join(source, "twitter.json"), "utf8")) as Json;
    spoil(definition);
    const file = join(folder, "twitter.json");
    writeFileSync(file, JSON.stringify(definition, null, 2));
    return verifySystem(PACKAGE_ROOT, file);
  };

  test.each<[name: string, path: string, value: unknown, check: string, message: RegExp]>([
    ["a key that is no key", "colour", "blue", "schema", /colour/],
    ["a missing title", "title", undefined, "schema", /title/],
    ["another slug", "slug", "twittr", "schema", /slug is "twittr"/],
    ["a flow to nowhere", "flows.0.to", "nowhere", "names", /no component "nowhere"/],
    ["an edge to nowhere", "edges.0.to", "nowhere", "names", /no component "nowhere"/],
    ["a choice that is no option", "decisions.0.choice", "Both", "names", /no option "Both"/],
    [
      "a requirement nobody has",
      "operations.0.requirement",
      "fly",
      "names",
      /no requirement "fly"/,
    ],
    ["a requirement nobody serves", "operations.4.requirement", "post", "served", /"search"/],
    ["a follow-up on no row", "sections.1.followUps.0.when", "blank(nope)", "names", /"nope"/],
    ["two of one id", "components.1.id", "client", "ids", /"client" stands twice/],
    [
      "a formula of the wrong dimension",
      "estimates.tweetRps.formula",
      "tweetsPerDay * day",
      "formulas",
      /the result is a time/,
    ],
    [
      "a formula that goes round",
      "estimates.tweetsPerDay.formula",
      "tweetRps * day",
      "formulas",
      /in a circle/,
    ],
    [
      "a value outside its range",
      "assumptions.dau.value",
      "100B",
      "ranges",
      /not between min and max/,
    ],
    ["a least of zero", "assumptions.dau.min", "0", "ranges", /not above zero/],
    [
      "a corner that is negative",
      "estimates.feedCache.formula",
      "(dau - 2000000) * feedLength * feedEntrySize",
      "corners",
      /dau at its min/,
    ],
    [
      "a constant that is asked for",
      "estimates.celebrityFanoutTime.formula",
      "100 * second",
      "roots",
      /hangs on no assumption/,
    ],
    [
      "a figure that is off",
      "estimates.ingress.seedFigure",
      "90 MB/s",
      "sources",
      /no note says why/,
    ],
    ["a figure that is not theirs", "estimates.fanoutRps.seedFigure", "2M/s", "sources", /is ours/],
    [
      "a twist that moves nothing",
      "twists.2.changes.0",
      "ingress",
      "twists",
      /does not move ingress/,
    ],
    ["a kata that nobody knows", "katas.0.slug", "no-such-kata", "katas", /no kata "no-such-kata"/],
    ["minutes that are too many", "sections.1.minutes", 50, "minutes", /take 90 minutes/],
    [
      "words that miss their text",
      "requirements.0.concept.any",
      ["zzz"],
      "words",
      /requirements.post/,
    ],
    ["a model with a single point", "components.4.replicas", 1, "model", /singlePoints/],
    ["a model without a flow", "edges.3.to", "users", "model", /flows/],
    [
      "an answer that lacks its need",
      "operations.3.http",
      "GET /v1/feed -> 200",
      "model",
      /api.getNewsfeed/,
    ],
    [
      "a tolerance without teeth",
      "estimates.ingress.tolerance",
      { full: 1e9, near: 1e9, order: 1e9 },
      "wrong",
      /bits-for-bytes.* keeps estimates.ingress/,
    ],
    [
      "words that a list satisfies",
      "requirements",
      "single words",
      "salad",
      /list of all keywords/,
    ],
  ])("%s", async (_, path, value, check, message) => {
    const { findings } = await verifySpoilt((definition) =>
      value === "single words" ? keepOneWord(definition) : put(definition, path, value),
    );
    const found = findings.filter((finding) => finding.check === check);
    expect(findings.map((it) => it.check)).toContain(check);
    expect(found.map((it) => it.message).join("\n")).toMatch(message);
    expect(found[0]?.fix.length).toBeGreaterThan(10);
  });

  test("a finding points at the line", async () => {
    const { findings } = await verifySpoilt((it) =>
      put(it, "estimates.fanoutRps.seedFigure", "2M/s"),
    );
    const [first] = findings;
    const lines = readFileSync(first?.file ?? "", "utf8").split("\n");
    expect(lines[(first?.line ?? 0) - 1]).toContain('"fanoutRps"');
  });

  test.each<[name: string, text: string, message: RegExp]>([
    ["a slip without a name", "---\nloses: estimates.ingress\n---\n", /no "slip"/],
    ["a slip that loses nothing", "---\nslip: x\n---\n", /no "loses"/],
    [
      "a slip on no row",
      "---\nslip: x\nloses: estimates.ingress\n---\n| id | your answer |\n| --- | --- |\n| `nope` | 1 |\n",
      /no row "nope"/,
    ],
    [
      "a slip on a line that is not there",
      "---\nslip: x\nloses: flows.post\n---\n<!-- slot: diagram -->\n```diff\n-  a --> b\n```\n",
      /no line "  a --> b"/,
    ],
    [
      "two slips in one",
      "---\nslip: x\nloses: estimates.ingress\n---\n| id | your answer |\n| --- | --- |\n| `ingress` | 1 B/s |\n| `feedCache` | 1 B |\n",
      /also loses estimates.feedCache/,
    ],
    [
      "a report that does not say it",
      "---\nslip: x\nloses: estimates.ingress\nsays: unicorns\n---\n| id | your answer |\n| --- | --- |\n| `ingress` | 1 B/s |\n",
      /does not say "unicorns"/,
    ],
  ])("%s", async (_, text, message) => {
    const file = join(folder, "twitter/wrong/planted.md");
    writeFileSync(file, text);
    const { findings } = await verifySpoilt(() => undefined);
    rmSync(file);
    expect(findings.map((it) => it.message).join("\n")).toMatch(message);
    expect(findings.every(({ check }) => check === "wrong")).toBe(true);
  });
});

test("what `worksheet new` writes lacks nothing but wrong worksheets", async () => {
  const folder = mkdtempSync(join(tmpdir(), "kata-new-system-"));
  const data = { slug: "note-keeper", title: "Note keeper" };
  const file = join(folder, "note-keeper.json");
  mkdirSync(join(folder, "note-keeper/wrong"), { recursive: true });
  writeFileSync(file, fillTemplate("new/system.json.hbs", data));
  writeFileSync(
    join(folder, "note-keeper/wrong/bits.md"),
    fillTemplate("new/bits-for-bytes.md.hbs", data),
  );
  const { findings } = await verifySystem(PACKAGE_ROOT, file);
  rmSync(folder, { recursive: true });
  expect(findings.map(({ message }) => message)).toEqual([
    "There are 1 wrong worksheets, 6 are wanted.",
  ]);
});

function put(target: Json, path: string, value: unknown): void {
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  const parent = keys.reduce((at, key) => at[key] as unknown as Json, target);
  if (value === undefined) delete parent[last];
  else parent[last] = value as never;
}

function keepOneWord(definition: Json): void {
  const requirements = definition["requirements"] as unknown as { concept: { any: string[] } }[];
  for (const { concept } of requirements) concept.any = concept.any.slice(0, 1);
}
