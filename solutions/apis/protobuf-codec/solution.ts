/* oxlint-disable max-lines -- a kata has one file, and this one writes and reads ten types */
import type * as Stub from "../../../katas/apis/protobuf-codec/stub.ts";

type Type = Stub.Field["type"];

export class DecodeError extends Error {
  override readonly name = "DecodeError";
}

const [VARINT, I64, LEN, I32] = [0, 1, 2, 5];
const WIRE_TYPES = new Map<Type, number>([
  ["double", I64],
  ["fixed32", I32],
  ["string", LEN],
  ["bytes", LEN],
]);
const MAX_DEPTH = 100;
/** The bits of a 64-bit integer, little-endian. */
const bits64 = new DataView(new ArrayBuffer(8));
const utf8 = new TextEncoder();
const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/*
 * Idea: a plan of a type, made once, has its fields in order and by number. A writer leaves one byte
 * for a length and moves what follows it if the length needs more, so that one pass will do. A reader
 * has an end, which moves inwards for the time of a nested message or of packed values.
 *
 * Cost: O(size) both ways; one array of bytes for each message that is written.
 * Invariant: at <= end <= bytes.length in a reader, so no read leaves the part that it is in.
 */
export function encode(type: Stub.MessageType, message: Stub.Message): Uint8Array {
  // Taken away while in use: a getter of the message may call encode.
  const writer = spare ?? new Writer();
  spare = undefined;
  writer.length = 0;
  writeFields(writer, planOf(type), message);
  // A large one is not worth keeping.
  if (writer.length <= 1 << 16) spare = writer;
  return writer.bytes.slice(0, writer.length);
}

export function decode(type: Stub.MessageType, bytes: Uint8Array): Stub.Message {
  const plan = planOf(type);
  const [reader, message] = [new Reader(bytes), createMessage(plan)];
  while (reader.at < reader.end) readRecord(reader, plan, message);
  return message;
}

class Writer {
  bytes = new Uint8Array(256);
  view = new DataView(this.bytes.buffer);
  length = 0;

  /** Makes room for `count` bytes; returns where. */
  pass(count: number): number {
    const start = this.length;
    this.length = start + count;
    if (this.length > this.bytes.length) {
      const larger = new Uint8Array(2 * this.length);
      larger.set(this.bytes);
      this.bytes = larger;
      this.view = new DataView(larger.buffer);
    }
    return start;
  }

  /** 64 bits, as two unsigned words. */
  varint(low: number, high = 0): void {
    let at = this.pass(10);
    const bytes = this.bytes;
    let rest = low;
    for (let above = high; above > 0; above >>>= 7) {
      bytes[at++] = rest | 128;
      rest = ((rest >>> 7) | (above << 25)) >>> 0;
    }
    for (; rest > 127; rest >>>= 7) bytes[at++] = rest | 128;
    bytes[at++] = rest;
    this.length = at;
  }

  /** Puts the length of all from `start` on before it, where one byte is free. */
  close(start: number): void {
    const end = this.length;
    const size = end - start;
    if (size > 127) {
      const more = Math.floor((31 - Math.clz32(size)) / 7);
      this.pass(more);
      this.bytes.copyWithin(start + more, start, end);
    }
    this.length = start - 1;
    this.varint(size);
    this.length += size;
  }
}
let spare: Writer | undefined;

class Reader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at = 0;
  end: number;
  /** The upper word of the varint that was read last. */
  high = 0;
  /** How many messages the reader is in. */
  depth = 1;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.end = bytes.length;
  }

  /** Moves on by `count` bytes; returns where they start. */
  pass(count: number): number {
    const start = this.at;
    if (count > this.end - start) throw new DecodeError("the bytes end too early");
    this.at = start + count;
    return start;
  }

  /** Returns the lower word of a varint; both are unsigned. */
  varint(): number {
    const first = this.bytes[this.at]!;
    if (first < 128 && this.at < this.end) {
      // Most tags and lengths, and small numbers.
      this.at += 1;
      this.high = 0;
      return first;
    }
    let low = 0;
    let high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.bytes[this.pass(1)]!;
      const bits = byte & 127;
      if (shift < 32) low |= bits << shift;
      // A shift counts modulo 32, and what it moves out at the top is beyond the 64 bits.
      if (shift > 28) high |= bits << shift;
      else if (shift === 28) high = bits >>> 4;
      if (byte > 127) continue;
      this.high = high >>> 0;
      return low >>> 0;
    }
    throw new DecodeError("a varint has more than ten bytes");
  }

  /** Moves on by a length and as many bytes; returns where those start. */
  passBlock(): number {
    const low = this.varint();
    return this.pass(low + this.high * 2 ** 32);
  }

  /** Calls `read` until it has come to the end of a block. */
  eachIn(read: () => void): void {
    const start = this.passBlock();
    const outer = this.end;
    this.end = this.at;
    this.at = start;
    while (this.at < this.end) read();
    this.end = outer;
  }

  skip(wireType: number): void {
    if (wireType === VARINT) this.varint();
    else if (wireType === I64) this.pass(8);
    else if (wireType === LEN) this.passBlock();
    else if (wireType === I32) this.pass(4);
    else throw new DecodeError(`wire type ${wireType} is not in use`);
  }
}

