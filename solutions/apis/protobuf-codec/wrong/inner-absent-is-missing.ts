/**
 * @bug Fills in the zeros of a message, but not of the messages within.
 * @killedBy round-trip
 */
import type { Field, Message, MessageType } from "../../../../katas/apis/protobuf-codec/stub.ts";

type Type = Field["type"];

export class DecodeError extends Error {
  override readonly name = "DecodeError";
}

export function encode(type: MessageType, message: Message): Uint8Array {
  return Uint8Array.from(writeMessage(type, message));
}

export function decode(type: MessageType, bytes: Uint8Array): Message {
  return readMessage(type, { bytes, at: 0, end: bytes.length }, zeros(type), 1);
}

function wireTypeOf(type: Type): number {
  if (type === "double") return 1;
  if (type === "fixed32") return 5;
  return typeof type !== "string" || type === "string" || type === "bytes" ? 2 : 0;
}

function writeMessage({ fields }: MessageType, message: Message): number[] {
  const out: number[] = [];
  for (const field of [...fields].sort((a, b) => a.number - b.number)) {
    const { name, number, type, repeated } = field;
    const value = Object.hasOwn(message, name) ? message[name] : undefined;
    if (value === undefined) continue;
    const wireType = wireTypeOf(type);
    if (repeated !== true) {
      if (!isLeftOut(type, value)) append(out, varint(tag(number, wireType)), write(type, value));
      continue;
    }
    if (!Array.isArray(value)) throw new TypeError(`${name} is not an array`);
    if (wireType === 2) {
      for (const one of value) append(out, varint(tag(number, 2)), write(type, one));
    } else if (value.length > 0) {
      const packed: number[] = [];
      for (const one of value) append(packed, write(type, one));
      append(out, varint(tag(number, 2)), block(packed));
    }
  }
  return out;
}

const tag = (number: number, wireType: number): bigint => BigInt(number * 8 + wireType);
const block = (content: ArrayLike<number>): number[] => {
  const out = varint(BigInt(content.length));
  append(out, content);
  return out;
};

/** One by one: a call with many arguments can overflow the stack. */
function append(out: number[], ...parts: ArrayLike<number>[]): void {
  for (const part of parts) for (let i = 0; i < part.length; i += 1) out.push(part[i]!);
}

function varint(value: bigint): number[] {
  const out: number[] = [];
  let rest = BigInt.asUintN(64, value);
  while (rest > 127n) {
    out.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  out.push(Number(rest));
  return out;
}

function isLeftOut(type: Type, value: unknown): boolean {
  if (typeof type !== "string") return value === null;
  if (type === "bytes") return value instanceof Uint8Array && value.length === 0;
  return Object.is(value, zero(type));
}

function zero(type: Type): unknown {
  if (typeof type !== "string") return undefined;
  if (type === "bool") return false;
  if (type === "string") return "";
  if (type === "bytes") return new Uint8Array();
  return type === "int64" || type === "uint64" ? 0n : 0;
}

function write(type: Type, value: unknown): number[] {
  if (typeof type !== "string") {
    if (typeof value !== "object" || value === null) throw new TypeError("not a message");
    return block(writeMessage(type, value as Message));
  }
  if (type === "bytes") {
    if (!(value instanceof Uint8Array)) throw new TypeError("not a Uint8Array");
    return block(value);
  }
  if (typeof value !== typeof zero(type)) throw new TypeError(`${typeof value} for ${type}`);
  if (type === "string") return block(utf8(value as string));
  if (type === "bool") return [value === true ? 1 : 0];
  if (type === "double") {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value as number, true);
    return [...new Uint8Array(view.buffer)];
  }
  return writeInteger(type, value as number | bigint);
}

