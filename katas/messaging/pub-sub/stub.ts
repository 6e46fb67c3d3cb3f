/** What is delivered. It may be the same object for all receivers, and nobody changes it. */
export interface Message {
  readonly topic: string;
  /** The very value that was published. */
  readonly payload: unknown;
  /** Number of the publish on this broker: 1, 2, … */
  readonly seq: number;
}

/** Called with each message for a client, as long as the client is connected with it. */
export type Deliver = (message: Message) => void;

export interface BrokerOptions {
  /** Messages kept for an absent durable client: an integer >= 0; default 1,000. */
  readonly maxQueued?: number;
}

export interface ConnectOptions {
  /** Whether subscriptions outlast a disconnect, and messages are kept meanwhile; default false. */
  readonly durable?: boolean;
}

export interface SubscribeOptions {
  /** Only messages for which it returns true; default all that match the filter. */
  readonly where?: (message: Message) => boolean;
}

/** Hands each message to all clients with a subscription that matches its topic. */
export class Broker {
  /** @throws RangeError when `maxQueued` is out of its range. */
  constructor(options?: BrokerOptions) {
    throw new Error("unimplemented: Broker.constructor");
  }

  /**
   * Connects a client; if it is connected already, this connection takes over. Messages that were
   * kept for a durable client are delivered before it returns.
   */
  connect(client: string, deliver: Deliver, options?: ConnectOptions): void {
    throw new Error("unimplemented: Broker.connect");
  }

  /** Ends the connection of a client, if it has one. */
  disconnect(client: string): void {
    throw new Error("unimplemented: Broker.disconnect");
  }

  /** Drops all there is of a client. False: there is no such client. */
  forget(client: string): boolean {
    throw new Error("unimplemented: Broker.forget");
  }

  /**
   * Subscribes a client to all topics that match the filter. O(levels).
   * @throws RangeError when the client is unknown, or the filter malformed.
   */
  subscribe(client: string, filter: string, options?: SubscribeOptions): void {
    throw new Error("unimplemented: Broker.subscribe");
  }

  /** Ends a subscription. False: there is none with exactly this filter. O(levels). */
  unsubscribe(client: string, filter: string): boolean {
    throw new Error("unimplemented: Broker.unsubscribe");
  }

  /**
   * Hands a message to all clients that want it. The cost does not depend on subscriptions that do
   * not match.
   * @returns to how many clients it was delivered or for how many it was kept; 0 inside a callback
   * @throws RangeError when the topic is malformed.
   */
  publish(topic: string, payload: unknown): number {
    throw new Error("unimplemented: Broker.publish");
  }

  /** How many messages for a client were dropped, as too many were kept; 0 for unknown ones. */
  dropped(client: string): number {
    throw new Error("unimplemented: Broker.dropped");
  }
}
