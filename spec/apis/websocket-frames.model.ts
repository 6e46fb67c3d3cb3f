/** What `websocket-frames` is compared with: RFC 6455, 5.2, byte by byte, and what each byte completes. */
import fc from "fast-check";
import { equal, holds, keysOrEmpty, literal } from "kata/harness";
import type * as Stub from "../../katas/apis/websocket-frames/stub.ts";

export type Bytes = ArrayLike<number>;
type Role = Stub.ReaderOptions["role"];

export interface Frame {
  readonly fin?: boolean;
  readonly rsv?: number;
  readonly opcode: number;
  readonly payload: Bytes;
  readonly key?: Bytes | undefined;
  /** What the header says in place of the length of the payload. */
  readonly declared?: bigint;
}

export const hex = (bytes: Iterable<number>): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
export const bytesOf = (bytes: Bytes): Uint8Array => Uint8Array.from(bytes);

export function headerOf(frame: Frame): readonly number[] {
  const { fin = true, rsv = 0, opcode, payload, key, declared } = frame;
  const length = declared ?? BigInt(payload.length);
  const extra = length < 126n ? 0 : length < 65_536n ? 2 : 8;
  const form = extra === 0 ? Number(length) : extra === 2 ? 126 : 127;
  const big = Array.from({ length: extra }, (_, i) => {
    return Number((length >> BigInt(8 * (extra - 1 - i))) % 256n);
  });
  const [first, second] = [
    128 * Number(fin) + 16 * rsv + opcode,
    128 * Number(key !== undefined) + form,
  ];
  return [first, second, ...big, ...Array.from(key ?? [])];
}

export function frameBytes(frame: Frame): Uint8Array {
  const { payload, key } = frame;
  const header = headerOf(frame);
  const bytes = new Uint8Array(header.length + payload.length);
  bytes.set(header);
  for (let i = 0; i < payload.length; i += 1) {
    bytes[header.length + i] = key ? payload[i]! ^ key[i % 4]! : payload[i]!;
  }
  return bytes;
}

const counting = (size: number): Uint8Array =>
  Uint8Array.from({ length: size }, (_, i) => (7 * i + (i >> 8)) & 255);

/** An event, and after how many bytes it is due. */
interface Due {
  readonly at: number;
  readonly event: Stub.WsEvent;
}

/** A fault, between which bytes it has to be reported, and with which code. */
interface Fault {
  readonly codes: readonly number[];
  readonly after: number;
  readonly by: number;
}

/** What one side sends, as bytes, and what the other has to see. */
export class Sent {
  readonly #parts: Uint8Array[] = [];
  length = 0;
  readonly due: Due[] = [];
  fault: Fault | undefined;
  readonly #role: Role;
  readonly #keys: readonly Bytes[];
  readonly #encode: (frame: Frame) => Uint8Array;
  #frames = 0;

  constructor(
    { role, keys }: { readonly role: Role; readonly keys: readonly Bytes[] },
    encode: (frame: Frame) => Uint8Array = frameBytes,
  ) {
    this.#role = role;
    this.#keys = keys;
    this.#encode = encode;
  }

