import { say } from "../../../../graders/reading.ts";
import type { Column, Entity } from "../../definition/system.ts";
import { splitWords } from "../../prose/words.ts";
import type { Remark } from "../remark.ts";
import { type ModelContext, lintEntities } from "./lint-entities.ts";
import { parseEntities } from "./parse-entities.ts";
import type { WrittenColumn, WrittenEntity } from "./written-entity.ts";

export interface EntityVerdict {
  readonly id: string;
  readonly required: boolean;
  /** The name as written, missing where there is none. */
  readonly evidence?: string;
  readonly line?: number;
  /** Whether its columns stand in another entity. */
  readonly merged: boolean;
  readonly missingColumns: readonly string[];
  /** What rows cannot be found by: "a primary key", "chatID". */
  readonly missingKeys: readonly string[];
}

export interface DataModelVerdict {
  /** Out of 15. */
  readonly points: number;
  readonly entities: readonly EntityVerdict[];
  readonly remarks: readonly Remark[];
}

export const DATA_MODEL_POINTS = 15;
const SHARE = { entities: 0.6, columns: 0.25, keys: 0.15 } as const;

/** Matches entities, their columns and keys by name and synonym. */
export function judgeDataModel(
  text: string,
  firstLine: number,
  entities: readonly Entity[],
  context: ModelContext,
): DataModelVerdict {
  const written = parseEntities(text, firstLine);
  const byName = matchByName(entities, written);
  const matched = entities.map((entity) => {
    const named = byName.get(entity);
    const found = named ?? written.find((it) => hasAll(it, entity));
    return { entity, found, merged: named === undefined && found !== undefined };
  });
  const verdicts = matched.map(({ entity, found, merged }) => judgeEntity(entity, found, merged));
  const required = verdicts.filter((verdict) => verdict.required);
  const columns = tally(
    entities.map((entity, index) => ({
      wanted: entity.required ? requiredColumns(entity).length : 0,
      missing: verdicts[index]?.missingColumns.length ?? 0,
    })),
  );
  const keys = tally(
    entities.map((entity, index) => ({
      wanted: entity.required ? 1 + pathColumns(entity).length : 0,
      missing: verdicts[index]?.missingKeys.length ?? 0,
    })),
  );
  const found = tally(
    required.map(({ line }) => ({ wanted: 1, missing: line === undefined ? 1 : 0 })),
  );
  return {
    points:
      DATA_MODEL_POINTS * (SHARE.entities * found + SHARE.columns * columns + SHARE.keys * keys),
    entities: verdicts,
    remarks: lintEntities(
      matched.flatMap(({ entity, found: it }) =>
        it === undefined ? [] : [{ entity, written: it }],
      ),
      written,
      context,
    ),
  };
}

/** Each written entity stands for one; an equal name goes before a synonym. */
function matchByName(
  entities: readonly Entity[],
  written: readonly WrittenEntity[],
): Map<Entity, WrittenEntity> {
  const matches = new Map<Entity, WrittenEntity>();
  const taken = new Set<WrittenEntity>();
  const rounds: ((entity: Entity) => readonly string[])[] = [
    ({ id }) => [id],
    ({ synonyms }) => synonyms,
  ];
  for (const namesOf of rounds) {
    for (const entity of entities) {
      if (matches.has(entity)) continue;
      const names = new Set(namesOf(entity).map(normal));
      const found = written.find((it) => !taken.has(it) && names.has(normal(it.name)));
      if (found === undefined) continue;
      matches.set(entity, found);
      taken.add(found);
    }
  }
  return matches;
}

function judgeEntity(
  entity: Entity,
  found: WrittenEntity | undefined,
  merged: boolean,
): EntityVerdict {
  const { id, required } = entity;
  const paths = pathColumns(entity);
  if (found === undefined) {
    return {
      id,
      required,
      merged,
      missingColumns: requiredColumns(entity).map(({ name }) => name),
      missingKeys: [say`a primary key`, ...paths.map(({ name }) => name)],
    };
  }
  const hasPrimary = found.columns.some(({ isPrimary }) => isPrimary);
  return {
    id,
    required,
    merged,
    evidence: found.name,
    line: found.line,
    missingColumns: requiredColumns(entity)
      .filter((column) => findColumn(found, column) === undefined)
      .map(({ name }) => name),
    missingKeys: [
      ...(hasPrimary ? [] : [say`a primary key`]),
      ...paths
        .filter((column) => findColumn(found, column)?.isKey !== true)
        .map(({ name }) => name),
    ],
  };
}

function requiredColumns({ columns }: Entity): Column[] {
  return columns.filter(({ required }) => required);
}

/** Columns by which rows are read besides the primary key: where the data are split. */
function pathColumns({ columns, partitionBy = "" }: Entity): Column[] {
  const names = partitionBy.split(/[\s,+]+/).map(normal);
  return columns.filter(({ name, key }) => names.includes(normal(name)) && key !== "pk");
}

/** A table that holds all of an entity's columns holds the entity. */
function hasAll(written: WrittenEntity, entity: Entity): boolean {
  const wanted = requiredColumns(entity);
  return wanted.length > 1 && wanted.every((column) => findColumn(written, column) !== undefined);
}

function findColumn(
  { columns }: WrittenEntity,
  { name, synonyms }: Column,
): WrittenColumn | undefined {
  const names = [name, ...synonyms].map(normal);
  return (
    columns.find((column) => normal(column.name) === names[0]) ??
    columns.find((column) => names.includes(normal(column.name)))
  );
}

/** `user_ids`, `UserIDs` and "user id" are one name. */
function normal(name: string): string {
  return splitWords(name.replaceAll("_", " "))
    .map(({ one }) => one)
    .join("");
}

function tally(parts: readonly { readonly wanted: number; readonly missing: number }[]): number {
  const wanted = parts.reduce((sum, part) => sum + part.wanted, 0);
  const missing = parts.reduce((sum, part) => sum + (part.wanted === 0 ? 0 : part.missing), 0);
  return wanted === 0 ? 0 : 1 - missing / wanted;
}
