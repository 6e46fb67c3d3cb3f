import type { Json } from "./node.ts";
import type { Due } from "./queue.ts";

/** Something that is still to happen. */
export interface Event extends Due {
  readonly kind:
    | "boot"
    | "crash"
    | "pause"
    | "resume"
    | "skew"
    | "deliver"
    | "timer"
    | "invoke"
    | "request"
    | "response"
    | "give-up";
  /** Number of the node; of the client, for what happens to a client. */
  readonly to: number;
  /** Number of the sender, boot of a timer, duration or amount of a fault. */
  readonly from: number;
  readonly data: Json;
  /** Tag of a timer, ticket of a request. */
  readonly name: string;
  /** Number of a timer. */
  readonly id: number;
  readonly cause: number;
}

/** Plans an event; what is not given is empty. */
export type Schedule = (
  time: number,
  kind: Event["kind"],
  to: number,
  cause: number,
  more?: Partial<Pick<Event, "name" | "data" | "from" | "tie" | "id">>,
) => void;
