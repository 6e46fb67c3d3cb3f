import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { KataError, say } from "../../../graders/reading.ts";
import { readSystem } from "../definition/load-system.ts";
import type { System } from "../definition/system.ts";
import { kataRows } from "../render/kata-rows.ts";
import { checkFigures } from "./check-figures.ts";
import { checkReferences } from "./check-references.ts";
import { type Teeth, checkTeeth } from "./check-teeth.ts";
import { checkWords } from "./check-words.ts";
import { type Fault, type Finding, lineOf } from "./finding.ts";

export interface SystemVerification {
  readonly system: string;
  readonly findings: readonly Finding[];
  readonly estimates: number;
  readonly wrongWorksheets: number;
  /** Share of the coverage points that a list of all keywords earns. */
  readonly salad: number;
}

/** Checks that a definition is whole and that grading by it has teeth. */
export async function verifySystem(root: string, file: string): Promise<SystemVerification> {
  const text = readFileSync(file, "utf8");
  const slug = basename(file, ".json");
  const locate = ({ near, ...fault }: Fault): Finding => ({
    ...fault,
    file,
    line: lineOf(text, near),
  });
  const untested = { system: slug, estimates: 0, wrongWorksheets: 0, salad: 0 };
  let system: System;
  try {
    system = readSystem(file);
  } catch (error) {
    if (!(error instanceof KataError)) throw error;
    const fix = say`Correct the definition.`;
    return {
      ...untested,
      findings: [locate({ check: "schema", near: "", message: error.message, fix })],
    };
  }
  const broken = [...checkReferences(system), ...checkFigures(system)];
  // Worksheets of a definition that is not whole prove nothing.
  const teeth: Teeth =
    broken.length > 0
      ? { faults: [], wrong: 0, salad: 0 }
      : checkTeeth(system, join(dirname(file), slug, "wrong"));
  const faults = [
    ...broken,
    ...(await checkKatas(root, system)),
    ...checkWords(system),
    ...teeth.faults,
  ];
  return {
    system: slug,
    findings: faults.map(locate),
    estimates: Object.keys(system.estimates).length,
    wrongWorksheets: teeth.wrong,
    salad: teeth.salad,
  };
}

async function checkKatas(root: string, system: System): Promise<Fault[]> {
  const rows = await kataRows({ root }, system);
  return rows
    .filter(({ state }) => state === "unknown")
    .map(({ slug }) => ({
      check: "katas",
      near: `"${slug}"`,
      message: say`There is no kata "${slug}", and none is planned.`,
      fix: say`Correct the slug. See them all: kata list`,
    }));
}
