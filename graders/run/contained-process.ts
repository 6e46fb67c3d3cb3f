import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import type { Readable, Writable } from "node:stream";

const KEPT_OUTPUT_BYTES = 8_192;
const LONGEST_RECORD_BYTES = 4 * 1024 * 1024;
/** How long a dead worker's pipes may stay open before it counts as ended all the same. */
const CLOSE_GRACE_MS = 500;

export interface ContainedOptions {
  /** Arguments of node: flags, script, arguments. */
  readonly args: readonly string[];
  /** First line of the private channel. */
  readonly plan: unknown;
  readonly heapMb: number;
  /** Bytes that stdout and stderr may carry together. */
  readonly outputBytes: number;
  /** Opens node's IPC on fd 3, as vitest's protocol needs. */
  readonly ipc: boolean;
  readonly onRecord: (record: unknown) => void;
}

export type EndReason = "exited" | "timed-out" | "output-limit" | "memory-limit" | "aborted";

export interface ProcessEnd {
  readonly reason: EndReason;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** First part of what it printed. */
  readonly output: string;
}

const living = new Set<ContainedProcess>();
process.on("exit", () => {
  for (const contained of living) contained.kill("aborted");
});

/**
 * A node process in a process group of its own, with a cleared environment, a heap cap, an output
 * cap, a deadline that can be moved, and a private channel on fd 4. Each record on the channel
 * carries a nonce that only trusted code of the worker has read.
 */
export class ContainedProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<ProcessEnd>;
  readonly #options: ContainedOptions;
  readonly #nonce = randomBytes(16).toString("hex");
  #killedFor: EndReason | undefined;
  #deadline: NodeJS.Timeout | undefined;
  #output = "";
  #outputTail = "";
  #outputBytes = 0;
  #pending = "";

  constructor(options: ContainedOptions) {
    this.#options = options;
    const args = [`--max-old-space-size=${options.heapMb}`, "--no-warnings", ...options.args];
    this.child = spawn(process.execPath, args, {
      stdio: ["ignore", "pipe", "pipe", options.ipc ? "ipc" : "ignore", "pipe"],
      serialization: "advanced",
      detached: true,
      env: { NODE_ENV: "test" },
    });
    living.add(this);
    this.ended = this.#watch();
    const channel = this.child.stdio[4] as Readable & Writable;
    channel.on("error", () => {}); // A worker that died early closes its end: `ended` tells.
    channel.setEncoding("utf8");
    channel.on("data", (text: string) => this.#read(text));
    channel.write(`${this.#nonce} ${JSON.stringify(options.plan)}\n`);
    this.child.stdout?.on("data", (chunk: Buffer) => this.#count(chunk));
    this.child.stderr?.on("data", (chunk: Buffer) => this.#count(chunk));
  }

  /** Kills the group `ms` from now, in place of any deadline set before. */
  deadline(ms: number): void {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => this.kill("timed-out"), ms);
  }

  clearDeadline(): void {
    clearTimeout(this.#deadline);
  }

  /** Kills the whole group at once. The first reason counts. */
  kill(reason: EndReason): void {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.#killedFor ??= reason;
    }
    this.#killGroup();
  }

  #killGroup(): void {
    const { pid } = this.child;
    if (pid === undefined) return;
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // The group is gone already.
    }
  }

  #watch(): Promise<ProcessEnd> {
    return new Promise((resolve) => {
      const finish = (code: number | null, signal: NodeJS.Signals | null): void => {
        clearTimeout(this.#deadline);
        living.delete(this);
        const reason =
          this.#killedFor ?? (this.#ranOutOfMemory(signal) ? "memory-limit" : "exited");
        resolve({ reason, code, signal, output: this.#output });
      };
      this.child.once("error", (error) => {
        this.#output += String(error);
        finish(null, null);
      });
      this.child.once("exit", (code, signal) => {
        // Whatever the worker started dies with it.
        this.#killGroup();
        const grace = setTimeout(() => finish(code, signal), CLOSE_GRACE_MS);
        this.child.once("close", () => {
          clearTimeout(grace);
          finish(code, signal);
        });
      });
    });
  }

  #ranOutOfMemory(signal: NodeJS.Signals | null): boolean {
    return (signal === "SIGABRT" || signal === "SIGTRAP") && /heap|memory/i.test(this.#outputTail);
  }

  #count(chunk: Buffer): void {
    this.#outputBytes += chunk.length;
    this.#outputTail = (this.#outputTail + chunk.toString("utf8")).slice(-KEPT_OUTPUT_BYTES);
    const room = KEPT_OUTPUT_BYTES - this.#output.length;
    if (room > 0) this.#output += chunk.toString("utf8").slice(0, room);
    if (this.#outputBytes > this.#options.outputBytes) this.kill("output-limit");
  }

  #read(text: string): void {
    this.#pending += text;
    const lines = this.#pending.split("\n");
    this.#pending = lines.pop() ?? "";
    if (this.#pending.length > LONGEST_RECORD_BYTES) this.kill("output-limit");
    for (const line of lines) {
      // A line without the nonce was not written by the harness.
      if (!line.startsWith(`${this.#nonce} `)) continue;
      this.#options.onRecord(JSON.parse(line.slice(this.#nonce.length + 1)));
    }
  }
}
