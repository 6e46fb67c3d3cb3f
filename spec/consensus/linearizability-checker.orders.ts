/** Orders of histories: whether there is one, tried out slowly, and why a list of places is none. */
import { describe, type ObjectModel, type Op } from "./linearizability-checker.model.ts";

/** All orders of all subsets: up to 7 operations. */
export function bruteForce<State>(ops: readonly Op[], model: ObjectModel<State>): boolean {
  const go = (left: readonly Op[], state: State): boolean =>
    left.every(({ status }) => status === "info") ||
    left.some((op) => {
      const others = left.filter((other) => other !== op);
      if (others.some((other) => other.ret < op.call)) return false;
      const after = model.step(state, op.input, op.output);
      return after !== null && go(others, after);
    });
  return go(ops, model.init());
}

/** Why a list of places is no order of the history, as far as it goes. */
export function faultOfOrder<State>(
  order: unknown,
  ops: readonly Op[],
  model: ObjectModel<State>,
  isWhole: boolean,
  among: (op: Op) => boolean = () => true,
): string | undefined {
  if (!Array.isArray(order)) return "it is no array";
  const taken = new Set<number>();
  let state = model.init();
  for (const place of order as unknown[]) {
    if (typeof place !== "number" || !(place in ops)) return `${String(place)} is no place`;
    const op = ops[place]!;
    const name = `${place} (${describe(op)})`;
    if (taken.has(place)) return `${name} is there twice`;
    if (!among(op)) return `${name} is of another partition`;
    const skipped = ops.findIndex(
      (other, i) => other.ret < op.call && !taken.has(i) && among(other),
    );
    if (skipped !== -1) return `${name} comes before ${skipped}, which had returned by then`;
    const after = model.step(state, op.input, op.output);
    if (after === null) return `${name} cannot be answered so there`;
    state = after;
    taken.add(place);
  }
  const left = ops.flatMap((op, i) =>
    op.status === "ok" && !taken.has(i) && among(op) ? [i] : [],
  );
  if (isWhole) return left.length === 0 ? undefined : `${left[0]} is missing`;
  const next = left.find(
    (i) =>
      left.every((other) => ops[other]!.ret > ops[i]!.call) &&
      model.step(state, ops[i]!.input, ops[i]!.output) !== null,
  );
  return next === undefined ? undefined : `${next} (${describe(ops[next]!)}) could come next`;
}
