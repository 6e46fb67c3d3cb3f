import type { HistoryLine } from "../workspace/history.ts";

/** How far one hunt came. */
export interface Hunt {
  readonly seed: number;
  /** Tells the wrong answer that was drawn from the others, without its name. */
  readonly drawn: string;
  readonly state: "going" | "found" | "revealed";
  /** Fewest calls that found it, over all hunts on the same wrong answer. */
  readonly bestCalls: number | undefined;
}

/** The hunts on one kata, oldest first. */
export function readHunts(lines: readonly HistoryLine[], slug: string): Hunt[] {
  const hunts: Hunt[] = [];
  const fewest = new Map<string, number>();
  for (const { value } of lines) {
    const { event, kata, step, seed, drawn, calls } = value;
    if (event !== "hunt" || kata !== slug) continue;
    const last = hunts.at(-1);
    if (step === "drawn" && typeof seed === "number" && typeof drawn === "string") {
      hunts.push({ seed, drawn, state: "going", bestCalls: fewest.get(drawn) });
    } else if (last !== undefined && (step === "found" || step === "revealed")) {
      const counted = typeof calls === "number" ? calls : Infinity;
      const bestCalls = Math.min(counted, last.bestCalls ?? Infinity);
      if (Number.isFinite(bestCalls)) fewest.set(last.drawn, bestCalls);
      const state = last.state === "found" ? "found" : step;
      const best = Number.isFinite(bestCalls) ? bestCalls : undefined;
      hunts[hunts.length - 1] = { ...last, state, bestCalls: best };
    }
  }
  return hunts;
}
