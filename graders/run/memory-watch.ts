import { readFileSync } from "node:fs";

const POLL_MS = 50;

/**
 * Calls `over` once the process and all that it started hold more than `limitMb` of memory. The
 * first process may be a wrapper, so the whole tree counts. Returns a function that ends the watch.
 */
export function watchMemory(
  pid: number | undefined,
  limitMb: number,
  over: () => void,
): () => void {
  if (pid === undefined || !CAN_WATCH_MEMORY) return () => undefined;
  const timer = setInterval(() => {
    if (residentKb(pid) <= limitMb * 1024) return;
    clearInterval(timer);
    over();
  }, POLL_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** Only Linux tells it without starting a process each time. */
export const CAN_WATCH_MEMORY: boolean = process.platform === "linux";

function residentKb(pid: number): number {
  const own = /^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1] ?? "0";
  const children = read(`/proc/${pid}/task/${pid}/children`).match(/\d+/g) ?? [];
  return children.reduce((sum, child) => sum + residentKb(Number(child)), Number(own));
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return ""; // The process ended while we looked.
  }
}
