import { mix } from "./mix.ts";
import type { NodeRuntime } from "./node-runtime.ts";
import { healingOf, type CrashPoint, type Fault, type Scenario } from "./scenario.ts";

const CRASH = 7;
const DOWN_TIME = 8;

type CrashOn = Extract<Fault, { kind: "crashOn" }>;

/** Decides at which effect a node dies: as listed, or by the noise of the profile. */
export class CrashPlan {
  /** The noise that struck, as faults. */
  readonly struck: Fault[] = [];
  readonly #scenario: Scenario<unknown, unknown>;
  readonly #listed: readonly CrashOn[];

  constructor(scenario: Scenario<unknown, unknown>) {
    this.#scenario = scenario;
    this.#listed = scenario.faults.filter((fault) => fault.kind === "crashOn");
  }

  /** Counts one more effect of a node; how long it is down if it dies right after, in ms. */
  strikes(node: NodeRuntime, effect: CrashPoint, now: number): number | undefined {
    const { seed, profile } = this.#scenario;
    const nth = node.count[effect];
    node.count[effect] = nth + 1;
    if (now >= healingOf(this.#scenario, node.index)) return undefined;
    for (const fault of this.#listed) {
      if (fault.node === node.index && fault.effect === effect && fault.nth === nth) {
        return fault.for;
      }
    }
    if (effect === "recv" || profile.crash === 0) return undefined;
    const block = node.blocks;
    node.blocks += 1;
    if (mix(seed, CRASH, node.index, block) % 1000 >= profile.crash) return undefined;
    const most = Math.max(1, profile.down);
    const downMs = 1 + Math.floor((mix(seed, DOWN_TIME, node.index, block) / 2 ** 32) * most);
    this.struck.push({ kind: "crashOn", node: node.index, effect, nth, for: downMs });
    return downMs;
  }
}
