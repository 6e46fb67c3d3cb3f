import type { Fault, PlannedOp, Profile, Scenario } from "../scenario.ts";

/** Draws of the nodes' own chance that are tried for each smaller list. */
const SEEDS_TRIED = 16;
const ROUNDS = 8;
/** So many of the mildest failures are made smaller, and the smallest is kept. */
const STARTS = 6;
/** One kind of noise less makes a failure that does not need it easier to find. */
const CALMER: readonly Partial<Profile>[] = [
  {},
  { crash: 0 },
  { crash: 0, drop: 0 },
  { jitter: 0 },
];
/** Draws of the noise among which the mildest failure is looked for. */
const NOISE_TRIED = 400;

export interface MinimiseLimits {
  /** Scenarios tried; default 4,000. */
  readonly runs?: number;
  /** Says that time is up; default: never. */
  readonly isOver?: () => boolean;
}

/** Runs a scenario: the noise that struck, as faults, if the property breaks; undefined if it holds. */
export type Attempt<Req, Setup> = (candidate: Scenario<Req, Setup>) => readonly Fault[] | undefined;

/**
 * The smallest scenario near this one that still fails. Of several draws of its noise, the one that
 * fails with the fewest strokes becomes a list of faults; faults and operations that the failure
 * does not need are left out (delta debugging, Zeller and Hildebrandt 2002); what is left is made
 * shorter.
 */
export function minimise<Req, Setup>(
  scenario: Scenario<Req, Setup>,
  attempt: Attempt<Req, Setup>,
  { runs = 4_000, isOver = () => false }: MinimiseLimits = {},
): Scenario<Req, Setup> {
  let left = runs;
  const tryOut: Attempt<Req, Setup> = (candidate) => {
    if (left <= 0 || isOver()) return undefined;
    left -= 1;
    return attempt(candidate);
  };
  const stillFails = (candidate: Scenario<Req, Setup>): boolean => tryOut(candidate) !== undefined;
  let best: Scenario<Req, Setup> | undefined;
  for (const start of mildest(scenario, tryOut)) {
    const kept = build(
      start,
      ddmin(partsOf(start), (some) => stillFails(build(start, some))),
    );
    if (best === undefined || sizeOf(kept) < sizeOf(best)) best = kept;
  }
  return shorten(reseed(best ?? scenario, stillFails), stillFails);
}

/** Leaves out what is not needed once the nodes draw other lots: their chance is all that is left. */
function reseed<Req, Setup>(
  scenario: Scenario<Req, Setup>,
  stillFails: (candidate: Scenario<Req, Setup>) => boolean,
): Scenario<Req, Setup> {
  let best = scenario;
  for (let round = 0; round < ROUNDS && best.faults.length > 1; round += 1) {
    const anySeed = (some: readonly Part<Req>[]): boolean => {
      for (let i = 0; i < SEEDS_TRIED; i += 1) {
        const seed = i === 0 ? best.seed : round * SEEDS_TRIED + i;
        const candidate = { ...build(scenario, some), seed };
        if (!stillFails(candidate)) continue;
        best = candidate;
        return true;
      }
      return false;
    };
    ddmin(partsOf(best), anySeed);
  }
  return best;
}

/** Of some draws of the noise, those that break the property with the fewest strokes. */
function mildest<Req, Setup>(
  scenario: Scenario<Req, Setup>,
  tryOut: Attempt<Req, Setup>,
): Scenario<Req, Setup>[] {
  const found: Scenario<Req, Setup>[] = [];
  const { jitter, drop, dup, crash } = scenario.profile;
  const draws = jitter + drop + dup + crash === 0 ? 1 : NOISE_TRIED;
  for (let draw = 0; draw < draws; draw += 1) {
    const calmer = draw === 0 ? {} : CALMER[draw % CALMER.length];
    const profile = { ...scenario.profile, ...calmer };
    const seed = draw === 0 ? scenario.seed : draw;
    const struck = tryOut({ ...scenario, profile, seed });
    if (struck !== undefined) found.push(concretise({ ...scenario, seed }, struck));
  }
  return found
    .toSorted((a, b) => sizeOf(a) - sizeOf(b))
    .filter((candidate) => tryOut(candidate) !== undefined)
    .slice(0, STARTS);
}

function sizeOf({ faults, ops }: Scenario<unknown, unknown>): number {
  return faults.length + ops.length;
}

type Part<Req> = { readonly fault: Fault } | { readonly op: PlannedOp<Req> };

function partsOf<Req>({ faults, ops }: Scenario<Req, unknown>): Part<Req>[] {
  return [...faults.map((fault) => ({ fault })), ...ops.map((op) => ({ op }))];
}

function build<Req, Setup>(
  scenario: Scenario<Req, Setup>,
  parts: readonly Part<Req>[],
): Scenario<Req, Setup> {
  return {
    ...scenario,
    faults: parts.flatMap((part) => ("fault" in part ? [part.fault] : [])),
    ops: parts.flatMap((part) => ("op" in part ? [part.op] : [])),
  };
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