  /** The key of the next frame, as the role of the reader wants it, or not. */
  key(isRight = true): Bytes | undefined {
    const key = this.#keys[this.#frames % this.#keys.length]!;
    return (this.#role === "server") === isRight ? key : undefined;
  }

  /** All of them, one after the other. */
  bytes(): Uint8Array {
    const all = new Uint8Array(this.length);
    let at = 0;
    for (const part of this.#parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }

  addBytes(bytes: Uint8Array): void {
    this.#parts.push(bytes);
    this.length += bytes.length;
  }

  add(frame: Frame, event?: Stub.WsEvent): this {
    this.addBytes(this.#encode({ key: this.key(), ...frame }));
    this.#frames += 1;
    if (event !== undefined) this.due.push({ at: this.length, event });
    return this;
  }

  /** A frame that must end everything; with `late` at its end, else when its header is there. */
  addFaulty(frame: Frame, codes: readonly number[], late = false): this {
    const after = this.length;
    const whole = { key: this.key(), ...frame };
    this.add(whole);
    this.fault = { codes, after, by: late ? this.length : after + headerOf(whole).length };
    return this;
  }

  /** As text without an event when `event` is null. */
  addMessage(
    { content, cuts, controls }: Message,
    event: Stub.WsEvent | null = eventOf(content),
  ): this {
    const payload = payloadOf(content);
    const places = cuts.map((cut) => cut % (payload.length + 1)).sort((a, b) => a - b);
    const bounds = [0, ...places, payload.length];
    for (let i = 0; i + 1 < bounds.length; i += 1) {
      const fin = i + 2 === bounds.length;
      const opcode = i > 0 ? 0 : event?.type === "binary" ? 2 : 1;
      const part = payload.subarray(bounds[i], bounds[i + 1]);
      this.add({ fin, opcode, payload: part }, fin ? (event ?? undefined) : undefined);
      const control = fin ? undefined : controls[i];
      if (control !== undefined) this.addControl(control);
    }
    return this;
  }

  addControl({ type, data }: Control): this {
    const opcode = type === "ping" ? 9 : 10;
    return this.add({ opcode, payload: data }, { type, data: Uint8Array.from(data) });
  }
}

export interface Control {
  readonly type: "ping" | "pong";
  readonly data: readonly number[];
}
export interface Message {
  /** Text, the size of a binary message, or any bytes that are meant as text. */
  readonly content: string | number | readonly number[];
  /** Where it is cut into frames, each modulo its length. */
  readonly cuts: readonly number[];
  /** One behind each frame but the last. */
  readonly controls: readonly (Control | undefined)[];
}

function payloadOf(content: Message["content"]): Uint8Array {
  if (typeof content === "number") return counting(content);
  return typeof content === "string" ? utf8(content) : bytesOf(content);
}

export function eventOf(content: Message["content"]): Stub.WsEvent {
  if (typeof content === "string") return { type: "text", text: content };
  return { type: "binary", data: payloadOf(content) };
}

/**
 * Pushes what was sent in chunks of these sizes, in turn, and judges each answer when it comes. Chunks
 * are views, and are overwritten once they were read.
 */
export function judge(reader: Stub.MessageReader, sent: Sent, sizes: readonly number[]): void {
  const { due, fault } = sent;
  const all = sent.bytes();
  const kept: [Stub.WsEvent, Stub.WsEvent][] = [];
  let [at, turn, isOver] = [0, 0, false];
  while (at < all.length) {
    // By and by in larger chunks, so that long messages do not take for ever.
    const isWhole = turn > 300 || sizes.every((size) => size === 0);
    const size = isWhole ? 5_000 : sizes[turn % sizes.length]!;
    const to = Math.min(all.length, at + size);
    const chunk = new Uint8Array(to - at + 2).subarray(1, 1 + to - at);
    chunk.set(all.subarray(at, to));
    const shown = `${hex(chunk.subarray(0, 24))}${chunk.length > 24 ? " …" : ""}`;
    const what = `push(${shown}), bytes ${at} to ${to}`;
    const events = reader.push(chunk);
    equal(chunk, all.subarray(at, to), `the chunk after ${what}`);
    chunk.fill(0xaa);
    const expected = due.filter((one) => one.at > at && one.at <= to).map(({ event }) => event);
    const last = events.at(-1);
    if (isOver) equal(events, [], `${what}, after the end`);
    else if (fault !== undefined && last?.type === "fail") {
      isOver = true;
      holds(to > fault.after, what, "no fail yet", literal(last));
      holds(
        fault.codes.includes(last.code),
        what,
        `fail ${fault.codes.join(" or ")}`,
        literal(events),
      );
      // What comes between the first byte of the fault and the report may be left out.
      const needed = due.filter((one) => one.at > at && one.at <= Math.min(to, fault.after)).length;
      const seen = events.slice(0, -1);
      holds(seen.length >= needed, what, `at least ${needed} events before`, literal(events));
      equal(seen, expected.slice(0, seen.length), `${what}, before it fails`);
    } else {
      equal(events, expected, what);
      isOver = last?.type === "close";
      const isDue = fault !== undefined && to >= fault.by;
      holds(!isDue, what, `fail ${fault?.codes.join(" or ") ?? ""}`, literal(events));
    }
    for (const event of events)
      kept.push([event, "data" in event ? { ...event, data: event.data.slice() } : event]);
    at = to;
    turn += 1;
  }
  for (const [event, was] of kept) {
    equal(event, was, "an event, after its chunk and later events have changed");
    if ("data" in event) event.data.fill(0xbb);
  }
}

const byte = fc.nat(255);
export const keys = fc.array(fc.array(byte, { minLength: 4, maxLength: 4 }), {
  minLength: 1,
  maxLength: 3,
});
export const roles = fc.constantFrom<Role>("server", "client");
export const connections = fc.record({ role: roles, keys });
/** Sizes of chunks, used in turn; none is large chunks. */
export const chunkSizes = fc.oneof(
  { withCrossShrink: true },
  fc.constant([]),
  fc.constantFrom([1], [2], [3], [0, 7]),
  fc.array(fc.constantFrom(0, 1, 2, 3, 7, 20), { minLength: 1, maxLength: 6 }),
);
const text = fc.oneof(
  keysOrEmpty().map((key) => key.replaceAll(/\p{Surrogate}/gu, "?")),
  fc.constantFrom("", "é€😀", "\ufeffa", "\u0000", "ééééééé", "😀".repeat(40), "x".repeat(126)),
);
export const controls = fc.record({
  type: fc.constantFrom("ping", "pong"),
  data: fc.oneof(
    { withCrossShrink: true },
    fc.array(byte, { maxLength: 4 }),
    fc.constantFrom(0, 125).map((size) => Array.from(counting(size))),
  ),
});
const messagesOf = (content: fc.Arbitrary<string | number>): fc.Arbitrary<Message> =>
  fc.record({
    content,
    cuts: fc.array(fc.nat(200), { maxLength: 4 }),
    controls: fc.array(fc.option(controls, { nil: undefined }), { maxLength: 4 }),
  });
export const smallMessages = messagesOf(fc.oneof(text, fc.nat(300)));
/** Long enough to be unmasked by words. */
export const middleMessages = messagesOf(fc.integer({ min: 300, max: 1_500 }));
export const largeMessages = messagesOf(fc.constantFrom(125, 126, 127, 65_535, 65_536, 70_000));
