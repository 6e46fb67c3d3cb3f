import { readFileSync } from "node:fs";
import { say } from "../../model/say.ts";
import type { EvidenceCheck } from "../evidence.ts";
import { lineOf, type Finding } from "../finding.ts";

/**
 * An id of a stable kata keeps its meaning: it neither vanishes nor changes its points or rules,
 * unless a new id says which one it replaces. Old scores keep their sense that way.
 */
export const idsImmutable: EvidenceCheck = {
  id: "ids-immutable",
  find({ kata, declared, base }) {
    if (base === undefined || !base.isStable) return [];
    const { spec: file } = kata.paths;
    const source = readFileSync(file, "utf8");
    const replaced = new Set(declared.map(({ replaces }) => replaces));
    const findings: Finding[] = [];
    const add = (id: string, message: string, fix: string): void => {
      const line = lineOf(source, `"${id}"`);
      findings.push({ check: "ids-immutable", file, line, message, fix, about: id });
    };
    for (const before of propertiesIn(base.spec)) {
      const now = declared.find(({ id }) => id === before.id);
      if (now === undefined) {
        if (replaced.has(before.id)) continue;
        const fix = say`Bring it back, or say in the new property: replaces: "${before.id}"`;
        add(before.id, say`the stable property ${before.id} is gone`, fix);
        continue;
      }
      const fix = say`Give it a new id with replaces: "${before.id}", or change it back.`;
      if (now.points !== before.points) {
        const message = say`${before.id} gave ${before.points} points and now gives ${now.points}`;
        add(before.id, message, fix);
      }
      if (now.rules.join() !== before.rules.join()) {
        const message = say`${before.id} judged rule ${before.rules.join(", ")} and now ${now.rules.join(", ")}`;
        add(before.id, message, fix);
      }
    }
    return findings;
  },
};

interface PastProperty {
  readonly id: string;
  readonly points: number;
  readonly rules: readonly number[];
}

/** Ids, points and rules as they are written in a spec: ids are literals, and so is what follows. */
export function propertiesIn(spec: string): PastProperty[] {
  const call = /check\s*\.\s*\w+(?:<[^(]*>)?\(\s*"([a-z0-9-]+)"\s*,\s*\{([^{}]*)/g;
  return [...spec.matchAll(call)].flatMap(([, id = "", meta = ""]) => {
    const points = /\bpoints:\s*(\d+(?:\.\d+)?)/.exec(meta)?.[1];
    const rules = /\brule:\s*(\[[^\]]*\]|\d+)/.exec(meta)?.[1]?.match(/\d+/g) ?? [];
    return points === undefined ? [] : [{ id, points: Number(points), rules: rules.map(Number) }];
  });
}
