import { say } from "../../../../graders/reading.ts";
import type { Entity } from "../../definition/system.ts";
import { formatQuantity } from "../../quantity/format-quantity.ts";
import type { Remark } from "../remark.ts";
import type { WrittenColumn, WrittenEntity } from "./written-entity.ts";

/** What the candidate's own figures say about the tables. */
export interface ModelContext {
  /** Counts by estimate id, the candidate's own where given. */
  readonly counts: ReadonlyMap<string, number>;
  /** Characters of a key, where the system has such keys. */
  readonly keyLength?: number;
}

interface Matched {
  readonly entity: Entity;
  readonly written: WrittenEntity;
}

const SLOT = "dataModel";
const INT_MOST = 2 ** 31 - 1;
const IS_INT = /^(?:unsigned\s+)?(?:int|integer|int4|int32|serial|mediumint)\b/i;
const DAY_SECONDS = 86_400;

/** Faults that the candidate's own figures show; they cost no points. */
export function lintEntities(
  matched: readonly Matched[],
  written: readonly WrittenEntity[],
  context: ModelContext,
): Remark[] {
  return [
    ...matched.flatMap((it) => overflow(it, context)),
    ...matched.flatMap((it) => shortKey(it, context)),
    ...matched.flatMap(unordered),
    ...written.flatMap(bytesInTable),
    ...written.flatMap(listInRow),
  ];
}

function remark({ line }: WrittenEntity, text: string): Remark {
  return { line, slot: SLOT, text };
}

/** A 32-bit key against the number of rows that the candidate's own figures promise. */
function overflow({ entity, written }: Matched, { counts }: ModelContext): Remark[] {
  const key = written.columns.find(({ isPrimary, type }) => isPrimary && IS_INT.test(type));
  if (key === undefined) return [];
  const stem = entity.id.replace(/s$/, "");
  for (const [id, count] of counts) {
    const isPerDay = id === `${stem}sPerDay`;
    const isTotal = id === "records" && !/^(?:user|customer|driver|account)s?$/.test(entity.id);
    if (!isPerDay && !(isTotal && count > INT_MOST)) continue;
    const most = formatQuantity(INT_MOST, "count");
    const text = isPerDay
      ? say`${key.name} ${key.type} overflows at ${most} after ${formatQuantity((INT_MOST / count) * DAY_SECONDS, "duration")} of your ${formatQuantity(count, "count")} a day: 64 bits`
      : say`${key.name} ${key.type} overflows at ${most}, you expect ${formatQuantity(count, "count")}: 64 bits`;
    return [remark(written, text)];
  }
  return [];
}

function shortKey({ entity, written }: Matched, { keyLength }: ModelContext): Remark[] {
  if (keyLength === undefined) return [];
  const wanted = entity.columns.find(({ type, key }) => key === "pk" && /char/i.test(type));
  const key = written.columns.find(({ isPrimary }) => isPrimary);
  const length = Number(/char\w*\s*\((\d+)\)/i.exec(key?.type ?? "")?.[1] ?? Number.NaN);
  if (wanted === undefined || key === undefined || !(length < keyLength)) return [];
  return [
    remark(written, say`${key.name} ${key.type} is too short for keys of ${keyLength} characters`),
  ];
}

/** A feed or a chat needs something to sort by. */
function unordered({ entity, written }: Matched): Remark[] {
  if (!/feed|timeline|message|chat|tweet|post|history/i.test(`${entity.id} ${written.name}`))
    return [];
  if (!entity.columns.some(isOrder)) return [];
  return written.columns.some(isOrder) || written.columns.length === 0
    ? []
    : [remark(written, say`${written.name} has nothing to sort by: a time, a sequence or a score`)];
}

function isOrder({ name }: { readonly name: string }): boolean {
  return /(?:at|time|date|seq\w*|score|rank|position|order|created|sent|ts)$/i.test(
    name.replace(/_/g, ""),
  );
}

function bytesInTable(entity: WrittenEntity): Remark[] {
  const isMedia = ({ name, type }: WrittenColumn): boolean =>
    /\b(?:blob|bytea|binary|varbinary|longblob|bytes|stream)\b/i.test(type) &&
    !/hash|key|token|id$/i.test(name);
  return entity.columns
    .filter(isMedia)
    .map(({ name, type }) =>
      remark(
        entity,
        say`${entity.name}.${name} ${type}: keep media in an object store, the address here`,
      ),
    );
}

function listInRow(entity: WrittenEntity): Remark[] {
  const isList = ({ name, type }: WrittenColumn): boolean =>
    /\[\]|\b(?:array|list|set)\b/i.test(type) && !/tag|codec|part/i.test(name);
  return entity.columns
    .filter(isList)
    .map(({ name }) =>
      remark(
        entity,
        say`${entity.name}.${name} grows without bound in one row: a table of its own`,
      ),
    );
}
