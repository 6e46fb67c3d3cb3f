import type { TraceEvent } from "../trace-event.ts";

/**
 * The events that happened before the roots (Lamport 1978): on the same node or client earlier, or
 * the cause of one that did. Timers that led to nothing in here are passed over. In order.
 */
export function causalCone(trace: readonly TraceEvent[], roots: readonly number[]): TraceEvent[] {
  const inCone = new Set<number>(roots);
  /** Nodes and clients whose whole past counts, as something later of theirs does. */
  const tracked = new Set<string>();
  const cone: TraceEvent[] = [];
  for (let i = trace.length - 1; i >= 0; i -= 1) {
    const event = trace[i]!;
    const { index, kind, node, cause } = event;
    const isNeeded = inCone.has(index);
    if (!isNeeded && !tracked.has(node)) continue;
    // A message that reached nobody in here, and what a timer did outside of it, say nothing.
    if (!isNeeded && (kind === "send" || kind === "timer" || kind === "dead")) continue;
    cone.push(event);
    inCone.add(cause);
    // A loss happened on the way: it is not part of the receiver's past.
    if (kind !== "lost") tracked.add(node);
  }
  return cone.toReversed();
}
