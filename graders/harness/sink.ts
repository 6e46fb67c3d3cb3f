import { Console } from "node:console";
import { readSync, writeSync } from "node:fs";
import { Writable } from "node:stream";
import type { BenchPlan, BenchRecord, SpecPlan, SpecRecord } from "../model/outcome.ts";

/**
 * The private channel to the grader: one plan in, records out. It is opened, and all it needs is
 * captured, before a subject is loaded. Each record is written at once, so it survives whatever
 * the subject does next.
 */
const CHANNEL_FD = 4;
const STDOUT_FD = 1;
const write = writeSync;
const stringify = JSON.stringify;

let nonce: string | undefined;

/** Tells the grader. Without a grader (plain `vitest run`) the test results alone speak. */
export function emit(record: SpecRecord | BenchRecord): void {
  if (nonce === undefined) return;
  writeAll(CHANNEL_FD, `${nonce} ${stringify(record)}\n`);
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

function writeAll(fd: number, text: string): void {
  const bytes = new TextEncoder().encode(text);
  for (let sent = 0; sent < bytes.length;) {
    sent += retryWhileFull(() => write(fd, bytes, sent));
  }
}

/** Opens the channel and returns what the grader wants judged. Call it before a subject loads. */
export function openChannel<Plan extends SpecPlan | BenchPlan = SpecPlan>(): Plan {
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
