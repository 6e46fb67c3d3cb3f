import { say } from "../model/say.ts";
import type { Protection } from "../model/grade-report.ts";
import { LIMITS } from "./limits.ts";
import { CAN_WATCH_MEMORY } from "./memory-watch.ts";
import { checksBeforeRun, sandboxLayers } from "./sandbox.ts";
import { LAYERS, type Layer, type LayerId } from "./wrap.ts";

/** What each layer of the sandbox means for an attempt, and for the grader without it. */
const LAYER_TEXTS: Readonly<Record<LayerId, { does: string; without: string }>> = {
  permission: {
    does: say`your code reads no file but the grader's own, writes none, and starts nothing`,
    without: say`your code may read and write your files and start programs`,
  },
  "no-eval": {
    does: say`text does not become code`,
    without: say`your code may turn text into code`,
  },
  prlimit: {
    does: say`no more than ${2 * LIMITS.rssMb} MB can be allocated, on the heap or off it`,
    without: say`what is allocated off the heap has no hard limit`,
  },
  setpriv: {
    does: say`a grade ends when the grader is killed`,
    without: say`your code may run on when the grader is killed`,
  },
  bwrap: {
    does: say`your code has no network, no other processes and nowhere to write`,
    without: say`your code may use the network and signal your processes`,
  },
};

/** What contains an attempt on this machine. */
export function activeProtections(): Protection[] {
  const groups = process.platform !== "win32";
  const mb = (bytes: number): string => `${bytes / 1024 / 1024} MB`;
  const layers = sandboxLayers();
  return [
    {
      id: "static-check",
      active: checksBeforeRun(),
      detail: checksBeforeRun()
        ? say`your code is read for what it must not use before any of it runs`
        : say`KATA_PROTECTIONS leaves it out, so your code runs unread`,
    },
    {
      id: "module-fence",
      active: true,
      detail: say`no module is served but your own, the spec's and the grader's`,
    },
    {
      id: "intrinsics",
      active: true,
      detail: say`built-ins that your code shares with the grader are watched`,
    },
    {
      id: "own-process",
      active: true,
      detail: say`your code runs in a process of its own, with a cleared environment`,
    },
    {
      id: "process-group",
      active: groups,
      detail: groups
        ? say`the process and all it starts are killed together`
        : say`this system has no process groups: what your code starts may outlive a grade`,
    },
    {
      id: "deadline",
      active: true,
      detail: say`loading may take ${LIMITS.loadMs / 1000} s, a property its own limit`,
    },
    { id: "heap-limit", active: true, detail: say`${LIMITS.heapMb} MB of heap` },
    {
      id: "memory-watch",
      active: CAN_WATCH_MEMORY,
      detail: CAN_WATCH_MEMORY
        ? say`${LIMITS.rssMb} MB of memory in all`
        : say`only Linux shows the memory of a process: off the heap nothing is watched`,
    },
    { id: "output-limit", active: true, detail: say`${mb(LIMITS.outputBytes)} of output` },
    {
      id: "private-channel",
      active: true,
      detail: say`results travel on a channel of their own; printing cannot forge them`,
    },
    ...LAYERS.map((id) => describeLayer(id, layers[id], layers.bwrap)),
  ];
}

function describeLayer(id: LayerId, layer: Layer, bwrap: Layer): Protection {
  const text = LAYER_TEXTS[id];
  if ("use" in layer) return { id, active: true, detail: text.does };
  if (id === "setpriv" && "use" in bwrap) {
    return { id, active: true, detail: say`${text.does} (bubblewrap sees to it)` };
  }
  return { id, active: false, detail: say`${layer.why}, so ${text.without}` };
}
