import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { GradeReport } from "../../graders/index.ts";
import type { SharedGrade } from "./share-file.ts";

/** Adds each attempt's source where the file is still the one that was graded. */
export function withSources(
  grades: readonly SharedGrade[],
  reports: readonly GradeReport[],
): { grades: SharedGrade[]; missing: string[] } {
  const missing: string[] = [];
  const added = grades.map((grade): SharedGrade => {
    const source = reports
      .filter(({ kata, subject }) => kata === grade.kata && subject.hash === grade.attemptHash)
      .map(({ subject }) => sourceOf(subject.file, grade.attemptHash))
      .find((text) => text !== undefined);
    if (source === undefined) missing.push(grade.kata);
    return source === undefined ? grade : { ...grade, source };
  });
  return { grades: added, missing };
}

function sourceOf(file: string, hash: string): string | undefined {
  try {
    const text = readFileSync(file, "utf8");
    return attemptHash(text) === hash ? text : undefined;
  } catch {
    return undefined; // It was moved or removed since.
  }
}

/** As a report has it of a file: the first 12 digits of its SHA-256. */
export function attemptHash(source: string): string {
  return createHash("sha256").update(source).digest("hex").slice(0, 12);
}
