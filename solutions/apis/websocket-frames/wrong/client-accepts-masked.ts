/**
 * @bug Reads masked frames as a client.
 * @killedBy protocol-errors
 */
import type {
  FrameSpec,
  ReaderOptions,
  Sha1,
  WsEvent,
} from "../../../../katas/apis/websocket-frames/stub.ts";

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

export function acceptKey(secWebSocketKey: string, sha1: Sha1): string {
  if (!/^[A-Za-z0-9+/]{22}==$/.test(secWebSocketKey)) throw new RangeError("not a key");
  const digest = [...sha1(new TextEncoder().encode(secWebSocketKey + GUID))];
  const bits = digest.map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const digits = bits.match(/.{1,6}/g) ?? [];
  return `${digits.map((digit) => ALPHABET[Number.parseInt(digit.padEnd(6, "0"), 2)]).join("")}=`;
}

export function encodeFrame({ fin, opcode, payload, maskKey }: FrameSpec): Uint8Array {
  if (![0, 1, 2, 8, 9, 10].includes(opcode)) throw new RangeError("no such opcode");
  if (opcode >= 8 && !fin) throw new RangeError("a control frame in parts");
  if (opcode >= 8 && payload.length > 125) throw new RangeError("a long control frame");
  if (maskKey !== undefined && maskKey.length !== 4) throw new RangeError("a bad mask key");
  const { length } = payload;
  const header = [(fin ? 128 : 0) + opcode];
  const mask = maskKey === undefined ? 0 : 128;
  if (length < 126) header.push(mask + length);
  else if (length < 65_536) header.push(mask + 126, length >> 8, length & 255);
  else {
    header.push(mask + 127);
    for (let i = 7; i >= 0; i -= 1) header.push(Math.floor(length / 256 ** i) % 256);
  }
  if (maskKey !== undefined) header.push(...maskKey);
  const frame = new Uint8Array(header.length + length);
  frame.set(header);
  frame.set(payload, header.length);
  if (maskKey !== undefined) unmask(frame.subarray(header.length), maskKey, 0);
  return frame;
}

function unmask(bytes: Uint8Array, key: Uint8Array, phase: number): void {
  for (let i = 0; i < bytes.length; i += 1) bytes[i]! ^= key[(i + phase) % 4]!;
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

interface Frame {
  readonly fin: boolean;
  readonly opcode: number;
  readonly length: number;
  readonly key: Uint8Array | undefined;
}

export class MessageReader {
  readonly #isServer: boolean;
  readonly #limit: number;
  #header: number[] = [];
  #frame: Frame | undefined;
  #parts: Uint8Array[] = [];
  #got = 0;
  #type = 0;
  #message: Uint8Array[] = [];
  #total = 0;
  #over = false;

  constructor({ role, maxMessageBytes }: ReaderOptions) {
    if (!Number.isInteger(maxMessageBytes) || maxMessageBytes < 0) {
      throw new RangeError("maxMessageBytes must be an integer >= 0");
    }
    this.#isServer = role === "server";
    this.#limit = maxMessageBytes;
  }

  push(chunk: Uint8Array): WsEvent[] {
    const events: WsEvent[] = [];
    let at = 0;
    while (at < chunk.length && !this.#over) {
      if (this.#frame === undefined) {
        this.#header.push(chunk[at]!);
        at += 1;
        const event = this.#readHeader();
        if (event !== undefined) events.push(event);
      } else {
        const { length, key } = this.#frame;
        const part = chunk.slice(at, at + length - this.#got);
        if (key !== undefined) unmask(part, key, this.#got);
        this.#parts.push(part);
        this.#got += part.length;
        at += part.length;
      }
      if (this.#frame === undefined || this.#got < this.#frame.length || this.#over) continue;
      const event = this.#finish(this.#frame);
      if (event !== undefined) events.push(event);
    }
    return events;
  }

  #fail(code: 1002 | 1007 | 1009): WsEvent {
    this.#over = true;
    return { type: "fail", code };
  }

  /** Looks at the header so far; sets the frame once it is whole. */
  #readHeader(): WsEvent | undefined {
    const [first = 0, second] = this.#header;
    const opcode = first & 15;
    const isControl = opcode >= 8;
    if ((first & 0x70) > 0 || ![0, 1, 2, 8, 9, 10].includes(opcode)) return this.#fail(1002);
    if (isControl && first < 128) return this.#fail(1002);
    if (!isControl && (opcode === 0) === (this.#type === 0)) return this.#fail(1002);
    if (second === undefined) return undefined;
    const isMasked = second >= 128;
    if (!isMasked && this.#isServer) return this.#fail(1002);
    const form = second & 127;
    if (isControl && form > 125) return this.#fail(1002);
    const extra = form < 126 ? 0 : form === 126 ? 2 : 8;
    if (this.#header.length < 2 + extra + (isMasked ? 4 : 0)) return undefined;
    const digits = this.#header.slice(2, 2 + extra);
    const length = extra === 0 ? form : digits.reduce((sum, digit) => sum * 256 + digit, 0);
    if (!isControl) {
      this.#total += length;
      if (this.#total > this.#limit) return this.#fail(1009);
      if (opcode > 0) this.#type = opcode;
    }
    const key = isMasked ? Uint8Array.from(this.#header.slice(2 + extra)) : undefined;
    this.#frame = { fin: first >= 128, opcode, length, key };
    return undefined;
  }

  #finish({ fin, opcode }: Frame): WsEvent | undefined {
    const parts = this.#parts;
    [this.#frame, this.#header, this.#parts, this.#got] = [undefined, [], [], 0];
    if (opcode === 9) return { type: "ping", data: join(parts) };
    if (opcode === 10) return { type: "pong", data: join(parts) };
    if (opcode === 8) return this.#close(join(parts));
    this.#message.push(...parts);
    if (!fin) return undefined;
    const [type, data] = [this.#type, join(this.#message)];
    [this.#type, this.#message, this.#total] = [0, [], 0];
    if (type === 2) return { type: "binary", data };
    const text = textOf(data);
    return text === undefined ? this.#fail(1007) : { type: "text", text };
  }

  #close(data: Uint8Array): WsEvent {
    this.#over = true;
    if (data.length === 0) return { type: "close", code: 1005, reason: "" };
    if (data.length === 1) return this.#fail(1002);
    const code = data[0]! * 256 + data[1]!;
    const isReserved = [1004, 1005, 1006].includes(code) || (code > 1011 && code < 3000);
    if (code < 1000 || code > 4999 || isReserved) return this.#fail(1002);
    const reason = textOf(data.subarray(2));
    return reason === undefined ? this.#fail(1007) : { type: "close", code, reason };
  }
}