function zeroOf(type: Type): unknown {
  if (typeof type !== "string") return undefined;
  if (type === "bool") return false;
  if (type === "string") return "";
  if (type === "bytes") return new Uint8Array();
  return type.endsWith("64") ? 0n : 0;
}

function isOmitted(value: unknown, { type, zero }: PlannedField): boolean {
  if (type === "bytes") return value instanceof Uint8Array && value.length === 0;
  return typeof type === "string" ? Object.is(value, zero) : value === null;
}

function requireSame<Value>(value: Value, wrapped: Value): Value {
  if (value !== wrapped) throw new RangeError(`${String(value)} is no integer in range`);
  return value;
}

function writeScalar(writer: Writer, type: Type, value: unknown): void {
  if (typeof value === "number") {
    if (type === "uint32") writer.varint(requireSame(value, value >>> 0));
    else if (type === "double") writer.view.setFloat64(writer.pass(8), value, true);
    else if (type === "int32") {
      writer.varint(requireSame(value, value | 0) >>> 0, value < 0 ? 0xffff_ffff : 0);
    } else if (type === "sint32") {
      writer.varint(((requireSame(value, value | 0) << 1) ^ (value >> 31)) >>> 0);
    } else if (type === "fixed32") {
      writer.view.setUint32(writer.pass(4), requireSame(value, value >>> 0), true);
    } else throw new TypeError(`a number given for ${JSON.stringify(type)}`);
  } else if (typeof value === "bigint" && (type === "int64" || type === "uint64")) {
    const wrap = type === "int64" ? BigInt.asIntN : BigInt.asUintN;
    bits64.setBigInt64(0, requireSame(value, wrap(64, value)), true);
    writer.varint(bits64.getUint32(0, true), bits64.getUint32(4, true));
  } else if (typeof value === "boolean" && type === "bool") writer.varint(value ? 1 : 0);
  else if (typeof value === "string" && type === "string") writeText(writer, value);
  else if (value instanceof Uint8Array && type === "bytes") {
    writer.varint(value.length);
    const start = writer.pass(value.length);
    writer.bytes.set(value, start);
  } else throw new TypeError(`a ${typeof value} given for ${JSON.stringify(type)}`);
}

function readScalar(reader: Reader, type: Type): unknown {
  switch (type) {
    case "uint32":
      return reader.varint();
    case "int32":
      return reader.varint() | 0;
    case "sint32": {
      const zigzag = reader.varint();
      return (zigzag >>> 1) ^ -(zigzag & 1);
    }
    case "fixed32":
      return reader.view.getUint32(reader.pass(4), true);
    case "double":
      return reader.view.getFloat64(reader.pass(8), true);
    case "bool":
      return (reader.varint() | reader.high) !== 0;
    case "string":
      return readText(reader);
    case "bytes":
      return reader.bytes.slice(reader.passBlock(), reader.at);
    default:
      bits64.setUint32(0, reader.varint(), true);
      bits64.setUint32(4, reader.high, true);
      return type === "int64" ? bits64.getBigInt64(0, true) : bits64.getBigUint64(0, true);
  }
}

function writeText(writer: Writer, text: string): void {
  const start = writer.pass(1 + 3 * text.length) + 1;
  let size = 0;
  while (size < text.length && text.charCodeAt(size) < 128) {
    writer.bytes[start + size] = text.charCodeAt(size);
    size += 1;
  }
  if (size < text.length) {
    if (/\p{Surrogate}/u.test(text)) throw new RangeError("a string has an unpaired surrogate");
    size = utf8.encodeInto(text, writer.bytes.subarray(start)).written;
  }
  writer.length = start + size;
  writer.close(start);
}

