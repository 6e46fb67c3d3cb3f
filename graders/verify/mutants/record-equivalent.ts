import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { say } from "../../model/say.ts";
import { KataError } from "../../model/kata-error.ts";
import type { Kata } from "../../model/kata.ts";
import { EquivalentMutant, type KataManifest } from "../../model/kata-manifest.ts";
import type { JudgedMutant } from "./judge-mutants.ts";

const LINE_WIDTH = 100;

/**
 * Writes into kata.json that a surviving mutant was reviewed and cannot be told from the reference.
 * Said again, the new reason takes the place of the old one.
 * @throws KataError `unknown-mutant`, or `bad-option` when the reason says too little.
 */
export function recordEquivalent(
  kata: Kata,
  mutants: readonly JudgedMutant[],
  { id, reason }: { readonly id: string; readonly reason: string },
): EquivalentMutant {
  const mutant = mutants.find((tried) => tried.id === id);
  if (mutant === undefined || mutant.fate === "killed" || mutant.fate === "timed-out") {
    const why = mutant === undefined ? say`none has this id` : say`${mutant.by} notices it`;
    throw new KataError("unknown-mutant", { slug: kata.slug, id, why });
  }
  const change = [mutant.before, mutant.after].map((lines) => lines.join(" ")).join(" => ");
  const parsed = EquivalentMutant.safeParse({ id, change, reason: reason.trim() });
  if (!parsed.success) {
    const why = parsed.error.issues.map(({ message }) => message).join("; ");
    const params = { option: "--reason", value: JSON.stringify(reason), why, command: "verify" };
    throw new KataError("bad-option", params);
  }
  const file = kata.paths.manifest;
  const manifest = JSON.parse(readFileSync(file, "utf8")) as KataManifest;
  const others = (manifest.equivalentMutants ?? []).filter((record) => record.id !== id);
  const equivalentMutants = [...others, parsed.data].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  writeFileSync(`${file}.new`, layOut({ ...manifest, equivalentMutants }));
  renameSync(`${file}.new`, file);
  return parsed.data;
}

/** JSON as prettier leaves it: a list of texts stands on one line where it fits. */
function layOut(manifest: KataManifest): string {
  const text = JSON.stringify(manifest, null, 2);
  const lists = text.replace(
    /^( *)("[^"]+": )?\[\n(?: +"(?:[^"\\]|\\.)*",?\n)+ *\](,?)$/gm,
    (list) => {
      const line = list
        .replace(/\[\n +/, "[")
        .replace(/,\n +/g, ", ")
        .replace(/\n *\]/, "]");
      return line.length <= LINE_WIDTH ? line : list;
    },
  );
  return `${lists}\n`;
}
