import { describe, expect, test } from "vitest";
import { PACKAGE_ROOT } from "../../../../graders/reading.ts";
import { findSystems } from "../../definition/find-systems.ts";
import { loadSystem } from "../../definition/load-system.ts";
import type { WorksheetRow } from "../../document/parse-worksheet.ts";
import { type EstimateGrade, gradeEstimates } from "./grade-estimates.ts";
import { readAssumptions } from "./own-assumptions.ts";

type Cells = Readonly<Record<string, string | { readonly answer: string; readonly how: string }>>;

/** Grades the rows given here; all others are blank. */
function grade(slug: string, cells: Cells): Map<string, EstimateGrade> {
  const system = loadSystem(PACKAGE_ROOT, slug);
  const ids = new Set([...Object.keys(system.estimates), ...Object.keys(cells)]);
  const rows = new Map<string, WorksheetRow>();
  for (const id of ids) {
    const cell = cells[id] ?? "";
    const written = typeof cell === "string" ? { answer: cell, how: "" } : cell;
    rows.set(id, { id, line: rows.size + 1, ...written });
  }
  const { values } = readAssumptions(system, {}, rows);
  return new Map(gradeEstimates(system, rows, values).map((it) => [it.id, it]));
}

function one(slug: string, id: string, cell: Cells[string]): EstimateGrade | undefined {
  return grade(slug, { [id]: cell ?? "" }).get(id);
}

/** Design note 6.1. */
const CASES: readonly (readonly [string, string, string, number | undefined, number, string])[] = [
  ["url-shortener", "writeRps", "40/s", 1.04, 100, "ok"],
  ["url-shortener", "readRps", "4000 req/s", 1.04, 100, "ok"],
  ["url-shortener", "readsPerDay", "350M", 1.05, 100, "ok"],
  ["url-shortener", "cache", "35 GB", 1.05, 100, "ok"],
  [
    "url-shortener",
    "cache",
    "35 GB/day",
    undefined,
    0,
    "refused: an amount of data is wanted, this is an amount of data per day",
  ],
  ["url-shortener", "cache", "35 GiB", 1.13, 100, "ok"],
  ["url-shortener", "cache", "1.2 TB", 36, 0, "off"],
  ["url-shortener", "storage", "6 TiB", 1.1, 100, "ok"],
  ["url-shortener", "egress", "2 Mb/s", 7.72, 40, "near; bits and bytes mixed"],
  ["url-shortener", "egress", "16 Mbps", 1.04, 100, "ok"],
  ["url-shortener", "kgsStorage", "390 GB", 1.14, 100, "ok"],
  ["url-shortener", "keyspace", "3.5 T", 1.01, 100, "ok"],
  ["whatsapp", "messageRps", "24K/s", 1.04, 100, "ok"],
  ["whatsapp", "storageTotal", "38 PB", 1.02, 100, "ok"],
  ["whatsapp", "storageTotal", "38 TB", 980, 0, "off; one prefix step (K/M/G) off"],
  ["whatsapp", "heartbeatRps", "3M/s", 6, 40, "near"],
  ["twitter", "tweetRps", "1B/day", 1, 100, "ok"],
  ["twitter", "tweetRps", "10K/s", 1.16, 100, "ok"],
  ["twitter", "tweetRps", "20K/s", 1.73, 80, "near"],
  ["twitter", "tweetRps", "120K/s", 10.4, 0, "off; a decimal place"],
  ["netflix", "ingress", "46 Gbps", 1.01, 100, "ok"],
  ["netflix", "egress", "5.8 GB/s", 200, 0, "off"],
  ["uber", "storageTotal", "1.4 PB", 1.04, 100, "ok"],
  ["uber", "ingress", "5 MB/s", 1.08, 100, "ok"],
  ["uber", "pingRps", "12K/s", 20.8, 0, "off"],
  ["uber", "pingRps", "250000", 1, 100, "ok"],
  ["uber", "driverIndex", "100 MiB", 1.05, 100, "ok"],
  ["uber", "driverIndex", "-5 MB", undefined, 0, "refused: negative"],
  ["uber", "driverIndex", "a lot", undefined, 0, 'refused: no number in "a lot"'],
];
const isDefined = (slug: string): boolean => findSystems(PACKAGE_ROOT).has(slug);

test.each(CASES.filter(([slug]) => isDefined(slug)))(
  "%s %s = %s",
  (slug, id, answer, ratio, percent, message) => {
    const graded = one(slug, id, answer);
    expect(Math.round((graded?.credit ?? 0) * 100)).toBe(percent);
    if (ratio === undefined) expect(graded?.ratio).toBeUndefined();
    else expect(Number((graded?.ratio ?? 0).toPrecision(3))).toBeCloseTo(ratio, 1);
    const said = graded?.status === "refused" ? `refused: ${graded.notes[0]}` : graded?.status;
    expect([said, graded?.slip?.text].filter(Boolean).join("; ")).toBe(message);
  },
);

function credits(graded: Map<string, EstimateGrade>, ids: readonly string[]): string[] {
  return ids.map((id) => {
    const it = graded.get(id);
    return `${Math.round((it?.credit ?? 0) * 100)}${it?.carried === true ? " carried" : ""}`;
  });
}

