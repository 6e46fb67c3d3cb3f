import type { CatalogEntry } from "./kata.ts";

/** What a pack says of itself, in the package.json beside its katas/, solutions/ and spec/. */
export interface PackFacts {
  /** First part of its slugs: `acme` in `acme/rate-gate`. */
  readonly namespace: string;
  /** Name of its npm package, where it has one. */
  readonly name: string | undefined;
  readonly version: string | undefined;
  /** An SPDX identifier, as npm has it. */
  readonly license: string;
  readonly author: string;
}

/** A collection of katas from outside this package. All of it is data until a worker runs it. */
export interface Pack extends PackFacts {
  /** Real path of the folder that holds katas/, solutions/ and spec/. */
  readonly root: string;
}

/** Where a pack is said to be, before anything of it is read. */
export interface PackPlace {
  readonly namespace: string;
  /** Its folder; undefined when its npm package is not installed. */
  readonly dir: string | undefined;
  /** As the user named it: a folder or an npm package. */
  readonly source: string;
  /** Where its index may be kept. */
  readonly indexFile: string | undefined;
  /** Whether it was named on this command line rather than added to the workspace. */
  readonly given: boolean;
}

/** Where katas come from: one own collection, and packs beside it. */
export interface Library {
  /** The folder that holds katas/, solutions/ and spec/ of the own collection. */
  readonly root: string;
  readonly packs?: readonly PackPlace[];
}

/** A line of the index, with the pack that it is from. */
export interface LibraryEntry extends CatalogEntry {
  readonly pack?: Pack;
}