const ranges: Readonly<Record<string, readonly [min: bigint, max: bigint]>> = {
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  sint32: [-(2n ** 31n), 2n ** 31n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  fixed32: [0n, 2n ** 32n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
};

function writeInteger(type: string, value: number | bigint): number[] {
  // A number that is no integer is a RangeError of BigInt itself.
  const integer = BigInt(value);
  const [min, max] = ranges[type]!;
  if (integer < min || integer > max) throw new RangeError(`${value} is no ${type}`);
  if (type === "sint32") return varint(integer < 0n ? -2n * integer - 1n : 2n * integer);
  if (type !== "fixed32") return varint(integer);
  return [0n, 8n, 16n, 24n].map((shift) => Number((integer >> shift) & 255n));
}

function utf8(text: string): Uint8Array {
  if (/\p{Surrogate}/u.test(text)) throw new RangeError("an unpaired surrogate");
  return new TextEncoder().encode(text);
}

interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
  readonly end: number;
}

function zeros({ fields }: MessageType): Message {
  return Object.fromEntries(
    fields.flatMap(({ name, type, repeated }) => {
      if (repeated === true) return [[name, []]];
      return typeof type === "string" ? [[name, zero(type)]] : [];
    }),
  );
}

function blank({ fields }: MessageType): Message {
  return Object.fromEntries(
    fields.flatMap(({ name, repeated }) => (repeated === true ? [[name, []]] : [])),
  );
}

function readMessage(
  { fields }: MessageType,
  cursor: Cursor,
  message: Message,
  depth: number,
): Message {
  if (depth > 100) throw new DecodeError("nested too deep");
  while (cursor.at < cursor.end) {
    const key = readVarint(cursor);
    const [number, wireType] = [Number(key >> 3n), Number(key & 7n)];
    if (key >= 2n ** 32n || number === 0) throw new DecodeError("a bad tag");
    const field = fields.find((one) => one.number === number);
    const isPacked = field?.repeated === true && wireType === 2 && wireTypeOf(field.type) !== 2;
    if (field === undefined || !(isPacked || wireType === wireTypeOf(field.type))) {
      skip(cursor, wireType);
      continue;
    }
    const { name, type, repeated } = field;
    const list = message[name] as unknown[];
    if (isPacked) {
      const inner = readBlock(cursor);
      while (inner.at < inner.end) list.push(read(type, inner, undefined, depth));
    } else if (repeated === true) list.push(read(type, cursor, undefined, depth));
    else {
      const known = Object.hasOwn(message, name) ? message[name] : undefined;
      const value = read(type, cursor, known, depth);
      Object.defineProperty(message, name, {
        value,
        writable: true,
        enumerable: true,
        configurable: true,
      });
    }
  }
  return message;
}

function read(type: Type, cursor: Cursor, known: unknown, depth: number): unknown {
  if (typeof type !== "string") {
    const into = known === undefined ? blank(type) : (known as Message);
    return readMessage(type, readBlock(cursor), into, depth + 1);
  }
  if (wireTypeOf(type) === 0) return integerOf(type, readVarint(cursor));
  if (type === "fixed32") return viewOf(cursor, 4).getUint32(0, true);
  if (type === "double") return viewOf(cursor, 8).getFloat64(0, true);
  const { bytes, at, end } = readBlock(cursor);
  if (type === "bytes") return bytes.slice(at, end);
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    return decoder.decode(bytes.subarray(at, end));
  } catch {
    throw new DecodeError("bad UTF-8");
  }
}

function integerOf(type: string, bits: bigint): unknown {
  if (type === "bool") return bits !== 0n;
  if (type === "uint64") return bits;
  if (type === "int64") return BigInt.asIntN(64, bits);
  if (type === "uint32") return Number(BigInt.asUintN(32, bits));
  if (type === "int32") return Number(BigInt.asIntN(32, bits));
  const zigzag = Number(BigInt.asUintN(32, bits));
  return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
}

function readVarint(cursor: Cursor): bigint {
  let value = 0n;
  for (let i = 0n; i < 10n; i += 1n) {
    const byte = cursor.bytes[take(cursor, 1)]!;
    value |= BigInt(byte & 127) << (7n * i);
    if (byte < 128) return BigInt.asUintN(64, value);
  }
  throw new DecodeError("a varint without an end");
}

function take(cursor: Cursor, count: number): number {
  const start = cursor.at;
  if (count > cursor.end - start) throw new DecodeError("cut off");
  cursor.at += count;
  return start;
}

function viewOf(cursor: Cursor, count: number): DataView {
  const { buffer, byteOffset } = cursor.bytes;
  return new DataView(buffer, byteOffset + take(cursor, count), count);
}

function readBlock(cursor: Cursor): Cursor {
  const length = Number(readVarint(cursor));
  const at = take(cursor, length);
  return { bytes: cursor.bytes, at, end: at + length };
}

function skip(cursor: Cursor, wireType: number): void {
  if (wireType === 0) readVarint(cursor);
  else if (wireType === 1) take(cursor, 8);
  else if (wireType === 2) readBlock(cursor);
  else if (wireType === 5) take(cursor, 4);
  else throw new DecodeError("a bad wire type");
}
