import { KataError, say } from "../../../graders/reading.ts";
import {
  type Overrides,
  assumptionValues,
  plausibleRange,
} from "../definition/assumption-values.ts";
import { computeEstimates, orderFormulas } from "../definition/compute-estimates.ts";
import type { System } from "../definition/system.ts";
import { createVariant } from "../definition/variant.ts";
import type { Quantity } from "../quantity/dimension.ts";
import { parseQuantity } from "../quantity/parse-quantity.ts";
import type { Fault } from "./finding.ts";

/** How far a figure of the sources may be off without a word on why. */
const UNEXPLAINED = 1.025;

/**
 * Formulas that can be read, have the dimension they declare and stay finite and above zero in every
 * corner of the plausible; estimates that hang on assumptions; twists that move what they say.
 */
export function checkFigures(system: System): Fault[] {
  const broken = tryFigures(system);
  if (broken !== undefined) return [broken];
  return [
    ...checkRanges(system),
    ...checkCorners(system),
    ...checkRoots(system),
    ...checkSources(system),
    ...checkTwists(system),
  ];
}

function tryFigures(system: System): Fault | undefined {
  try {
    computeEstimates(system, assumptionValues(system));
    for (const id of Object.keys(system.assumptions)) plausibleRange(system, id);
    return undefined;
  } catch (error) {
    if (!(error instanceof KataError)) throw error;
    const near = /(?:estimates|assumptions)\.(\w+)/.exec(error.message)?.[1] ?? "";
    return fault("formulas", near, error.message, say`Correct the formula or the value.`);
  }
}

function checkRanges(system: System): Fault[] {
  return [...assumptionValues(system)].flatMap(([id, { value }]) => {
    const { min, max } = plausibleRange(system, id);
    if (0 < min && min <= value && value <= max) return [];
    return [
      fault(
        "ranges",
        id,
        say`The value of ${id} is not between min and max, or min is not above zero.`,
        say`Widen the range, or correct the value.`,
      ),
    ];
  });
}

/** Each assumption at its least and its most, the others as given; and all at once. */
function checkCorners(system: System): Fault[] {
  const given = assumptionValues(system);
  const ranges = new Map([...given.keys()].map((id) => [id, plausibleRange(system, id)]));
  const corners: [string, ReadonlyMap<string, Quantity>][] = (["min", "max"] as const).flatMap(
    (end) => {
      const at = (id: string, quantity: Quantity): Quantity => ({
        ...quantity,
        value: ranges.get(id)?.[end] ?? quantity.value,
      });
      const all = new Map([...given].map(([id, quantity]) => [id, at(id, quantity)]));
      const single = [...given].map(([id, quantity]): [string, ReadonlyMap<string, Quantity>] => [
        say`${id} at its ${end}`,
        new Map(given).set(id, at(id, quantity)),
      ]);
      return [[say`all assumptions at their ${end}`, all], ...single];
    },
  );
  return corners.flatMap(([where, values]) => {
    try {
      const bad = [...computeEstimates(system, values)].find(([, value]) => !(value > 0));
      if (bad === undefined) return [];
      return [
        fault(
          "corners",
          bad[0],
          say`With ${where}, ${bad[0]} is ${bad[1]}.`,
          say`Narrow the range, or correct the formula.`,
        ),
      ];
    } catch (error) {
      if (!(error instanceof KataError)) throw error;
      return [
        fault(
          "corners",
          "",
          say`With ${where}: ${error.message}`,
          say`Narrow the range, or correct the formula.`,
        ),
      ];
    }
  });
}

/** An estimate that is asked but hangs on no assumption asks for a constant. */
function checkRoots(system: System): Fault[] {
  const rooted = new Set(Object.keys(system.assumptions));
  return [...orderFormulas(system)].flatMap(([id, { names }]) => {
    if (names.some((name) => rooted.has(name))) {
      rooted.add(id);
      return [];
    }
    if (system.estimates[id]?.asked === false) return [];
    return [
      fault(
        "roots",
        id,
        say`The estimate ${id} hangs on no assumption.`,
        say`Make an assumption of one of its numbers.`,
      ),
    ];
  });
}

/** Where a source's figure is off, the reader must learn why. */
function checkSources(system: System): Fault[] {
  const { results } = createVariant(system);
  return Object.entries(system.estimates).flatMap(([id, { kind, source, seedFigure, note }]) => {
    if (source === "kata") {
      if (seedFigure === undefined) return [];
      return [
        fault(
          "sources",
          id,
          say`${id} is ours, yet it has a figure of the sources.`,
          say`Correct source or seedFigure.`,
        ),
      ];
    }
    if (seedFigure === undefined) {
      return [
        fault(
          "sources",
          id,
          say`${id} is from the sources, but their figure is missing.`,
          say`Give it in seedFigure.`,
        ),
      ];
    }
    const read = parseQuantity(seedFigure, kind);
    const ratio = read.ok ? read.value / (results.get(id) ?? Number.NaN) : Number.NaN;
    if (note !== undefined || Math.max(ratio, 1 / ratio) <= UNEXPLAINED) return [];
    return [
      fault(
        "sources",
        id,
        say`Their figure for ${id}, ${seedFigure}, is not ours, and no note says why.`,
        say`Say why in note.`,
      ),
    ];
  });
}

function checkTwists(system: System): Fault[] {
  const before = createVariant(system).results;
  return system.twists.flatMap(({ say: told, set, changes }) => {
    const known = Object.entries(set).filter(([id]) => Object.hasOwn(system.assumptions, id));
    let after: ReadonlyMap<string, number>;
    try {
      after = createVariant(system, Object.fromEntries(known) as Overrides).results;
    } catch (error) {
      if (!(error instanceof KataError)) throw error;
      return [fault("twists", told, error.message, say`Correct the value.`)];
    }
    const still = changes.filter((id) => before.get(id) === after.get(id));
    return still.map((id) =>
      fault(
        "twists",
        told,
        say`The twist does not move ${id}.`,
        say`Take it out of changes, or set what moves it.`,
      ),
    );
  });
}

function fault(check: string, near: string, message: string, fix: string): Fault {
  return { check, near: near.includes(" ") ? near : `"${near}"`, message, fix };
}
