import { readFileSync } from "node:fs";
import { say } from "../model/say.ts";
import type { Kata } from "../model/kata.ts";
import { lineOf, type Finding } from "./finding.ts";

/** A finding that the kata says is right here. */
export interface Waived {
  readonly finding: Finding;
  readonly reason: string;
}

/** Sets aside what kata.json waives. A waiver that is of no use is a finding itself. */
export function applyWaivers(
  { manifest, paths }: Kata,
  found: readonly Finding[],
): { findings: Finding[]; waived: Waived[] } {
  const findings: Finding[] = [];
  const waived: Waived[] = [];
  const used = new Set<number>();
  for (const finding of found) {
    const index = manifest.waivers.findIndex(
      ({ check, about }) =>
        check === finding.check && (about === undefined || about === finding.about),
    );
    const waiver = manifest.waivers[index];
    if (waiver === undefined) findings.push(finding);
    else {
      used.add(index);
      waived.push({ finding, reason: waiver.reason });
    }
  }
  manifest.waivers.forEach(({ check, about, reason }, index) => {
    if (used.has(index)) return;
    const what = about === undefined ? check : `${check} (${about})`;
    findings.push({
      check: "waivers",
      file: paths.manifest,
      line: lineOf(readFileSync(paths.manifest, "utf8"), reason),
      message: say`the waiver of ${what} matches no finding`,
      fix: say`Remove it.`,
    });
  });
  return { findings, waived };
}
