import type {
  FrameSpec,
  ReaderOptions,
  Sha1,
  WsEvent,
} from "../../../katas/apis/websocket-frames/stub.ts";

const [CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG] = [0, 1, 2, 8, 9, 10];
const OPCODES = [CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG];
/** RFC 6455, 1.3. */
const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const NOTHING = new Uint8Array();
const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function acceptKey(secWebSocketKey: string, sha1: Sha1): string {
  if (!/^[A-Za-z0-9+/]{22}==$/.test(secWebSocketKey)) {
    throw new RangeError("a key is the base64 of 16 bytes");
  }
  const digest = sha1(new TextEncoder().encode(secWebSocketKey + GUID));
  // 20 bytes: six groups of three bytes, and one of two.
  let text = "";
  for (let i = 0; i < 21; i += 3) {
    const bits = (digest[i]! << 16) | (digest[i + 1]! << 8) | (digest[i + 2] ?? 0);
    for (let shift = 18; shift >= 0; shift -= 6) text += BASE64[(bits >> shift) & 63];
  }
  return `${text.slice(0, 27)}=`;
}

export function encodeFrame({ fin, opcode, payload, maskKey }: FrameSpec): Uint8Array {
  const size = payload.length;
  if (!OPCODES.includes(opcode)) throw new RangeError(`there is no opcode ${opcode}`);
  if (opcode >= CLOSE && (size > 125 || !fin))
    throw new RangeError("a control frame is short and whole");
  if (maskKey !== undefined && maskKey.length !== 4)
    throw new RangeError("a mask key has four bytes");
  const extra = size < 126 ? 0 : size < 2 ** 16 ? 2 : 8;
  const start = 2 + extra + (maskKey === undefined ? 0 : 4);
  const frame = new Uint8Array(start + size);
  const view = new DataView(frame.buffer);
  frame[0] = (fin ? 0x80 : 0) | opcode;
  frame[1] = (maskKey === undefined ? 0 : 0x80) | (extra === 0 ? size : extra === 2 ? 126 : 127);
  if (extra === 2) view.setUint16(2, size);
  if (extra === 8) view.setBigUint64(2, BigInt(size));
  frame.set(payload, start);
  if (maskKey !== undefined) {
    frame.set(maskKey, start - 4);
    applyMask(frame, start, start + size, maskKey);
  }
  return frame;
}

/** The key as the byte sees it that comes `count` bytes later. */
function turn(key: Uint8Array, count: number): Uint8Array {
  const turned = new Uint8Array(4);
  for (let i = 0; i < 4; i += 1) turned[i] = key[(i + count) & 3]!;
  return turned;
}

/** Masks or unmasks in place. */
function applyMask(bytes: Uint8Array, from: number, to: number, key: Uint8Array): void {
  let at = from;
  if (to - from > 256) {
    // Four bytes at once, from where a buffer allows it.
    for (; at % 4 !== 0; at += 1) bytes[at]! ^= key[(at - from) & 3]!;
    const word = new Int32Array(turn(key, at - from).buffer)[0]!;
    const words = new Int32Array(bytes.buffer, at, (to - at) >> 2);
    for (let i = 0; i < words.length; i += 1) words[i]! ^= word;
    at += 4 * words.length;
  }
  for (; at < to; at += 1) bytes[at]! ^= key[(at - from) & 3]!;
}

/*
 * Idea: three things that end at different times are kept apart. The header, 2 to 14 bytes, says how
 * much is to come. The payload of a frame goes where it belongs as it arrives: to the message, or to a
 * control frame, which may stand between two frames of one. The message ends with a frame that says so.
 *
 * Cost: every byte is copied and unmasked once, and moved O(1) times more as a message grows.
 * Invariant: while #isInPayload, #header is that of the frame, and #left bytes of it are to come.
 */
export class MessageReader {
  readonly #isServer: boolean;
  readonly #maxMessageBytes: number;
  readonly #header = new Uint8Array(14);
  #headerSize = 0;
  /** Its first two bytes tell how many there are. */
  #headerNeeds = 2;
  #isInPayload = false;
  #left = 0;
  /** As the next byte of the payload sees it; zeros when there is none. */
  #maskKey: Uint8Array = new Uint8Array(4);
  readonly #message = new Gatherer();
  readonly #control = new Gatherer();
  /** Of the message that is not finished; CONTINUATION when there is none. */
  #messageType = CONTINUATION;
  /** What its frames have declared so far. */
  #messageBytes = 0;
  #isOver = false;

  constructor({ role, maxMessageBytes }: ReaderOptions) {
    if (!Number.isInteger(maxMessageBytes) || maxMessageBytes < 0) {
      throw new RangeError(`maxMessageBytes must be an integer >= 0, got ${maxMessageBytes}`);
    }
    this.#isServer = role === "server";
    this.#maxMessageBytes = maxMessageBytes;
  }

  push(chunk: Uint8Array): WsEvent[] {
    const events: WsEvent[] = [];
    let at = 0;
    while (at < chunk.length && !this.#isOver) {
      at = this.#isInPayload ? this.#readPayload(chunk, at) : this.#readHeader(chunk, at, events);
      if (this.#isInPayload && this.#left === 0) this.#endFrame(events);
    }
    return events;
  }

  #end(events: WsEvent[], event: WsEvent): void {
    this.#isOver = true;
    events.push(event);
  }

