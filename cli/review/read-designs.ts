import { existsSync, readFileSync } from "node:fs";
import { readTags, type GradeReport, type Kata } from "../../graders/index.ts";
import { type KataError, say } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { budgetRatio, isWhole } from "../group/best-grades.ts";
import { attemptHash } from "../group/with-sources.ts";
import { readHistory } from "../workspace/history.ts";
import { findWorkspace, locateAttempt } from "../workspace/workspace.ts";
import { countLines } from "./count-lines.ts";

/** One way to write the kata, as far as its cost is known. */
export interface Design {
  /** `yours`, `reference`, or an alternative's own name. */
  readonly name: string;
  /** How it differs; undefined for `yours`. */
  readonly what: string | undefined;
  readonly file: string;
  /** Lines that are neither blank nor comment. */
  readonly lines: number;
  /** Mean time ratio to the reference; undefined where it was not measured. */
  readonly ratio: number | undefined;
  /** Retained by one element; undefined where it was not measured. */
  readonly bytes: number | undefined;
}

export interface Designs {
  /** Yours first, when its file is there, then the reference, then the alternatives. */
  readonly designs: readonly Design[];
  /** The last whole grade with budgets. */
  readonly grade: GradeReport | undefined;
  /** Whether your file is still the one of that grade. */
  readonly isGradedFile: boolean;
}

/** Sets the attempt beside our designs. Measures nothing: figures are those of the last whole grade. */
export async function readDesigns(ctx: CliContext, kata: Kata): Promise<Designs> {
  const { reports } = await readHistory(findWorkspace(ctx.cwd));
  const grade = reports.findLast(
    (report) => report.kata === kata.slug && isWhole(report) && report.budgets.length > 0,
  );
  const memory = grade?.budgets.find(({ kind }) => kind === "memory");
  const ratio = budgetRatio(grade?.budgets ?? []);
  const file = await ownFile(ctx, kata.slug);
  const source = file === undefined ? "" : readFileSync(file, "utf8");
  const yours = file === undefined ? [] : [{ name: "yours", what: undefined, file }];
  const measured = {
    yours: { ratio: Number.isFinite(ratio) ? ratio : undefined, bytes: memory?.bytes },
    reference: { ratio: 1, bytes: memory?.referenceBytes },
  };
  const places = [
    ...yours.map((one) => ({ ...one, ...measured.yours })),
    {
      name: "reference",
      what: say`our solution`,
      file: kata.reference.file,
      ...measured.reference,
    },
    ...kata.alternatives.map(({ name, file: place }) => {
      const { design } = readTags(readFileSync(place, "utf8"));
      return { name, what: design, file: place, ratio: undefined, bytes: undefined };
    }),
  ];
  return {
    designs: places.map((one) => ({ ...one, lines: countLines(readFileSync(one.file, "utf8")) })),
    grade,
    isGradedFile: grade !== undefined && attemptHash(source) === grade.subject.hash,
  };
}

async function ownFile(ctx: CliContext, slug: string): Promise<string | undefined> {
  try {
    const { file } = await locateAttempt(ctx, slug, undefined, "review");
    return existsSync(file) ? file : undefined;
  } catch (error) {
    if ((error as KataError).name === "KataError") return undefined;
    throw error;
  }
}
