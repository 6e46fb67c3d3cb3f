import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { loadKata } from "../catalog/catalog.ts";
import { judgeExcess } from "./judge-budgets.ts";

const root = fileURLToPath(new URL("../fixtures/root", import.meta.url));
const shelf = loadKata({ root }, "shelf");

function wrong(name: string): string {
  const found = shelf.wrongs.find((one) => one.name.endsWith(name));
  if (found === undefined) throw new Error(`shelf has no wrong answer ${name}`);
  return found.file;
}

const outcomes = async (file: string, options: { only?: string[]; planted?: boolean }) =>
  (await judgeExcess(shelf, file, options)).map(({ id, outcome }) => `${id} ${outcome}`);

test("only the budgets that are named are judged, of whatever kind", async () => {
  expect(await outcomes(wrong("set"), { only: ["bytes"] })).toEqual(["bytes over"]);
  expect(await outcomes(wrong("compares"), { only: ["comparisons"] })).toEqual([
    "comparisons over",
  ]);
}, 60_000);

test("what is within its limit stays within it at the second look", async () => {
  expect(await outcomes(shelf.reference.file, { only: ["comparisons", "bytes"] })).toEqual([
    "comparisons within",
    "bytes within",
  ]);
}, 60_000);

test("a planted cost is over every limit", async () => {
  expect(await outcomes(shelf.reference.file, { planted: true })).toEqual([
    "has-grows over",
    "comparisons over",
    "bytes over",
  ]);
}, 60_000);
