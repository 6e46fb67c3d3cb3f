import type { CrashPoint, Fault, Scenario } from "./scenario.ts";

export interface CrashRange {
  readonly effects: readonly CrashPoint[];
  /** Each node may die at its first so many effects of each kind. */
  readonly upTo: number;
  /** At most so many nodes die, each once; default 1. */
  readonly nodes?: number;
  /** How long each is down, in ms; -1 until `healAt`, -2 for ever. Default -1. */
  readonly for?: number;
}

/**
 * The scenario with every combination of crash points: for protocols that only crashes can break,
 * a few thousand runs of this prove more than sampling. There are (nodes over k) x (effects x
 * upTo)^k of them for each k up to `nodes`, and the one without a crash.
 */
export function* enumerateCrashes<Req, Setup>(
  base: Scenario<Req, Setup>,
  { effects, upTo, nodes = 1, for: forMs = -1 }: CrashRange,
): Generator<Scenario<Req, Setup>> {
  const points = effects.flatMap((effect) => {
    return Array.from({ length: upTo }, (_, nth) => ({ effect, nth }));
  });
  function* extend(faults: readonly Fault[], from: number): Generator<readonly Fault[]> {
    yield faults;
    if (faults.length === nodes) return;
    for (let node = from; node < base.nodes; node += 1) {
      for (const point of points) {
        const crash: Fault = { kind: "crashOn", node, ...point, for: forMs };
        yield* extend([...faults, crash], node + 1);
      }
    }
  }
  for (const faults of extend([], 0)) yield { ...base, faults: [...base.faults, ...faults] };
}
