import { existsSync, readFileSync } from "node:fs";
import {
  EXIT,
  type ExitCode,
  KataError,
  type KataOnDisk,
  findKata,
  parseStatement,
  say,
  sayKnown,
} from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { type PropertyPlace, findProperties } from "../find-properties.ts";
import { type Place, placeTable } from "../report/place-table.ts";

export interface WhereArgs {
  readonly slug: string;
  readonly property?: string;
  readonly json?: boolean;
}

/** Prints the files and lines behind a kata, or behind one of its properties. */
export async function run(ctx: CliContext, args: WhereArgs): Promise<ExitCode> {
  const kata = await findKata(ctx, args.slug);
  const { spec } = kata.paths;
  const properties = existsSync(spec) ? findProperties(readFileSync(spec, "utf8")) : [];
  const places =
    args.property === undefined
      ? [...filesOf(kata), ...properties.map((property) => placeOf(property, spec))]
      : placesOf(kata, await pick(properties, args.property, kata.slug));
  if (args.json === true) {
    ctx.stdout.write(`${JSON.stringify({ schemaVersion: 1, kata: kata.slug, places }, null, 2)}\n`);
  } else {
    ctx.stdout.write(placeTable(places, ctx));
  }
  return EXIT.ok;
}

function filesOf({ paths }: KataOnDisk): Place[] {
  const { statement, stub, spec, bench, reference: solution, notes } = paths;
  return Object.entries({ statement, stub, spec, bench, solution, notes })
    .filter(([, file]) => existsSync(file))
    .map(([name, file]) => ({ name: sayKnown(name), file, line: 1 }));
}

/** The property, then the rules of the statement that it cites. */
function placesOf({ paths }: KataOnDisk, property: PropertyPlace): Place[] {
  const { rules } = parseStatement(readFileSync(paths.statement, "utf8"));
  const cited = property.rules.flatMap((number): Place[] => {
    const rule = rules.get(number);
    if (rule === undefined) return [];
    return [{ name: say`rule ${number}`, file: paths.statement, line: rule.line }];
  });
  return [placeOf(property, paths.spec), ...cited];
}

function placeOf({ id, line }: PropertyPlace, spec: string): Place {
  return { name: id, file: spec, line };
}

async function pick(
  properties: readonly PropertyPlace[],
  id: string,
  slug: string,
): Promise<PropertyPlace> {
  const found = properties.find((property) => property.id === id);
  if (found !== undefined) return found;
  const { suggest } = await import("../../graders/index.ts");
  const nearest = suggest(
    id,
    properties.map((property) => property.id),
  );
  const suggestion = nearest === undefined ? "" : say` Did you mean ${nearest}?`;
  throw new KataError("unknown-property", { slug, property: id, suggestion });
}