function readText(reader: Reader): string {
  const start = reader.passBlock();
  const { bytes, at } = reader;
  return asciiIn(bytes, start, at) ?? decodeUtf8(bytes.subarray(start, at));
}

/** A short text; a decoder costs more to call than that. */
function asciiIn(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (end - start > 48) return undefined;
  let text = "";
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at]!;
    if (byte > 127) return undefined;
    text += String.fromCharCode(byte);
  }
  return text;
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    throw new DecodeError("a string is not valid UTF-8");
  }
}

interface PlannedField extends Required<Stub.Field> {
  readonly wireType: number;
  readonly zero: unknown;
}
interface Plan {
  readonly fields: readonly PlannedField[];
  readonly byNumber: ReadonlyMap<number, PlannedField>;
  /** Has every field as an own property, so that one may be called "__proto__". */
  readonly blank: Stub.Message;
}
const plans = new WeakMap<Stub.MessageType, Plan>();

function planOf(type: Stub.MessageType): Plan {
  const known = plans.get(type);
  if (known !== undefined) return known;
  const fields = type.fields.map(({ name, number, type, repeated = false }) => {
    return {
      name,
      number,
      type,
      repeated,
      wireType: typeof type === "string" ? (WIRE_TYPES.get(type) ?? VARINT) : LEN,
      zero: zeroOf(type),
    };
  });
  const plan = {
    fields: fields.sort((a, b) => a.number - b.number),
    byNumber: new Map(fields.map((field) => [field.number, field])),
    blank: Object.fromEntries(fields.map(({ name, zero }) => [name, zero])),
  };
  plans.set(type, plan);
  return plan;
}

function createMessage({ fields, blank }: Plan): Stub.Message {
  const message = { ...blank };
  for (const { name, repeated } of fields) if (repeated) message[name] = [];
  return message;
}

function writeFields(writer: Writer, { fields }: Plan, message: Stub.Message): void {
  for (const field of fields) {
    const value = message[field.name];
    if (value === undefined || !Object.hasOwn(message, field.name)) continue;
    if (field.repeated) writeList(writer, field, value);
    else if (!isOmitted(value, field)) writeRecord(writer, field, value);
  }
}

function writeList(writer: Writer, field: PlannedField, values: unknown): void {
  if (!Array.isArray(values)) throw new TypeError("expected an array");
  if (field.wireType === LEN) {
    for (const value of values) writeRecord(writer, field, value);
  } else if (values.length > 0) {
    writer.varint(field.number * 8 + LEN);
    const start = writer.pass(1) + 1;
    for (const value of values) writeScalar(writer, field.type, value);
    writer.close(start);
  }
}

function writeRecord(
  writer: Writer,
  { number, type, wireType }: PlannedField,
  value: unknown,
): void {
  writer.varint(number * 8 + wireType);
  if (typeof type === "string") return writeScalar(writer, type, value);
  if (typeof value !== "object" || value === null) throw new TypeError("expected a message");
  const start = writer.pass(1) + 1;
  writeFields(writer, planOf(type), value as Stub.Message);
  writer.close(start);
}

function readRecord(reader: Reader, { byNumber }: Plan, message: Stub.Message): void {
  const tag = reader.varint();
  if (reader.high > 0 || tag < 8) throw new DecodeError("a tag is out of range");
  const field = byNumber.get(tag >>> 3);
  const wireType = tag & 7;
  if (field === undefined) return reader.skip(wireType);
  const { name, type, repeated } = field;
  if (wireType === field.wireType) {
    if (repeated) (message[name] as unknown[]).push(readValue(reader, type, undefined));
    else message[name] = readValue(reader, type, message[name]);
  } else if (repeated && wireType === LEN) {
    const list = message[name] as unknown[];
    reader.eachIn(() => list.push(readScalar(reader, type)));
  } else reader.skip(wireType);
}

/** A message is read into the one that an earlier record of the field held: that merges them. */
function readValue(reader: Reader, type: Type, known: unknown): unknown {
  if (typeof type === "string") return readScalar(reader, type);
  if (reader.depth === MAX_DEPTH) throw new DecodeError("messages are nested too deep");
  const plan = planOf(type);
  const message = (known as Stub.Message | undefined) ?? createMessage(plan);
  reader.depth += 1;
  reader.eachIn(() => readRecord(reader, plan, message));
  reader.depth -= 1;
  return message;
}
