import { spawn, type ChildProcess } from "node:child_process";
import { afterEach, beforeEach, expect, test } from "vitest";
import { poolWorker, type Contained } from "./pool-worker.ts";

let child: ChildProcess;
let worker: Contained;
beforeEach(() => {
  child = spawn(process.execPath, ["-e", "process.on('message', () => {})"], {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const ended = new Promise<never>((resolve) => child.once("exit", resolve as () => void));
  worker = { child, ended, kill: () => child.kill("SIGKILL") };
});
afterEach(() => {
  child.kill("SIGKILL");
});

test("an end is told once, whatever else goes wrong on the way", async () => {
  const pool = poolWorker(worker);
  const heard: string[] = [];
  await pool.start();
  pool.on("error", () => heard.push("error"));
  pool.on("exit", () => heard.push("exit"));
  child.kill("SIGKILL");
  // Until the exit is noticed the channel seems open.
  for (let sent = 0; sent < 100; sent += 1) pool.send({ type: "start" } as never);
  await worker.ended;
  await new Promise((done) => setTimeout(done, 50));
  expect(heard).toEqual(["exit"]);
});

test("what vitest no longer wants to hear it does not hear", async () => {
  const pool = poolWorker(worker);
  const heard: string[] = [];
  const listener = (): void => void heard.push("exit");
  pool.on("exit", listener);
  pool.off("exit", listener);
  await pool.stop();
  expect(heard).toEqual([]);
});

test("a process that is gone does not start", async () => {
  child.kill("SIGKILL");
  await worker.ended;
  await expect(poolWorker(worker).start()).rejects.toThrow("the worker is gone");
});

test("the wish to stop is answered at once, for the process is killed", () => {
  const pool = poolWorker(worker);
  const heard: unknown[] = [];
  pool.on("message", (message) => heard.push(message));
  pool.send({ type: "stop" } as never);
  expect(heard).toEqual([{ type: "stopped", __vitest_worker_response__: true }]);
});

test("a worker cannot ask for a file to be copied", () => {
  const pool = poolWorker(worker);
  const heard: unknown[] = [];
  pool.on("message", (message) => heard.push(message));
  child.emit("message", { m: "onTaskArtifactRecord" });
  child.emit("message", { m: "onTaskUpdate" });
  expect(heard).toEqual([{ m: "onTaskUpdate" }]);
});
