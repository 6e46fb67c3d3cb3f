import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { constants } from "node:os";
import type { Readable, Writable } from "node:stream";
import { watchMemory } from "./memory-watch.ts";
import { forgetLayers } from "./probe-layers.ts";
import { sandbox } from "./sandbox.ts";
import type { View } from "./wrap.ts";

const KEPT_OUTPUT_BYTES = 8_192;
const LONGEST_RECORD_BYTES = 4 * 1024 * 1024;
/** How long a dead worker's pipes may stay open before it counts as ended all the same. */
const CLOSE_GRACE_MS = 500;

export interface ContainedOptions {
  /** Arguments of node: flags, script, arguments. */
  readonly args: readonly string[];
  /** First line of the private channel; without it the process waits for `begin`. */
  readonly plan?: unknown;
  readonly heapMb: number;
  /** Resident memory of the process and all it starts; twice the heap by default. */
  readonly rssMb?: number;
  /** What it may read besides this package and what that depends on. */
  readonly readable: View;
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

const SIGNALS = Object.entries(constants.signals) as [NodeJS.Signals, number][];

const living = new Set<ContainedProcess>();
process.on("exit", () => {
  for (const contained of living) contained.kill("aborted");
});

/**
 * A node process in a process group of its own, with a cleared environment, a heap cap, a memory
 * cap, an output cap, a deadline that can be moved, a private channel on fd 4, and around it every
 * layer of the sandbox that this machine has. Each record on the channel carries a nonce that only
 * trusted code of the worker has read.
 */
export class ContainedProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<ProcessEnd>;
  readonly #options: ContainedOptions;
  readonly #nonce = randomBytes(16).toString("hex");
  readonly #turnsSignalsIntoCodes: boolean;
  readonly #forgetMemory: () => void;
  #hasSpoken = false;
  #killedFor: EndReason | undefined;
  #deadline: NodeJS.Timeout | undefined;
  #output = "";
  #outputTail = "";
  #outputBytes = 0;
  #pending = "";

  constructor(options: ContainedOptions) {
    this.#options = options;
    const { heapMb, rssMb = 2 * heapMb, readable, ipc } = options;
    const nodeArgs = [`--max-old-space-size=${heapMb}`, "--no-warnings", ...options.args];
    // Twice what may be resident: not all that is allocated is ever touched.
    const line = sandbox({ args: nodeArgs, readable, dataMb: 2 * rssMb });
    this.#turnsSignalsIntoCodes = line.turnsSignalsIntoCodes;
    this.child = spawn(line.command, line.args, {
      stdio: ["ignore", "pipe", "pipe", ipc ? "ipc" : "ignore", "pipe"],
      serialization: "advanced",
      detached: true,
      cwd: line.cwd,
      // A sandbox without /etc knows no time zone: nobody has one.
      env: { NODE_ENV: "test", TZ: "UTC" },
    });
    this.#forgetMemory = watchMemory(this.child.pid, rssMb, () => this.kill("memory-limit"));
    living.add(this);
    this.ended = this.#watch();
    const channel = this.child.stdio[4] as Readable & Writable;
    channel.on("error", () => {}); // A worker that died early closes its end: `ended` tells.
    channel.setEncoding("utf8");
    channel.on("data", (text: string) => this.#read(text));
    if (options.plan !== undefined) this.begin(options.plan);
    this.child.stdout?.on("data", (chunk: Buffer) => this.#count(chunk));
    this.child.stderr?.on("data", (chunk: Buffer) => this.#count(chunk));
  }

  /** Tells a process that was started without a plan what to do. Once only. */
  begin(plan: unknown): void {
    const channel = this.child.stdio[4] as Readable & Writable;
    channel.write(`${this.#nonce} ${JSON.stringify(plan)}\n`);
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
      const finish = (exitCode: number | null, exitSignal: NodeJS.Signals | null): void => {
        clearTimeout(this.#deadline);
        this.#forgetMemory();
        living.delete(this);
        const { code, signal } = this.#readExit(exitCode, exitSignal);
        if (this.#failedToStart()) forgetLayers();
        const reason =
          this.#killedFor ?? (this.#ranOutOfMemory(signal) ? "memory-limit" : "exited");
        resolve({ reason, code, signal, output: this.#output });
      };
      this.child.on("error", (error) => {
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

  /** A wrapper that outlives its child by an exit code tells its signal that way. */
  #readExit(
    code: number | null,
    signal: NodeJS.Signals | null,
  ): Pick<ProcessEnd, "code" | "signal"> {
    if (!this.#turnsSignalsIntoCodes || code === null) return { code, signal };
    const killer = SIGNALS.find(([, number]) => number === code - 128)?.[0];
    return killer === undefined ? { code, signal } : { code: null, signal: killer };
  }

  /** A layer that worked when it was tried and does not now. */
  #failedToStart(): boolean {
    return !this.#hasSpoken && /^(bwrap|prlimit|setpriv): /.test(this.#output);
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
      this.#hasSpoken = true;
      this.#options.onRecord(JSON.parse(line.slice(this.#nonce.length + 1)));
    }
  }
}
