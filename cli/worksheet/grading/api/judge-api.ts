import type { Operation } from "../../definition/system.ts";
import { findConcept, findTerms } from "../../prose/find-concept.ts";
import { splitWords } from "../../prose/words.ts";
import type { Remark } from "../remark.ts";
import { assignBest } from "./assign-best.ts";
import { lintOperations } from "./lint-operations.ts";
import { classesOf, parseOperations } from "./parse-operations.ts";
import type { MethodClass, WrittenOperation } from "./written-operation.ts";

export interface OperationVerdict {
  readonly id: string;
  readonly label: string;
  readonly required: boolean;
  /** In [0, 1]: 0.8 for the operation, 0.2 for what it needs besides. */
  readonly credit: number;
  /** The line that was taken for it. */
  readonly evidence?: string;
  readonly line?: number;
  /** What its line does not show. */
  readonly lacking: readonly string[];
}

export interface ApiVerdict {
  /** Out of 15. */
  readonly points: number;
  readonly operations: readonly OperationVerdict[];
  /** Lines that serve nothing required: they cost nothing. */
  readonly extra: number;
  readonly remarks: readonly Remark[];
}

export const API_POINTS = 15;
const FOUND = 0.8;

/** Matches what is written with what is required by name; each line serves one operation. */
export function judgeApi(
  text: string,
  firstLine: number,
  operations: readonly Operation[],
): ApiVerdict {
  const written = parseOperations(text, firstLine);
  const weights = operations.map((operation) =>
    written.map((line) => likeness(operation, line) * (operation.required ? 1.001 : 1)),
  );
  const partners = assignBest(weights);
  const verdicts = operations.map((operation, index): OperationVerdict => {
    const { id, label, required, needs } = operation;
    const partner = written[partners[index] ?? -1];
    if (partner === undefined) return { id, label, required, credit: 0, lacking: [] };
    const lacking = needs.filter((need) => !isMet(partner, need));
    const met = needs.length === 0 ? 1 : 1 - lacking.length / needs.length;
    return {
      id,
      label,
      required,
      credit: FOUND + (1 - FOUND) * met,
      evidence: partner.text,
      line: partner.line,
      lacking: lacking.map(({ say }) => say),
    };
  });
  const required = verdicts.filter((verdict) => verdict.required);
  const earned = required.reduce((sum, { credit }) => sum + credit, 0);
  return {
    points: required.length === 0 ? 0 : (API_POINTS * earned) / required.length,
    operations: verdicts,
    extra: written.length - partners.filter((it) => it !== undefined).length,
    remarks: lintOperations(written),
  };
}

function isMet({ all }: WrittenOperation, need: Operation["needs"][number]): boolean {
  return findConcept(all, need)?.negated === false;
}

/** 0 where it cannot be the operation; else above 1, and more the better it fits. */
function likeness({ verbs, nouns, http, signature }: Operation, line: WrittenOperation): number {
  const hasVerb = verbs.some((verb) => hasWords(line.words, verb));
  const wanted = requiredClasses(http, signature);
  const isClass = line.classes.some((kind) => wanted.includes(kind));
  const nounsFound = nouns.filter((noun) => hasWords(line.words, noun));
  if (nounsFound.length === 0 || (!hasVerb && !isClass)) return 0;
  const last = splitName(line.segments.at(-1) ?? "");
  const isLast = nounsFound.some((noun) => hasWords(last, noun));
  const mentions = verbs.some((verb) => findTerms(line.all, [verb]) !== undefined);
  return (
    1 +
    (hasVerb ? 0.4 : 0) +
    (isClass ? 0.2 : 0) +
    (isLast ? 0.2 : 0) +
    (mentions ? 0.05 : 0) +
    0.1 * Math.min(1, nounsFound.length / nouns.length)
  );
}

/** `POST /v1/urls` creates; `WS send` streams; a definition without a method is known by its name. */
function requiredClasses(http: string, signature: string): readonly MethodClass[] {
  const [parsed] = parseOperations(http, 1);
  return parsed?.classes ?? classesOf(splitName(signature.split("(")[0] ?? ""));
}

function hasWords(words: readonly string[], phrase: string): boolean {
  return splitName(phrase).every((word) => words.includes(word));
}

function splitName(name: string): string[] {
  return splitWords(name.replaceAll("_", " ")).map(({ one }) => one);
}
