import type { Output, OutputRule } from "../check/history.ts";
import type { Json, NodeId } from "./node.ts";
import type { ClientOp } from "./clients.ts";

/**
 * `boot`, `crash`, `pause`, `resume`: of a node. `skipped`: a crash that would have left too many
 * nodes down. `timer`: one fired. `send`; then `deliver`, `lost` (on the way) or `dead` (nobody
 * there). `write`, `delete`: of storage. `emit`: an output. `invoke`: a client asks; `request`: it
 * reaches the node; `reply`: the node answers; `return`: the client has it; `give-up`: the client
 * waits no longer; `unreachable`: the node was down. `skew`: its clock jumped.
 */
export type EventKind =
  | "boot"
  | "crash"
  | "skipped"
  | "pause"
  | "resume"
  | "skew"
  | "timer"
  | "send"
  | "deliver"
  | "lost"
  | "dead"
  | "write"
  | "delete"
  | "emit"
  | "invoke"
  | "request"
  | "reply"
  | "return"
  | "give-up"
  | "unreachable";

/** One thing that happened. */
export interface TraceEvent {
  /** Its number in the run; later events have larger numbers. */
  readonly index: number;
  /** True time, in ms. */
  readonly at: number;
  readonly kind: EventKind;
  /** Where: a node or a client. */
  readonly node: NodeId;
  /** The other end of a message, request or reply. */
  readonly peer: NodeId | undefined;
  /** The message, output, request, reply or stored value. */
  readonly data: Json | undefined;
  /** The tag of a timer, the key of a write, why a message was lost, the effect after which a node died. */
  readonly note: string | undefined;
  /** Number of the event that led to it, -1 for none. */
  readonly cause: number;
}

/** What an invariant may look at, besides the event: nothing private to a node. */
export interface World {
  /** True time, in ms. */
  readonly now: number;
  readonly nodeIds: readonly NodeId[];
  isUp(node: NodeId): boolean;
  /** How often the node has booted. */
  bootOf(node: NodeId): number;
  readonly outputs: readonly NodeOutput[];
  readonly history: readonly ClientOp[];
}

export interface NodeOutput<Out = Json> extends Output<Out> {
  /** True time, in ms. */
  readonly at: number;
}

/** What must hold after every event. */
export interface Invariant {
  readonly name: string;
  /** The events it wants to see; without them, all. Fewer cost less. */
  readonly on?: readonly EventKind[];
  /** Begins one run. What it returns is called with each event; a string says what is broken. */
  readonly start: () => (event: TraceEvent, world: World) => string | undefined;
}

/** Judges outputs as they come. */
export function onOutputs<Out>({ name, start }: OutputRule<Out>): Invariant {
  return {
    name,
    on: ["emit"],
    start: () => {
      const judge = start();
      return ({ node, data, index }, world) => {
        return judge({ node, boot: world.bootOf(node), out: data as Out, index });
      };
    },
  };
}
