/** @design No questions: who misses its leader waits the longer the more nodes are above it, then leads. */
import type { FreeFormat, NodeContext, NodeHandlers } from "kata/kit";
import type * as Stub from "../../../../katas/consensus/leader-election/stub.ts";

export function createNode(
  ctx: NodeContext<FreeFormat, Stub.Output>,
  { maxDelay, heartbeatEvery }: Stub.Options,
): NodeHandlers<FreeFormat, Stub.Request> {
  const { id, peers } = ctx;
  const above = peers.filter((peer) => peer > id).length;
  const silenceMs = heartbeatEvery + maxDelay + 1;
  let leader: string | null = null;
  let told: string | null = null;
  let timer = -1;

  const arm = (ms: number, tag: string): void => {
    ctx.cancelTimer(timer);
    timer = ctx.setTimer(ms, tag);
  };
  const follow = (next: string): void => {
    leader = next;
    if (told !== next) ctx.emit({ type: "leader", leader: next });
    told = next;
  };
  const lead = (): void => {
    follow(id);
    arm(heartbeatEvery, "lead");
    for (const peer of peers) ctx.send(peer, "I lead");
  };
  /** Each above has its turn before this one: it may miss the leader a trip later, and takes one to be heard. */
  const takeTurn = (): void => {
    leader = null;
    arm(above * (2 * maxDelay + 1), "lead");
  };

  return {
    onStart: () => (above === 0 ? lead() : arm(silenceMs, "silence")),
    onTimer: (tag) => (tag === "lead" ? lead() : takeTurn()),
    onMessage(from) {
      if (from < id || (leader !== null && from < leader)) return;
      follow(from);
      arm(silenceMs, "silence");
    },
    onRequest: (ticket) => ctx.reply(ticket, { leader }),
  };
}