describe.skipIf(!isDefined("twitter"))("a chain, twitter", () => {
  const slipped = {
    tweetsPerDay: "200M",
    mediaPerDay: "20M",
    tweetRps: "2300 rps",
    textStoragePerDay: "20 GB",
    mediaStoragePerDay: "1 TB",
    storagePerDay: "1.02 TB",
    storageTotal: "3.7 PB",
    ingress: "94 Mbps",
    fanoutRps: "460K/s",
  };

  test("one slip costs one row, and the missing factor is named", () => {
    const graded = grade("twitter", slipped);
    const [first, ...rest] = credits(graded, Object.keys(slipped));
    expect(first).toBe("40");
    expect(rest).toEqual(Array(8).fill("100 carried"));
    expect(graded.get("tweetsPerDay")?.slip?.factor).toBe("tweetsPerUser");
  });

  test("follows the candidate's own assumptions, which is no carrying", () => {
    const graded = grade("twitter", { dau: "100M", tweetsPerDay: "500M", tweetRps: "5.8K/s" });
    expect(credits(graded, ["tweetsPerDay", "tweetRps"])).toEqual(["100", "100"]);
  });

  test("an own assumption out of range is noted and not used", () => {
    const graded = grade("twitter", { dau: "5", tweetsPerDay: "25" });
    expect(graded.get("tweetsPerDay")).toMatchObject({ credit: 0, expected: 1e9 });
  });
});

test.skipIf(!isDefined("whatsapp"))("a chain, whatsapp: the followers of a slip are whole", () => {
  const cells = {
    messagesPerUser: "10",
    messagesPerDay: "500M",
    mediaPerDay: "25M",
    messageRps: "5.8K/s",
    textStoragePerDay: "50 GB",
    mediaStoragePerDay: "2.5 TB",
    storagePerDay: "2.55 TB",
    storageTotal: "9.3 PB",
    ingress: "29.5 MB/s",
  };
  expect(credits(grade("whatsapp", cells), Object.keys(cells))).toEqual([
    "40",
    ...Array<string>(8).fill("100 carried"),
  ]);
});

test.skipIf(!isDefined("netflix"))("an absurd answer is not carried on", () => {
  const cells = { viewsPerDay: "1", uploadsPerDay: "1", viewRps: "1/day" };
  expect(credits(grade("netflix", cells), Object.keys(cells))).toEqual(["0", "0", "0"]);
});

describe("guards of the chain", () => {
  test("a figure written down again earns nothing where the formula changes it", () => {
    // 200/s instead of 38.6/s is a slip of 5; the same figure as reads is no reading of it.
    const graded = grade("url-shortener", { writeRps: "200/s", readRps: "200/s" });
    expect(credits(graded, ["writeRps", "readRps"])).toEqual(["40", "0"]);
  });

  test("carried rows are worth half when nothing they follow from is right", () => {
    // A thousand times off: within what is carried, outside of what scores.
    const graded = grade("url-shortener", { writeRps: "38.6K/s", readRps: "3.86M/s" });
    expect(credits(graded, ["writeRps", "readRps"])).toEqual(["0", "50 carried"]);
  });
});

describe("a formula in the row", () => {
  test("stands for a blank number", () => {
    const graded = one("url-shortener", "storage", {
      answer: "",
      how: "newUrls*month*120*500*keyByte",
    });
    expect(graded).toMatchObject({ status: "ok", credit: 1, answer: "6 TB" });
  });

  test("gives 60 % when it is right and the number is not, and the difference is said", () => {
    const how = "newUrls * readWriteRatio";
    const graded = one("url-shortener", "readRps", { answer: "38/s", how });
    expect(graded).toMatchObject({ status: "off", credit: 0.6 });
    expect(graded?.notes.join()).toContain("your formula gives 3.86 K/s, you wrote 38/s");
    expect(one("url-shortener", "readRps", { answer: "a lot", how })?.credit).toBe(0.6);
  });

  test.each([
    ["itself", "readRps"],
    ["a row left blank", "writeRps * 100"],
    ["an unknown name", "constructor"],
    ["the wrong dimension", "newUrls * month"],
    ["a number alone is no method", "3858"],
    ["not a formula", "alert(1)"],
  ])("earns nothing: %s", (_, how) => {
    expect(one("url-shortener", "readRps", { answer: "1/s", how })?.credit).toBe(0);
  });

  test("may use answers of other rows, in a circle never", () => {
    const both = { writeRps: "40/s", readRps: { answer: "", how: "writeRps * 100" } };
    expect(grade("url-shortener", both).get("readRps")).toMatchObject({ credit: 1, value: 4000 });
    const circle = {
      writeRps: { answer: "", how: "readRps / 100" },
      readRps: { answer: "", how: "writeRps * 100" },
    };
    expect(credits(grade("url-shortener", circle), ["writeRps", "readRps"])).toEqual(["0", "0"]);
  });
});

test("too many digits are noted", () => {
  expect(one("url-shortener", "writeRps", "38.5802/s")?.notes.join()).toContain("more digits");
  expect(one("url-shortener", "readsPerDay", "333,000,000")?.notes).toEqual([]);
});

test("each missing factor is named", () => {
  expect(one("url-shortener", "cache", "167 GB")?.slip?.factor).toBe("hotShare");
  expect(one("url-shortener", "storage", "12 GB")?.slip?.factor).toBe("recordSize");
});
