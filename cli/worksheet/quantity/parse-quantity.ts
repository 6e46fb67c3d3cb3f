import { say } from "../../../graders/reading.ts";
import {
  DIMENSIONS,
  type Dimension,
  type Kind,
  dimensionText,
  sameDimension,
} from "./dimension.ts";
import { COUNT_SUFFIXES, DATA_UNITS, FILLERS, TIME_UNITS } from "./units.ts";

/** What stands in a cell, or why it cannot be read. */
export type ReadQuantity =
  | { readonly ok: true; readonly value: number; readonly notes: readonly string[] }
  | { readonly ok: false; readonly reason: string };

const MAX_LENGTH = 32;
const NUMBER = String.raw`(?:\d{1,3}(?:,\d{3})+|\d[\d_]*)(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+`;
const START = new RegExp(String.raw`^(${NUMBER})(?:\s*(?:-|–|to)\s*(${NUMBER}))?(?![\d,._])`);

/**
 * Reads `12K req/s`, `1 billion/day`, `40 Mbps`, `1.5 PiB`, `20%`, `10 years`. The kind settles what
 * is ambiguous: `1B` is 10^9 as a count and one byte as data. The value is in base units.
 */
export function parseQuantity(text: string, kind: Kind): ReadQuantity {
  const trimmed = text.trim();
  if (trimmed.length > MAX_LENGTH) return refuse(say`longer than ${MAX_LENGTH} characters`);
  const bare = trimmed.replace(/^[~≈]\s*/, "");
  if (/^[-−]\s*[\d.]/.test(bare)) return refuse("negative");
  const match = START.exec(bare);
  if (match === null) return refuse(whyNoNumber(trimmed, bare));
  const [whole, first = "", second] = match;
  const notes: string[] = [];
  let value = toNumber(first);
  if (second !== undefined) {
    value = Math.sqrt(value * toNumber(second));
    notes.push(say`a range is read as its geometric mean`);
  }
  const unit = readUnit(bare.slice(whole.length), kind, notes);
  if (typeof unit === "string") return refuse(unit);
  value *= unit.factor;
  if (!Number.isFinite(value)) return refuse(say`not a finite number`);
  const wrong = wrongDimension(unit, kind, notes);
  return wrong === undefined ? { ok: true, value, notes } : refuse(wrong);
}

interface Unit extends Dimension {
  readonly factor: number;
  /** The unit of time below the stroke, as it was written. */
  readonly per?: string;
}

function refuse(reason: string): ReadQuantity {
  return { ok: false, reason };
}

function toNumber(digits: string): number {
  return Number(digits.replace(/[_,]/g, ""));
}

function whyNoNumber(text: string, bare: string): string {
  if (/^\d+,\d/.test(bare))
    return say`a comma groups thousands; write a decimal point in "${text}"`;
  if (/^\d/.test(bare)) return say`two numbers in "${text}"`;
  return say`no number in "${text}"`;
}

/** The factor and dimension of all that follows the number, or why it cannot be read. */
function readUnit(rest: string, kind: Kind, notes: string[]): Unit | string {
  const [head = "", below, ...more] = rest.split(/\/|\bper\b/);
  if (more.length > 0) return say`more than one stroke`;
  if (/\d/.test(head)) return say`two numbers`;
  let unit: Unit = { factor: 1, bytes: 0, seconds: 0 };
  for (const word of head.split(/\s+/).filter(Boolean).flatMap(splitWord)) {
    const next = readWord(word, kind, unit, notes);
    if (typeof next === "string") return next;
    unit = next;
  }
  return below === undefined ? unit : divideByTime(unit, below.trim());
}

/** `KMps` stays; `Krps` is two words; `%` may be glued to what follows. */
function splitWord(word: string): string[] {
  const glued = /^(%|[kKMBGT])((?:rps|qps).*|(?<=%).+)$/.exec(word);
  return glued === null ? [word] : [glued[1] ?? "", glued[2] ?? ""];
}

function readWord(word: string, kind: Kind, unit: Unit, notes: string[]): Unit | string {
  const data = kind === "bytes" || kind === "bandwidth";
  if (/^[rq]ps$/.test(word)) return { ...unit, seconds: unit.seconds - 1 };
  const perSecond = /^(.*[bB])ps$/.exec(word)?.[1];
  if (perSecond !== undefined) {
    const amount = readData(perSecond, unit, notes);
    return amount === undefined ? unknown(word) : { ...amount, seconds: amount.seconds - 1 };
  }
  if (data || word.length > 1) {
    const amount = readData(word, unit, notes);
    if (amount !== undefined) return amount;
  }
  const factor = countSuffix(word, notes);
  if (factor !== undefined && !(kind === "duration" && word === "m")) {
    return { ...unit, factor: unit.factor * factor };
  }
  if (word === "m") return say`is "m" minutes (min), months (mo) or millions (M)?`;
  const time = TIME_UNITS.get(word) ?? TIME_UNITS.get(word.toLowerCase());
  if (time !== undefined) {
    return { ...unit, factor: unit.factor * time, seconds: unit.seconds + 1 };
  }
  return FILLERS.has(word.toLowerCase()) ? unit : unknown(word);
}

function readData(word: string, unit: Unit, notes: string[]): Unit | undefined {
  const lower = /^[kmgtpe]b$/.test(word);
  const size = DATA_UNITS.get(lower ? word.toUpperCase() : word) ?? DATA_UNITS.get(plain(word));
  if (size === undefined) return undefined;
  if (lower) notes.push(say`${word}: bits or bytes? Read as bytes`);
  return { ...unit, factor: unit.factor * size, bytes: unit.bytes + 1 };
}

/** `Bytes` and `Bits` spelled out may begin with a capital; `B` and `b` differ. */
function plain(word: string): string {
  return word.length > 3 ? word.toLowerCase() : word;
}

function countSuffix(word: string, notes: string[]): number | undefined {
  if (word === "m" || word === "b") {
    notes.push(say`${word}: read as ${word === "m" ? "million" : "billion"}`);
    return word === "m" ? 1e6 : 1e9;
  }
  return COUNT_SUFFIXES.get(word) ?? COUNT_SUFFIXES.get(plain(word));
}

function divideByTime(unit: Unit, below: string): Unit | string {
  const time = TIME_UNITS.get(below) ?? TIME_UNITS.get(below.toLowerCase());
  if (time === undefined)
    return say`"per ${below}" is not per a time (s, min, h, day, month, year)`;
  return { ...unit, factor: unit.factor / time, seconds: unit.seconds - 1, per: below };
}

function unknown(word: string): string {
  return say`unknown unit "${word}"`;
}

/** A bare number may stand for a rate: everyone means "per second". */
function wrongDimension(unit: Unit, kind: Kind, notes: string[]): string | undefined {
  const wanted = DIMENSIONS[kind];
  if (sameDimension(unit, wanted)) return undefined;
  const isBare = unit.bytes === 0 && unit.seconds === 0;
  if (kind === "rate" && isBare) {
    notes.push(say`read as per second`);
    return undefined;
  }
  if (isBare) return say`which unit? Wanted is ${dimensionText(wanted)}`;
  const found = dimensionText(unit).replace("per time", `per ${unit.per ?? "second"}`);
  return say`${dimensionText(wanted)} is wanted, this is ${found}`;
}
