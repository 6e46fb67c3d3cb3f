import { join } from "node:path";
import { expect, test } from "vitest";
import type { GradeReport } from "../../graders/index.ts";
import { PACKAGE_ROOT } from "../../graders/reading.ts";
import { SOUND, TallyFolder, soundButInAdd } from "./tally-folder.ts";

const GOLDEN = join(PACKAGE_ROOT, "graders/fixtures/golden");

/** A report without what differs from run to run and from machine to machine. */
function essence(report: GradeReport, dir: string): unknown {
  const fixed = {
    ...report,
    id: "",
    ...(report.freshSeed === undefined ? {} : { freshSeed: 0 }),
    specHash: "",
    environment: {},
    protections: [],
    times: {},
    subject: { ...report.subject, hash: "" },
    properties: report.properties.map((property) => ({
      ...property,
      ms: 0,
      // Holds the spec hash.
      ...(property.replay === undefined ? {} : { replay: "" }),
      ...(property.failure?.stack === undefined
        ? {}
        : { failure: { ...property.failure, stack: "" } }),
    })),
  };
  return JSON.parse(JSON.stringify(fixed).replaceAll(dir, "<dir>"));
}

// A report that changes here changes what a candidate reads, and perhaps a score: say so in the
// changelog before you accept it with `vitest -u`.
test.each([
  ["sound", SOUND],
  ["wrong", SOUND.replace("this.count(word) + 1", "this.count(word) * 2 + 1")],
  ["throws", soundButInAdd('    if (word === "b") throw new TypeError("no b");')],
  ["loops", soundButInAdd('    while (word === "") ;')],
  ["does-not-compile", soundButInAdd("    const n: number = word;")],
  ["missing-export", SOUND.replace("export class", "class")],
])("the report of an attempt that is %s", async (name, source) => {
  const folder = new TallyFolder();
  folder.attempt(source);
  const { report } = await folder.report(["--no-budget"]);
  const json = `${JSON.stringify(essence(report, folder.dir), null, 2)}\n`;
  await expect(json).toMatchFileSnapshot(join(GOLDEN, `${name}.json`));
});
