import { existsSync, lstatSync, readFileSync, realpathSync } from "node:fs";
import { say } from "../../model/say.ts";
import { KataError } from "../../model/kata-error.ts";
import type { Library, Pack, PackPlace } from "../../model/pack.ts";
import { isSlug, namespaceOf } from "../../model/slug.ts";
import { packManifest } from "../paths.ts";

/** The layout of packs that this kata reads. A later layout has a higher number. */
export const PACK_FORMAT = 1;
const LONGEST_MANIFEST_BYTES = 100_000;
const LONGEST_FACT = 100;

/** The pack that a slug names by its namespace, if it is known. @throws KataError as `openPack`. */
export function packOf({ packs = [] }: Library, slug: string): Pack | undefined {
  const namespace = namespaceOf(slug);
  const place = packs.find((pack) => pack.namespace === namespace);
  return place === undefined ? undefined : openPack(place);
}

/**
 * Opens a pack that is on the shelf.
 * @throws KataError `pack-gone`, `pack-manifest` or `pack-too-new`.
 */
export function openPack({ namespace, dir, source }: PackPlace): Pack {
  if (dir === undefined || !existsSync(dir))
    throw new KataError("pack-gone", { source, namespace });
  const pack = readPack(dir, source);
  if (pack.namespace === namespace) return pack;
  const why = say`its namespace is now ${pack.namespace}, and was ${namespace} when it was added`;
  throw new KataError("pack-manifest", { file: packManifest(dir), why });
}

/**
 * Reads what a pack says of itself: data, by hand, so that `kata list` need not load a schema.
 * @throws KataError `pack-missing`, `pack-manifest` or `pack-too-new`.
 */
export function readPack(dir: string, source: string): Pack {
  const root = realPath(dir);
  if (root === undefined) throw new KataError("pack-missing", { source });
  const file = packManifest(root);
  const manifest = readManifest(file);
  const own = asObject(manifest["kata"]);
  const refuse = (why: string): KataError => new KataError("pack-manifest", { file, why });
  if (own === undefined) throw refuse(say`it has no "kata": { "formatVersion", "namespace" }`);
  requireKnownFormat(own, file);
  if (own["formatVersion"] !== PACK_FORMAT)
    throw refuse(say`kata.formatVersion is not ${PACK_FORMAT}`);
  const namespace = own["namespace"];
  if (typeof namespace !== "string" || !isSlug(namespace)) {
    throw refuse(say`kata.namespace is not a word in kebab-case of at most 40 letters`);
  }
  const license = textOf(manifest["license"]);
  if (license === undefined) throw refuse(say`it names no licence: "license": "MIT"`);
  const author = textOf(asObject(manifest["author"])?.["name"] ?? manifest["author"]);
  if (author === undefined) throw refuse(say`it names no author: "author": "…"`);
  const name = textOf(manifest["name"]);
  return { namespace, name, version: textOf(manifest["version"]), license, author, root };
}

/** @throws KataError `pack-too-new` when a manifest was written for a later kata. */
export function requireKnownFormat(manifest: unknown, file: string): void {
  const format = asObject(manifest)?.["formatVersion"];
  if (typeof format !== "number" || format <= PACK_FORMAT) return;
  throw new KataError("pack-too-new", { file, format: String(format), ours: String(PACK_FORMAT) });
}

function readManifest(file: string): Readonly<Record<string, unknown>> {
  const refuse = (why: string, cause?: unknown): KataError =>
    new KataError("pack-manifest", { file, why }, cause);
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (stats === undefined) throw refuse(say`it is missing`);
  if (!stats.isFile()) throw refuse(say`it is not a regular file`);
  if (stats.size > LONGEST_MANIFEST_BYTES) throw refuse(say`it is too large`);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw refuse(say`it is not JSON`, error);
  }
  const manifest = asObject(json);
  if (manifest === undefined) throw refuse(say`it is not an object`);
  return manifest;
}

/** One short line of text; anything else counts as not there. */
function textOf(value: unknown): string | undefined {
  if (typeof value !== "string" || !/^\P{Cc}+$/u.test(value)) return undefined;
  const text = value.trim().slice(0, LONGEST_FACT);
  return text === "" ? undefined : text;
}

function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

function realPath(dir: string): string | undefined {
  try {
    return realpathSync(dir);
  } catch {
    return undefined;
  }
}
