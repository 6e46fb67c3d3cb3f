import { renameSync, writeFileSync } from "node:fs";
import { catalogEntry, findKatas, loadKataAt } from "./catalog.ts";
import { PACKAGE_ROOT, indexFile } from "./paths.ts";

/** Build step: writes the index that `kata list` reads. Fails the build when a manifest is bad. */
const entries = findKatas(PACKAGE_ROOT).map((place) =>
  catalogEntry(loadKataAt(PACKAGE_ROOT, place)),
);
const file = indexFile(PACKAGE_ROOT);
const fresh = `${file}.${process.pid}`;
writeFileSync(fresh, `${JSON.stringify(entries)}\n`);
renameSync(fresh, file);
