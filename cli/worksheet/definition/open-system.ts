import { existsSync, readFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { KataError, PACKAGE_ROOT, suggest, say } from "../../../graders/reading.ts";
import { findSystems } from "./find-systems.ts";
import type { System } from "./system.ts";

/** A definition that the build has checked, and the text that it was. */
export interface CheckedSystem {
  readonly sourceHash: string;
  readonly system: System;
}

/**
 * Opens a definition: one that the build has checked at once, any other through the schema, whose
 * library takes longer to load than a worksheet to write.
 * @throws KataError `unknown-system`, `definition-invalid`.
 */
export async function openSystem(workspace: string, slug: string): Promise<System> {
  const file = findSystem(workspace, slug);
  const checked = checkedFile(slug);
  if (existsSync(checked)) {
    const { sourceHash, system } = JSON.parse(readFileSync(checked, "utf8")) as CheckedSystem;
    if (sourceHash === hashSources(file)) return system;
  }
  const { readSystem } = await import("./load-system.ts");
  return readSystem(file);
}

/** The file of a definition. @throws KataError `unknown-system`, with the nearest when one is near. */
export function findSystem(workspace: string, slug: string): string {
  const systems = findSystems(workspace);
  const file = systems.get(slug);
  if (file !== undefined) return file;
  const nearest = suggest(slug, systems.keys());
  const suggestion = nearest === undefined ? "" : say` Did you mean ${nearest}?`;
  throw new KataError("unknown-system", { slug, suggestion });
}

export function checkedFile(slug: string): string {
  return join(PACKAGE_ROOT, "dist/worksheets", `${slug}.json`);
}

/** What all systems share: the course of an interview and the rubric. */
export const INTERVIEW_FILE: string = join(PACKAGE_ROOT, "templates/worksheets/interview.json");

export function hashSources(file: string): string {
  return createHash("sha256")
    .update(readFileSync(file))
    .update(readFileSync(INTERVIEW_FILE))
    .digest("hex");
}