  #fail(events: WsEvent[], code: 1002 | 1007 | 1009): void {
    this.#end(events, { type: "fail", code });
  }

  /** Returns where it stopped: behind the header, or at the end of the chunk. */
  #readHeader(chunk: Uint8Array, from: number, events: WsEvent[]): number {
    let at = from;
    while (at < chunk.length && this.#headerSize < this.#headerNeeds) {
      this.#header[this.#headerSize++] = chunk[at++]!;
      if (this.#headerSize === 2) this.#headerNeeds = formOf(this.#header[1]!).size;
    }
    if (this.#headerSize === this.#headerNeeds) this.#beginFrame(this.#headerSize, events);
    return at;
  }

  #beginFrame(size: number, events: WsEvent[]): void {
    const opcode = this.#header[0]! & 15;
    if (this.#isFaulty(opcode)) return this.#fail(events, 1002);
    const { extra, isMasked } = formOf(this.#header[1]!);
    let length = extra === 0 ? this.#header[1]! & 127 : 0;
    for (let i = 2; i < 2 + extra; i += 1) length = length * 256 + this.#header[i]!;
    if (opcode < CLOSE) {
      this.#messageBytes += length;
      if (this.#messageBytes > this.#maxMessageBytes) return this.#fail(events, 1009);
      if (opcode !== CONTINUATION) this.#messageType = opcode;
    }
    for (let i = 0; i < 4; i += 1) this.#maskKey[i] = isMasked ? this.#header[size - 4 + i]! : 0;
    this.#left = length;
    this.#isInPayload = true;
  }

  /** RFC 6455, 5.1, 5.2, 5.4 and 5.5: what no frame may be here. */
  #isFaulty(opcode: number): boolean {
    const [first, second] = [this.#header[0]!, this.#header[1]!];
    if ((first & 0x70) !== 0 || !OPCODES.includes(opcode)) return true;
    if (((second & 0x80) !== 0) !== this.#isServer) return true;
    if (opcode >= CLOSE) return (first & 0x80) === 0 || (second & 127) > 125;
    return (opcode === CONTINUATION) === (this.#messageType === CONTINUATION);
  }

  /** Returns where it stopped. */
  #readPayload(chunk: Uint8Array, from: number): number {
    const gatherer = (this.#header[0]! & 15) >= CLOSE ? this.#control : this.#message;
    const to = Math.min(chunk.length, from + this.#left);
    gatherer.append(chunk, from, to, this.#left, this.#maskKey);
    this.#left -= to - from;
    if (this.#left > 0) this.#maskKey = turn(this.#maskKey, to - from);
    return to;
  }

  #endFrame(events: WsEvent[]): void {
    this.#isInPayload = false;
    this.#headerSize = 0;
    this.#headerNeeds = 2;
    const opcode = this.#header[0]! & 15;
    if (opcode >= CLOSE) {
      const data = this.#control.take();
      if (opcode === PING) events.push({ type: "ping", data });
      else if (opcode === PONG) events.push({ type: "pong", data });
      else this.#endWithClose(data, events);
    } else if ((this.#header[0]! & 0x80) !== 0) {
      const data = this.#message.take();
      const type = this.#messageType;
      this.#messageType = CONTINUATION;
      this.#messageBytes = 0;
      if (type === BINARY) return void events.push({ type: "binary", data });
      const text = decodeUtf8(data);
      if (text === undefined) this.#fail(events, 1007);
      else events.push({ type: "text", text });
    }
  }

  #endWithClose(data: Uint8Array, events: WsEvent[]): void {
    if (data.length === 0) return this.#end(events, { type: "close", code: 1005, reason: "" });
    const code = data.length === 1 ? 0 : data[0]! * 256 + data[1]!;
    if (!isCloseCode(code)) return this.#fail(events, 1002);
    const reason = decodeUtf8(data.subarray(2));
    if (reason === undefined) this.#fail(events, 1007);
    else this.#end(events, { type: "close", code, reason });
  }
}

/** What the second byte of a header says of its form. */
function formOf(second: number): { size: number; extra: number; isMasked: boolean } {
  const length = second & 127;
  const extra = length < 126 ? 0 : length === 126 ? 2 : 8;
  const isMasked = second >= 0x80;
  return { size: 2 + extra + (isMasked ? 4 : 0), extra, isMasked };
}

/** RFC 6455, 7.4: 1004 to 1006 and 1015 are never sent; 3000 to 4999 are for applications. */
function isCloseCode(code: number): boolean {
  return (
    (code >= 1000 && code <= 1003) ||
    (code >= 1007 && code <= 1014) ||
    (code >= 3000 && code < 5000)
  );
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Bytes that come in parts. */
class Gatherer {
  #bytes = NOTHING;
  #size = 0;

  /** Adds bytes of a chunk, unmasked; `toCome` bytes of the frame are left, these included. */
  append(chunk: Uint8Array, from: number, to: number, toCome: number, key: Uint8Array): void {
    const start = this.#size;
    this.#size += to - from;
    if (this.#size > this.#bytes.length) {
      // Never more than twice what has come, whatever the header promises.
      const larger = new Uint8Array(Math.min(start + toCome, 2 * this.#size));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(from === 0 && to === chunk.length ? chunk : chunk.subarray(from, to), start);
    applyMask(this.#bytes, start, this.#size, key);
  }

  take(): Uint8Array {
    // No frame ends with room to spare: there never is more than its header declares.
    const bytes = this.#bytes;
    this.#bytes = NOTHING;
    this.#size = 0;
    return bytes;
  }
}
