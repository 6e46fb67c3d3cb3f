/** @design Knows no leader, and says so, from the moment the last one is silent until there is another. */
import type { FreeFormat, NodeContext, NodeHandlers } from "kata/kit";
import type * as Stub from "../../../../katas/consensus/leader-election/stub.ts";

type Message =
  /** To those above: is anybody there? */
  | { t: "ask" }
  /** To who asked: I am, but I do not lead (yet). */
  | { t: "alive" }
  /** To those below, again and again, and to who asked: I lead. */
  | { t: "lead" };

type State =
  /** Has asked those above; leads when the timer ends and nobody has answered. */
  | "searching"
  /** Somebody above is there, and will lead or find who does; asks again when the timer ends. */
  | "waiting"
  /** Has a leader above, whose silence the timer measures. */
  | "following"
  | "leading";

function rank(id: string): number {
  return Number(id.slice(1));
}

/** One node of the cluster. Called at each boot. The format of messages is yours. */
export function createNode(
  ctx: NodeContext<FreeFormat, Stub.Output>,
  options: Stub.Options,
): NodeHandlers<FreeFormat, Stub.Request> {
  const { maxDelay, heartbeatEvery } = options;
  const own = rank(ctx.id);
  const above = ctx.peers.filter((peer) => rank(peer) > own);
  const below = ctx.peers.filter((peer) => rank(peer) < own);

  // Each is a millisecond more than what may take that long, so that no tie is lost.
  const silence = heartbeatEvery + maxDelay + 1;
  const roundTrip = 2 * maxDelay + 1;
  /** Whoever answers notices that its leader is gone, asks in its turn, and announces itself. */
  const patience = silence + roundTrip + maxDelay + 1;

  let state: State = "searching";
  /** Whom this node follows now; null while it searches or waits. */
  let leader: string | null = null;
  /** The last output of this boot. */
  let told: string | null = null;
  let timer = -1;

  function stopTimer(): void {
    if (timer === -1) return;
    ctx.cancelTimer(timer);
    timer = -1;
  }

  function restartTimer(ms: number): void {
    stopTimer();
    timer = ctx.setTimer(ms, "");
  }

  function setLeader(id: string): void {
    leader = id;
    if (told === id) return;
    told = id;
    ctx.emit({ type: "leader", leader: id });
  }

  /** Asks those above, but for the one whose silence is the reason. */
  function search(silent: string | null): void {
    leader = null;
    state = "searching";
    let asked = 0;
    for (const peer of above) {
      if (peer === silent) continue;
      ctx.send(peer, { t: "ask" } satisfies Message);
      asked++;
    }
    if (asked === 0) lead();
    else restartTimer(roundTrip);
  }

  function lead(): void {
    state = "leading";
    setLeader(ctx.id);
    beat();
  }

  function beat(): void {
    if (below.length === 0) {
      stopTimer();
      return;
    }
    restartTimer(heartbeatEvery);
    for (const peer of below) ctx.send(peer, { t: "lead" } satisfies Message);
  }

  function onLead(from: string): void {
    const claimed = rank(from);
    // Never one below, and none below a leader that may still be there.
    if (claimed <= own || (leader !== null && claimed < rank(leader))) return;
    state = "following";
    setLeader(from);
    restartTimer(silence);
  }

  return {
    onStart() {
      search(null);
    },

    onMessage(from, message: Message) {
      switch (message.t) {
        case "ask":
          ctx.send(from, { t: state === "leading" ? "lead" : "alive" } satisfies Message);
          break;
        case "alive":
          if (state !== "searching") break;
          state = "waiting";
          restartTimer(patience);
          break;
        case "lead":
          onLead(from);
          break;
      }
    },

    onTimer() {
      timer = -1;
      switch (state) {
        case "searching":
          lead();
          break;
        case "waiting":
          search(null);
          break;
        case "following":
          search(leader);
          break;
        case "leading":
          beat();
          break;
      }
    },

    onRequest(ticket, req) {
      if (req.type === "leader") ctx.reply(ticket, { leader } satisfies Stub.Answer);
    },
  };
}
