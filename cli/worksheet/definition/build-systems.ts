import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { PACKAGE_ROOT } from "../../../graders/reading.ts";
import { findSystems } from "./find-systems.ts";
import { loadSystem } from "./load-system.ts";
import { type CheckedSystem, checkedFile, hashSources } from "./open-system.ts";

/** Build step: checks the definitions, so that writing a worksheet need not. Fails on a bad one. */
for (const [slug, source] of findSystems(PACKAGE_ROOT)) {
  const checked: CheckedSystem = {
    sourceHash: hashSources(source),
    system: loadSystem(PACKAGE_ROOT, slug),
  };
  const file = checkedFile(slug);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(checked)}\n`);
}
