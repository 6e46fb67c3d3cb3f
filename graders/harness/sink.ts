import { Console } from "node:console";
import { readSync, writeSync } from "node:fs";
import { Writable } from "node:stream";
import type { HuntPlan, HuntRecord } from "../model/hunt.ts";
import type { MutationRecord } from "../model/mutation.ts";
import type { BenchPlan, BenchRecord, SpecPlan, SpecRecord } from "../model/outcome.ts";

/**
 * The private channel to the grader: one plan in, records out. It is opened, and all it needs is
 * captured, before a subject is loaded. Each record is written at once, so it survives whatever
 * the subject does next.
 */
const CHANNEL_FD = 4;
const STDOUT_FD = 1;
const write = writeSync;
const { stringify } = JSON;
const { isArray } = Array;
const { ownKeys } = Reflect;

let nonce: string | undefined;

/** Tells the grader. Without a grader (plain `vitest run`) the test results alone speak. */
export function emit(record: SpecRecord | BenchRecord | MutationRecord | HuntRecord): void {
  if (nonce === undefined) return;
  writeAll(CHANNEL_FD, `${nonce} ${serialise(record)}\n`);
}

/**
 * Sends what the subject prints straight to the output pipe. Node's own console queues it in memory
 * and drops the rest of a flood, so the grader would not see one.
 */
export function captureConsole(): void {
  if (nonce === undefined) return;
  const stream = new Writable({
    decodeStrings: false,
    write(text: string, _encoding, done) {
      writeAll(STDOUT_FD, text);
      done();
    },
  });
  globalThis.console = new Console(stream);
}

/**
 * JSON of a record. Not `JSON.stringify` of the whole: that calls a `toJSON` which the subject may
 * have planted on all objects. Of text and numbers it calls none.
 */
function serialise(value: unknown): string {
  if (typeof value !== "object" || value === null) return stringify(value);
  let text = "";
  if (isArray(value)) {
    for (let i = 0; i < value.length; i += 1) text += `${i === 0 ? "" : ","}${serialise(value[i])}`;
    return `[${text}]`;
  }
  const keys = ownKeys(value) as string[];
  for (let i = 0; i < keys.length; i += 1) {
    const key = keys[i]!;
    const member = (value as Record<string, unknown>)[key];
    if (member === undefined) continue;
    text += `${text === "" ? "" : ","}${stringify(key)}:${serialise(member)}`;
  }
  return `{${text}}`;
}

function writeAll(fd: number, text: string): void {
  const bytes = new TextEncoder().encode(text);
  for (let sent = 0; sent < bytes.length;) {
    sent += retryWhileFull(() => write(fd, bytes, sent));
  }
}

/** Opens the channel and returns what the grader wants judged. Call it before a subject loads. */
export function openChannel<Plan extends SpecPlan | BenchPlan | HuntPlan = SpecPlan>(): Plan {
  const inline = process.env["KATA_PLAN"];
  if (inline !== undefined) return JSON.parse(inline) as Plan;
  const line = readLine();
  const space = line.indexOf(" ");
  nonce = line.slice(0, space);
  return JSON.parse(line.slice(space + 1)) as Plan;
}

function readLine(): string {
  const chunk = new Uint8Array(65_536);
  const decoder = new TextDecoder();
  let text = "";
  while (!text.endsWith("\n")) {
    const count = retryWhileFull(() => readSync(CHANNEL_FD, chunk));
    if (count === 0) throw new Error("the grader closed the channel before it sent a plan");
    text += decoder.decode(chunk.subarray(0, count), { stream: true });
  }
  return text.slice(0, -1);
}

/** The channel is a non-blocking socket on some systems: wait a moment while it is full or empty. */
function retryWhileFull(operation: () => number): number {
  for (;;) {
    try {
      return operation();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}
