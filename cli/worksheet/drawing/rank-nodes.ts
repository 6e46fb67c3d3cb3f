/** An arrow between nodes, by their place in the list of nodes. */
export interface Arrow {
  readonly from: number;
  readonly to: number;
}

/** Columns of the nodes, from 0: an arrow leads to the right unless it closes a circle. */
export function rankNodes(count: number, arrows: readonly Arrow[]): number[] {
  const forward = withoutCircles(count, arrows);
  const ranks = Array.from({ length: count }, () => 0);
  for (let pass = 0; pass < count; pass += 1) {
    let moved = false;
    for (const { from, to } of forward) {
      const least = (ranks[from] ?? 0) + 1;
      if ((ranks[to] ?? 0) < least) {
        ranks[to] = least;
        moved = true;
      }
    }
    if (!moved) break;
  }
  pullSources(ranks, forward);
  return ranks;
}

/** A box that nothing leads to stands right before what it leads to. */
function pullSources(ranks: number[], arrows: readonly Arrow[]): void {
  for (const node of ranks.keys()) {
    if (node === 0 || arrows.some(({ to }) => to === node)) continue;
    const targets = arrows.filter(({ from }) => from === node).map(({ to }) => ranks[to] ?? 0);
    if (targets.length > 0) ranks[node] = Math.max(0, Math.min(...targets) - 1);
  }
}

/** The arrows, those turned round that lead back to a node on the way to their start. */
function withoutCircles(count: number, arrows: readonly Arrow[]): Arrow[] {
  const state = Array.from({ length: count }, () => "new" as "new" | "open" | "done");
  const forward: Arrow[] = [];
  const visit = (node: number): void => {
    state[node] = "open";
    for (const arrow of arrows) {
      if (arrow.from !== node || arrow.to === node) continue;
      if (state[arrow.to] === "open") forward.push({ from: arrow.to, to: arrow.from });
      else forward.push(arrow);
      if (state[arrow.to] === "new") visit(arrow.to);
    }
    state[node] = "done";
  };
  for (let node = 0; node < count; node += 1) if (state[node] === "new") visit(node);
  return forward;
}
