import type { KataManifest } from "./kata-manifest.ts";
import type { Pack } from "./pack.ts";
import type { Subject } from "./subject.ts";

/** Absolute paths of all that belongs to one kata. */
export interface KataPaths {
  readonly kataDir: string;
  readonly manifest: string;
  readonly statement: string;
  readonly stub: string;
  readonly solutionDir: string;
  readonly reference: string;
  readonly notes: string;
  readonly wrongDir: string;
  readonly altDir: string;
  readonly spec: string;
  /** What the spec compares with, where that has a file of its own. */
  readonly model: string;
  readonly bench: string;
}

/** One kata: what it says of itself, where it lies, and everything its spec can judge. */
export interface Kata {
  /** A pack's begins with its namespace: `acme/rate-gate`. */
  readonly slug: string;
  readonly chapter: string;
  /** The folder of its collection. */
  readonly root: string;
  /** Where it is from, when it is not of the own collection. */
  readonly pack: Pack | undefined;
  readonly manifest: KataManifest;
  readonly paths: KataPaths;
  readonly reference: Subject;
  readonly stub: Subject;
  readonly wrongs: readonly Subject[];
  readonly alternatives: readonly Subject[];
}

/** One line of the prebuilt index that `kata list` reads. */
export interface CatalogEntry {
  readonly slug: string;
  readonly chapter: string;
  readonly title: string;
  readonly level: string;
  readonly difficulty: number;
  readonly minutes: number;
  readonly plan: string;
  readonly prerequisites: readonly string[];
  readonly status: string;
  /** Of the spec when the index was written: grades by another one are not of this kata as it is. */
  readonly specHash: string;
}
