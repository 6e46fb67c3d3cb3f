/**
 * @bug Copies what is left of a packed list after each value.
 * @killedBy budget:packed
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
  return readMessage(type, { bytes, at: 0, end: bytes.length }, blank(type), 1);
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
    if (repeated !== true) {
      if (!isLeftOut(type, value)) writeRecord(out, field, value);
      continue;
    }
    if (!Array.isArray(value)) throw new TypeError(`${name} is not an array`);
    if (wireTypeOf(type) === 2) for (const one of value) writeRecord(out, field, one);
    else if (value.length > 0) {
      const packed: number[] = [];
      for (const one of value) write(packed, type, one);
      varint(out, number * 8 + 2);
      block(out, packed);
    }
  }
  return out;
}

function writeRecord(out: number[], { number, type }: Field, value: unknown): void {
  varint(out, number * 8 + wireTypeOf(type));
  write(out, type, value);
}

function block(out: number[], content: ArrayLike<number>): void {
  varint(out, content.length);
  append(out, content);
}

/** One by one: a call with many arguments can overflow the stack. */
function append(out: number[], content: ArrayLike<number>): void {
  for (let i = 0; i < content.length; i += 1) out.push(content[i]!);
}

function varint(out: number[], value: number | bigint): void {
  if (typeof value === "bigint" || value < 0) return longVarint(out, BigInt(value));
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) out.push((rest % 128) + 128);
  out.push(rest);
}

function longVarint(out: number[], value: bigint): void {
  let rest = BigInt.asUintN(64, value);
  for (; rest > 127n; rest >>= 7n) out.push(Number(rest & 127n) + 128);
  out.push(Number(rest));
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

function write(out: number[], type: Type, value: unknown): void {
  if (typeof type !== "string") {
    if (typeof value !== "object" || value === null) throw new TypeError("not a message");
    return block(out, writeMessage(type, value as Message));
  }
  if (type === "bytes") {
    if (!(value instanceof Uint8Array)) throw new TypeError("not a Uint8Array");
    return block(out, value);
  }
  if (typeof value !== typeof zero(type)) throw new TypeError(`${typeof value} for ${type}`);
  if (type === "string") block(out, utf8(value as string));
  else if (type === "bool") out.push(value === true ? 1 : 0);
  else if (type === "double") {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value as number, true);
    append(out, new Uint8Array(view.buffer));
  } else writeInteger(out, type, value as number | bigint);
}

/** The integer of a type that has the same lowest bits as a number or bigint. */
function wrap(type: string, value: number | bigint): number | bigint {
  if (typeof value === "bigint") {
    return type === "int64" ? BigInt.asIntN(64, value) : BigInt.asUintN(64, value);
  }
  return type === "uint32" || type === "fixed32" ? value >>> 0 : value | 0;
}

function writeInteger(out: number[], type: string, value: number | bigint): void {
  if (value !== wrap(type, value)) throw new RangeError(`${value} is no ${type}`);
  const small = Number(value);
  if (type === "sint32") varint(out, small < 0 ? -2 * small - 1 : 2 * small);
  else if (type !== "fixed32") varint(out, Number.isSafeInteger(small) ? small : value);
  else for (let shift = 0; shift < 32; shift += 8) out.push((small >>> shift) & 255);
}

const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function utf8(text: string): Uint8Array {
  if (/\p{Surrogate}/u.test(text)) throw new RangeError("an unpaired surrogate");
  return new TextEncoder().encode(text);
}

interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
  readonly end: number;
}

function blank({ fields }: MessageType): Message {
  return Object.fromEntries(
    fields.map(({ name, type, repeated }) => [name, repeated === true ? [] : zero(type)]),
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
    const key = readSmall(cursor) ?? Number(readVarint(cursor));
    const [number, wireType] = [Math.floor(key / 8), key % 8];
    if (key >= 2 ** 32 || number === 0) throw new DecodeError("a bad tag");
    const field = fields.find((one) => one.number === number);
    const isPacked = field?.repeated === true && wireType === 2 && wireTypeOf(field.type) !== 2;
    if (field === undefined || !(isPacked || wireType === wireTypeOf(field.type))) {
      skip(cursor, wireType);
      continue;
    }
    const { name, type, repeated } = field;
    const list = message[name] as unknown[];
    if (isPacked) {
      const { bytes, at, end } = readBlock(cursor);
      let rest = bytes.slice(at, end);
      while (rest.length > 0) {
        const inner = { bytes: rest, at: 0, end: rest.length };
        list.push(read(type, inner, undefined, depth));
        rest = rest.slice(inner.at);
      }
    } else if (repeated === true) list.push(read(type, cursor, undefined, depth));
    else message[name] = read(type, cursor, message[name], depth);
  }
  return message;
}

function read(type: Type, cursor: Cursor, known: unknown, depth: number): unknown {
  if (typeof type !== "string") {
    const into = known === undefined ? blank(type) : (known as Message);
    return readMessage(type, readBlock(cursor), into, depth + 1);
  }
  if (wireTypeOf(type) === 0) {
    const small = readSmall(cursor);
    return small === undefined ? integerOf(type, readVarint(cursor)) : smallIntegerOf(type, small);
  }
  if (type === "fixed32") return viewOf(cursor, 4).getUint32(0, true);
  if (type === "double") return viewOf(cursor, 8).getFloat64(0, true);
  const { bytes, at, end } = readBlock(cursor);
  if (type === "bytes") return bytes.slice(at, end);
  try {
    return strictUtf8.decode(bytes.subarray(at, end));
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
  return unzigzag(Number(BigInt.asUintN(32, bits)));
}

function smallIntegerOf(type: string, bits: number): unknown {
  if (type === "bool") return bits !== 0;
  if (type === "sint32") return unzigzag(bits);
  return type === "int64" || type === "uint64" ? BigInt(bits) : bits;
}

const unzigzag = (bits: number): number => (bits % 2 === 0 ? bits / 2 : -(bits + 1) / 2);

/** A varint of at most four bytes, or undefined with nothing read. */
function readSmall(cursor: Cursor): number | undefined {
  const { bytes, at, end } = cursor;
  let value = 0;
  for (let i = 0; i < 4 && at + i < end; i += 1) {
    const byte = bytes[at + i]!;
    value |= (byte & 127) << (7 * i);
    if (byte > 127) continue;
    cursor.at = at + i + 1;
    return value;
  }
  return undefined;
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
  const length = readSmall(cursor) ?? Number(readVarint(cursor));
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
