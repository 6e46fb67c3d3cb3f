import { createVariant, type Variant } from "../definition/variant.ts";
import { formatQuantity, type Prefix } from "../quantity/format-quantity.ts";

const LEVEL_ORDER = { mid: 0, senior: 1, staff: 2 } as const;

/** What an interviewer needs at hand: the course of the session and what changes at the twist. */
export function interviewScript(variant: Variant, prefix: Prefix): object {
  const { system } = variant;
  let elapsed = 0;
  const script = system.sections.map((section, index) => {
    const from = elapsed;
    elapsed += section.minutes;
    return {
      ...section,
      number: index + 1,
      title: TITLES[section.id],
      from: clock(from),
      until: clock(elapsed),
      followUps: section.followUps
        .toSorted((a, b) => LEVEL_ORDER[a.level] - LEVEL_ORDER[b.level])
        .map(({ ask, listenFor, level, when }) => ({
          ask,
          level,
          listenFor: listenFor.join("; "),
          when: when === undefined ? "" : `if \`${when.slice(6, -1)}\` is empty`,
        })),
    };
  });
  const twists = system.twists.map((twist) => ({
    say: twist.say,
    at: clock(Math.round(twist.at * elapsed)),
    moves: movedFigures(variant, twist.set, twist.changes, prefix),
  }));
  const rubric = system.rubric.map(({ label, anchors, expect }) => ({
    label,
    expect,
    anchors: anchors.map((text, index) => ({ score: index + 1, text })),
  }));
  return { script, twists, rubric, minutes: elapsed };
}

const TITLES: Readonly<Record<Variant["system"]["sections"][number]["id"], string>> = {
  requirements: "Requirements",
  estimates: "Estimates",
  dataModel: "Data model",
  api: "API",
  highLevel: "High-level design",
  deepDive: "Deep dive",
  bottlenecks: "Bottlenecks",
  wrapUp: "Wrap-up",
};

function clock(minutes: number): string {
  return `${String(Math.floor(minutes)).padStart(2, "0")}:00`;
}

function movedFigures(
  { system, overrides, results }: Variant,
  set: Readonly<Record<string, string>>,
  changes: readonly string[],
  prefix: Prefix,
): { readonly label: string; readonly before: string; readonly after: string }[] {
  const after = createVariant(system, { ...overrides, ...set }).results;
  return changes.flatMap((id) => {
    const estimate = Object.hasOwn(system.estimates, id) ? system.estimates[id] : undefined;
    if (estimate === undefined) return [];
    const show = (value: number | undefined): string =>
      formatQuantity(value ?? Number.NaN, estimate.kind, prefix);
    return [{ label: estimate.label, before: show(results.get(id)), after: show(after.get(id)) }];
  });
}
