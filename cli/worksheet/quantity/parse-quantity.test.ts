import { describe, expect, test } from "vitest";
import type { Kind } from "./dimension.ts";
import { parseQuantity } from "./parse-quantity.ts";

/** Expected values by hand, in base units; a month is 30 days, a year 365. */
const READ: [text: string, kind: Kind, value: number][] = [
  ["12k", "rate", 12_000],
  ["12K req/s", "rate", 12_000],
  ["12,000 rps", "rate", 12_000],
  ["~12K/s", "rate", 12_000],
  ["≈ 12 K per second", "rate", 12_000],
  ["12Krps", "rate", 12_000],
  ["12_000 requests per sec", "rate", 12_000],
  ["1 billion/day", "rate", 11_574.074074],
  ["100M/month", "rate", 38.580246914],
  ["1B tweets/day", "rate", 11_574.074074],
  ["40 Mbps", "bandwidth", 5e6],
  ["5MBps", "bandwidth", 5e6],
  ["5 MB/s", "bandwidth", 5e6],
  ["40 Mbit/s", "bandwidth", 5e6],
  ["40 Mb/s", "bandwidth", 5e6],
  ["10 TB/day", "bandwidth", 115_740_740.74],
  ["1.5 PiB", "bytes", 1_688_849_860_263_936],
  ["100 bytes", "bytes", 100],
  ["2 million bytes", "bytes", 2e6],
  ["8 bits", "bytes", 1],
  ["1B", "bytes", 1],
  ["1B", "count", 1e9],
  ["1 bn", "count", 1e9],
  ["3.5 T", "count", 3.5e12],
  ["2.5e3", "count", 2500],
  ["200M users", "count", 2e8],
  [".5", "ratio", 0.5],
  ["20%", "ratio", 0.2],
  ["20 %", "ratio", 0.2],
  ["10 years", "duration", 315_360_000],
  ["1 year", "duration", 31_536_000],
  ["30s", "duration", 30],
  ["5 min", "duration", 300],
  ["250 ms", "duration", 0.25],
  ["1.5 months", "duration", 3_888_000],
];

describe("what can be read", () => {
  test.each(READ)("%s as %s", (text, kind, value) => {
    const read = parseQuantity(text, kind);
    expect(read).toMatchObject({ ok: true });
    expect(read.ok && read.value / value).toBeCloseTo(1, 9);
  });

  test.each<[string, Kind, number, RegExp]>([
    ["35-40 GB", "bytes", Math.sqrt(35e9 * 40e9), /geometric mean/],
    ["35 to 40 GB", "bytes", Math.sqrt(35e9 * 40e9), /geometric mean/],
    ["500 kb", "bytes", 500_000, /bits or bytes\? Read as bytes/],
    ["5 mb/s", "bandwidth", 5e6, /bits or bytes\? Read as bytes/],
    ["5m", "count", 5e6, /million/],
    ["250000", "rate", 250_000, /per second/],
  ])("%s as %s, with a note", (text, kind, value, note) => {
    const read = parseQuantity(text, kind);
    expect(read.ok && read.value / value).toBeCloseTo(1, 9);
    expect(read.ok && read.notes.join()).toMatch(note);
  });
});

describe("what is refused", () => {
  test.each<[string, Kind, RegExp]>([
    ["35 GB/day", "bytes", /an amount of data is wanted, this is an amount of data per day/],
    ["35 GB", "bandwidth", /per time is wanted/],
    ["12/s", "count", /a plain number is wanted/],
    ["12 TB", "rate", /a number per time is wanted, this is an amount of data/],
    ["500", "bytes", /which unit\?/],
    ["10", "duration", /which unit\?/],
    ["5m", "duration", /minutes \(min\), months \(mo\)/],
    ["a lot", "bytes", /no number in "a lot"/],
    ["", "bytes", /no number/],
    ["-5 MB", "bytes", /negative/],
    ["− 5 MB", "bytes", /negative/],
    ["NaN", "count", /no number/],
    ["Infinity", "count", /no number/],
    ["1e400", "count", /not a finite number/],
    ["5 foo", "count", /unknown unit "foo"/],
    ["5 GB 6 MB", "bytes", /two numbers/],
    ["1,5 GB", "bytes", /comma groups thousands/],
    ["1.2.3", "count", /two numbers/],
    ["5/day/user", "rate", /more than one stroke/],
    ["5 per user", "rate", /not per a time/],
    ["5 constructor", "count", /unknown unit/],
    ["1".repeat(33), "count", /longer than 32/],
  ])("%s as %s", (text, kind, reason) => {
    const read = parseQuantity(text, kind);
    expect(read.ok ? "" : read.reason).toMatch(reason);
  });
});
