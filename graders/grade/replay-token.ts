import { deflateRawSync, inflateRawSync } from "node:zlib";
import { z } from "zod";
import { say } from "../model/say.ts";
import { KataError } from "../model/kata-error.ts";

/** All that is needed to run into one counterexample again. */
export interface ReplayToken {
  readonly kata: string;
  readonly specHash: string;
  readonly property: string;
  readonly seed: number;
  /** fast-check's path; empty for a property that is a table. */
  readonly path: string;
}

const Fields = z.tuple([z.literal(1), z.string(), z.string(), z.string(), z.int(), z.string()]);

/** A token as the report prints it: deflated, base64url. */
export function encodeReplayToken({ kata, specHash, property, seed, path }: ReplayToken): string {
  const json = JSON.stringify([1, kata, specHash, property, seed, path]);
  return deflateRawSync(json, { level: 9 }).toString("base64url");
}

/** @throws KataError `bad-token` */
export function decodeReplayToken(token: string): ReplayToken {
  try {
    const json = inflateRawSync(Buffer.from(token, "base64url"), { maxOutputLength: 65_536 });
    const [, kata, specHash, property, seed, path] = Fields.parse(
      JSON.parse(json.toString("utf8")),
    );
    return { kata, specHash, property, seed, path };
  } catch (error) {
    throw new KataError("bad-token", { why: say`it is damaged or not complete` }, error);
  }
}
