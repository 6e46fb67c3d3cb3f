import type { Protection } from "../model/grade-report.ts";
import { LIMITS } from "./limits.ts";

/** What contains an attempt on this machine. */
export function activeProtections(): Protection[] {
  const groups = process.platform !== "win32";
  const mb = (bytes: number): string => `${bytes / 1024 / 1024} MB`;
  return [
    {
      id: "own-process",
      active: true,
      detail: "your code runs in a process of its own, with a cleared environment",
    },
    {
      id: "process-group",
      active: groups,
      detail: groups
        ? "the process and all it starts are killed together"
        : "this system has no process groups: what your code starts may outlive a grade",
    },
    {
      id: "deadline",
      active: true,
      detail: `loading may take ${LIMITS.loadMs / 1000} s, a property its own limit`,
    },
    { id: "heap-limit", active: true, detail: `${LIMITS.heapMb} MB of heap` },
    { id: "output-limit", active: true, detail: `${mb(LIMITS.outputBytes)} of output` },
    {
      id: "private-channel",
      active: true,
      detail: "results travel on a channel of their own; printing cannot forge them",
    },
  ];
}
