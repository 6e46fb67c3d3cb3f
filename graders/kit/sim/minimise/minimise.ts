import type { Fault, PlannedOp, Scenario } from "../scenario.ts";

export interface MinimiseLimits {
  /** Scenarios tried; default 300. */
  readonly runs?: number;
  /** Says that time is up; default: never. */
  readonly isOver?: () => boolean;
}

/**
 * The smallest scenario near this one that still fails: noise becomes the faults that it was, then
 * faults and operations that the failure does not need are left out (delta debugging, Zeller and
 * Hildebrandt 2002), then what is left is made shorter.
 *
 * @param fails whether the property breaks on a scenario
 * @param struck the noise that struck in a run of this scenario, as faults
 */
export function minimise<Req, Setup>(
  scenario: Scenario<Req, Setup>,
  struck: readonly Fault[],
  fails: (candidate: Scenario<Req, Setup>) => boolean,
  { runs = 300, isOver = () => false }: MinimiseLimits = {},
): Scenario<Req, Setup> {
  let left = runs;
  const stillFails = (candidate: Scenario<Req, Setup>): boolean => {
    if (left <= 0 || isOver()) return false;
    left -= 1;
    return fails(candidate);
  };
  const explicit = concretise(scenario, struck);
  const start = stillFails(explicit) ? explicit : scenario;
  type Part = { readonly fault: Fault } | { readonly op: PlannedOp<Req> };
  const build = (parts: readonly Part[]): Scenario<Req, Setup> => ({
    ...start,
    faults: parts.flatMap((part) => ("fault" in part ? [part.fault] : [])),
    ops: parts.flatMap((part) => ("op" in part ? [part.op] : [])),
  });
  const parts: Part[] = [
    ...start.faults.map((fault) => ({ fault })),
    ...start.ops.map((op) => ({ op })),
  ];
  const kept = ddmin(parts, (some) => stillFails(build(some)));
  return shorten(build(kept), stillFails);
}

/** The same run without chance: what the noise did stands in the list of faults. */
export function concretise<Req, Setup>(
  scenario: Scenario<Req, Setup>,
  struck: readonly Fault[],
): Scenario<Req, Setup> {
  const profile = { ...scenario.profile, jitter: 0, drop: 0, dup: 0, crash: 0 };
  return { ...scenario, profile, faults: [...scenario.faults, ...struck] };
}

/** A part of the list that still fails, and from which no single item can be left out. */
export function ddmin<Item>(
  items: readonly Item[],
  fails: (some: readonly Item[]) => boolean,
): readonly Item[] {
  if (items.length === 0 || fails([])) return [];
  let kept = items;
  for (let pieces = 2; kept.length > 1;) {
    const size = Math.ceil(kept.length / pieces);
    let smaller: readonly Item[] | undefined;
    for (let from = 0; from < kept.length && smaller === undefined; from += size) {
      const rest = [...kept.slice(0, from), ...kept.slice(from + size)];
      if (fails(rest)) smaller = rest;
    }
    if (smaller !== undefined) {
      kept = smaller;
      pieces = Math.max(2, pieces - 1);
    } else if (size === 1) return kept;
    else pieces = Math.min(kept.length, pieces * 2);
  }
  return kept;
}

/** Shorter delays, cuts and down times, and fewer nodes, as far as the failure bears it. */
function shorten<Req, Setup>(
  scenario: Scenario<Req, Setup>,
  fails: (candidate: Scenario<Req, Setup>) => boolean,
): Scenario<Req, Setup> {
  let best = scenario;
  for (let i = 0; i < best.faults.length; i += 1) {
    for (const shorter of shorterFaults(best.faults[i]!)) {
      const candidate = { ...best, faults: best.faults.with(i, shorter) };
      if (!fails(candidate)) continue;
      best = candidate;
      break;
    }
  }
  return best;
}

function shorterFaults(fault: Fault): Fault[] {
  if ("by" in fault && fault.by > 10) {
    return [10, 100, 1_000].filter((by) => by < fault.by).map((by) => ({ ...fault, by }));
  }
  if ("for" in fault && fault.for > 10) {
    return [1, 10, 100, 1_000]
      .filter((span) => span < fault.for)
      .map((span) => ({ ...fault, for: span }));
  }
  return [];
}
