/** SHA-1 of some bytes: 20 new bytes. */
export type Sha1 = (bytes: Uint8Array) => Uint8Array;

/** Continuation, text, binary, close, ping, pong. */
export type Opcode = 0x0 | 0x1 | 0x2 | 0x8 | 0x9 | 0xa;

export interface FrameSpec {
  /** True for the last frame of a message, and for every control frame. */
  readonly fin: boolean;
  readonly opcode: Opcode;
  /** As it is before masking. It is not changed. */
  readonly payload: Uint8Array;
  /** Four bytes. With it the frame is masked, without it it is not. */
  readonly maskKey?: Uint8Array;
}

export type WsEvent =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "binary"; readonly data: Uint8Array }
  | { readonly type: "ping"; readonly data: Uint8Array }
  | { readonly type: "pong"; readonly data: Uint8Array }
  /** The other side closes: 1005 and "" when its frame is empty. Nothing comes after it. */
  | { readonly type: "close"; readonly code: number; readonly reason: string }
  /** The connection must be closed with this code. Nothing comes after it. */
  | { readonly type: "fail"; readonly code: 1002 | 1007 | 1009 };

export interface ReaderOptions {
  /** Who reads: a server gets masked frames only, a client only frames without a mask. */
  readonly role: "server" | "client";
  /** Largest payload of one message, all its frames together, in bytes: an integer >= 0. */
  readonly maxMessageBytes: number;
}

/**
 * The value of Sec-WebSocket-Accept for a Sec-WebSocket-Key.
 * @throws RangeError when the key is not the base64 of 16 bytes.
 */
export function acceptKey(secWebSocketKey: string, sha1: Sha1): string {
  throw new Error("unimplemented: acceptKey");
}

/**
 * One frame as bytes, with the shortest form of its length. O(length of the payload).
 * @throws RangeError when the frame is not one that RFC 6455 knows.
 */
export function encodeFrame(frame: FrameSpec): Uint8Array {
  throw new Error("unimplemented: encodeFrame");
}

/** Turns the bytes that arrive on one connection into messages. */
export class MessageReader {
  /** @throws RangeError when maxMessageBytes is out of its range. */
  constructor(options: ReaderOptions) {
    throw new Error("unimplemented: MessageReader.constructor");
  }

  /**
   * What the next bytes of the connection complete, in order. Never throws for what is in them.
   * O(length of the chunk) on average.
   */
  push(chunk: Uint8Array): WsEvent[] {
    throw new Error("unimplemented: MessageReader.push");
  }
}
