/** What `protobuf-codec` is compared with: the wire format in bigint arithmetic, record by record. */
import type * as Stub from "../../katas/apis/protobuf-codec/stub.ts";

type Bytes = readonly number[];
type Type = Stub.Field["type"];
type Value = Readonly<Record<string, unknown>>;

export const hex = (bytes: Iterable<number>): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");

const lists = (value: unknown): readonly unknown[] => value as readonly unknown[];
const own = (message: Value, name: string): unknown =>
  Object.hasOwn(message, name) ? message[name] : undefined;
const littleEndian = (value: bigint, length: number): number[] =>
  Array.from({ length }, (_, i) => Number((value >> BigInt(8 * i)) & 255n));

/** The wire type of one value. */
export function wireTypeOf(type: Type): number {
  if (type === "double") return 1;
  if (type === "fixed32") return 5;
  return typeof type !== "string" || type === "string" || type === "bytes" ? 2 : 0;
}

/** The wire type of what is written for a field. */
export const writtenAs = (field: Stub.Field): number =>
  field.repeated === true ? 2 : wireTypeOf(field.type);

/** At least `length` bytes; `above` are the bits that a tenth byte has beyond 64. */
export function varint(value: bigint, length = 1, above = 0): number[] {
  const bits = BigInt.asUintN(64, value);
  const groups = Array.from({ length: 10 }, (_, i) => Number((bits >> BigInt(7 * i)) & 127n));
  groups[9]! |= above << 1;
  while (groups.length < length) groups.push(0);
  while (groups.length > length && groups.at(-1) === 0) groups.pop();
  return groups.map((group, i) => (i + 1 < groups.length ? group | 128 : group));
}

const block = (content: Bytes): number[] => [...varint(BigInt(content.length)), ...content];
export const tag = (number: number, wireType: number, length = 1): number[] =>
  varint((BigInt(number) << 3n) | BigInt(wireType), length);

function payload(type: Type, value: unknown, how: Spelling): number[] {
  if (typeof type !== "string") return block(write(type, value as Value, how));
  if (type === "string") return block([...new TextEncoder().encode(value as string)]);
  if (type === "bytes") return block([...(value as Uint8Array)]);
  if (type === "fixed32") return littleEndian(BigInt(value as number), 4);
  if (type === "double") {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value as number);
    return littleEndian(view.getBigUint64(0), 8);
  }
  const integer = BigInt(value as number | bigint | boolean);
  if (type === "sint32") return varint(integer < 0n ? -2n * integer - 1n : 2n * integer);
  return varint(integer);
}

/** The ways to write a message that a reader has to understand. */
export interface Spelling {
  /** Whether singular zeros have records. */
  readonly zeros?: boolean;
  /** How numeric lists are cut, in turn: so many packed together, or one as it is for 0. */
  readonly cuts?: readonly number[];
  /** Which record comes next; those of one field stay in order. */
  readonly order?: "ascending" | "descending" | "in turns";
}

function records({ number, type, repeated }: Stub.Field, value: unknown, how: Spelling): Bytes[] {
  const wireType = wireTypeOf(type);
  const single = (one: unknown): number[] => [...tag(number, wireType), ...payload(type, one, how)];
  if (repeated !== true) {
    if (typeof type !== "string")
      return value === undefined || value === null ? [] : [single(value)];
    const given = value ?? zero(type);
    return isZero(given) && how.zeros !== true ? [] : [single(given)];
  }
  const all = lists(value ?? []);
  if (wireType === 2) return all.map(single);
  const { cuts = [all.length] } = how;
  const parts: Bytes[] = [];
  for (let at = 0, turn = 0; at < all.length; turn += 1) {
    const cut = cuts[turn % cuts.length]!;
    const part = all.slice(at, at + Math.max(1, cut));
    const packed = block(part.flatMap((one) => payload(type, one, how)));
    parts.push(cut === 0 ? single(all[at]) : [...tag(number, 2), ...packed]);
    at += part.length;
  }
  return parts;
}

export function write({ fields }: Stub.MessageType, message: Value, how: Spelling = {}): number[] {
  const ascending = [...fields].sort((a, b) => a.number - b.number);
  const written = ascending.map((field) => records(field, own(message, field.name), how));
  if (how.order === "descending") written.reverse();
  if (how.order !== "in turns") return written.flat(2);
  const turns = Math.max(0, ...written.map(({ length }) => length));
  return Array.from({ length: turns }, (_, i) => written.flatMap((all) => all[i] ?? [])).flat();
}

export function zero(type: Type): unknown {
  if (type === "bool") return false;
  if (type === "string") return "";
  if (type === "bytes") return new Uint8Array();
  if (typeof type !== "string") return undefined;
  return type.endsWith("64") ? 0n : 0;
}
const isZero = (value: unknown): boolean =>
  value instanceof Uint8Array
    ? value.length === 0
    : value === 0n || value === false || value === "" || Object.is(value, 0);

/** The declared fields alone, with zeros for what is missing, and a sign for -0. */
export function view({ fields }: Stub.MessageType, message: unknown): unknown {
  if (typeof message !== "object" || message === null) return message;
  const look = (type: Type, value: unknown): unknown => {
    if (typeof type !== "string") return view(type, value);
    return Object.is(value, -0) ? "-0" : value;
  };
  const entries = fields.flatMap(({ name, type, repeated }): [string, unknown][] => {
    const value = own(message as Value, name) ?? (repeated === true ? [] : zero(type));
    if (value === undefined) return [];
    const seen =
      repeated === true && Array.isArray(value)
        ? Array.from(value, (one) => look(type, one))
        : look(type, value);
    return [[name, seen]];
  });
  return Object.fromEntries(entries);
}

/** As `view`, of what was decoded: only a single message may be missing, at any depth. */
export function viewDecoded(type: Stub.MessageType, message: Stub.Message): unknown {
  const missing = missingIn(type, message);
  return missing === undefined ? view(type, message) : `no property ${missing}`;
}

function missingIn({ fields }: Stub.MessageType, message: Value): string | undefined {
  for (const { name, type, repeated } of fields) {
    const value = own(message, name) ?? undefined;
    const isSingle = typeof type !== "string" && repeated !== true;
    if (value === undefined && !isSingle) return name;
    if (typeof type === "string") continue;
    const within = repeated === true && Array.isArray(value) ? value : [value];
    for (const one of within as readonly unknown[]) {
      const missing = isValue(one) ? missingIn(type, one) : undefined;
      if (missing !== undefined) return `${name}.${missing}`;
    }
  }
  return undefined;
}

const isValue = (one: unknown): one is Value => typeof one === "object" && one !== null;

/** Two messages, of which the later one is written with its zeros or without. */
export function merge({ fields }: Stub.MessageType, a: Value, b: Value, zeros: boolean): Value {
  const entries = fields.map(({ name, type, repeated }): [string, unknown] => {
    const [first, second] = [own(a, name), own(b, name)];
    if (repeated === true) return [name, [...lists(first ?? []), ...lists(second ?? [])]];
    if (typeof type === "string") {
      const later = second ?? zero(type);
      return [name, isZero(later) && !zeros ? first : later];
    }
    if (first === undefined || second === undefined) return [name, first ?? second];
    return [name, merge(type, first as Value, second as Value, zeros)];
  });
  return Object.fromEntries(entries);
}

/** What a reader that knows the type `older` sees of a message. */
export function project(older: Stub.MessageType, newer: Stub.MessageType, message: Value): Value {
  const entries = older.fields.map(({ name, number, type, repeated }): [string, unknown] => {
    const origin = newer.fields.find((field) => field.number === number);
    if (origin === undefined || (repeated ?? false) !== (origin.repeated ?? false))
      return [name, undefined];
    const value = own(message, origin.name);
    if (typeof type === "string") return [name, type === origin.type ? value : undefined];
    if (typeof origin.type === "string" || value === undefined) return [name, undefined];
    const inner = (one: unknown): Value =>
      project(type, origin.type as Stub.MessageType, one as Value);
    return [name, repeated === true ? lists(value).map(inner) : inner(value)];
  });
  return Object.fromEntries(entries);
}

class Malformed extends Error {}

/** What bytes mean: a message, or none; a lenient and a strict reader may differ where it is free. */
export function read(type: Stub.MessageType, bytes: Bytes): { message?: Value; isFree: boolean } {
  let isFree = false;
  const cut = (from: Bytes, length: bigint): Bytes => {
    if (length > from.length) throw new Malformed();
    return from.slice(0, Number(length));
  };
  /** The value of a varint and how many bytes it has. */
  const number = (from: Bytes): [bigint, number] => {
    const last = from.findIndex((byte) => byte < 128);
    if (last === -1 || last > 9) throw new Malformed();
    const groups = from.slice(0, last + 1).map((byte, i) => BigInt(byte & 127) << BigInt(7 * i));
    return [
      BigInt.asUintN(
        64,
        groups.reduce((sum, group) => sum + group),
      ),
      last + 1,
    ];
  };
  const short = (from: Bytes): [bigint, number] => {
    const [value, size] = number(from);
    isFree ||= size > 5;
    return [value, size];
  };
  /** The content of a value, and how many bytes it takes with its length. */
  const content = (from: Bytes, wireType: number): [Bytes, number] => {
    if (wireType === 0) return [from.slice(0, number(from)[1]), number(from)[1]];
    if (wireType === 1) return [cut(from, 8n), 8];
    if (wireType === 5) return [cut(from, 4n), 4];
    if (wireType !== 2) throw new Malformed();
    const [length, size] = short(from);
    return [cut(from.slice(size), length), size + Number(length)];
  };
  const scalar = (type: Stub.ScalarType, from: Bytes): unknown => {
    if (type === "bytes") return Uint8Array.from(from);
    if (type === "double") return new DataView(Uint8Array.from(from).buffer).getFloat64(0, true);
    if (type === "fixed32") return new DataView(Uint8Array.from(from).buffer).getUint32(0, true);
    if (type === "string") {
      const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
      try {
        return utf8.decode(Uint8Array.from(from));
      } catch {
        throw new Malformed();
      }
    }
    return integerOf(type, number(from)[0]);
  };
  const message = (
    { fields }: Stub.MessageType,
    from: Bytes,
    into: Value,
    level: number,
  ): Value => {
    if (level > 105) throw new Malformed();
    isFree ||= level >= 95;
    let [seen, rest] = [{ ...into }, from];
    const keep = (name: string, value: unknown): void => {
      seen = Object.fromEntries([
        ...Object.entries(seen).filter(([key]) => key !== name),
        [name, value],
      ]);
    };
    while (rest.length > 0) {
      const [key, size] = short(rest);
      if (key >= 2n ** 32n || key < 8n) throw new Malformed();
      const [inside, used] = content(rest.slice(size), Number(key & 7n));
      rest = rest.slice(size + used);
      const field = fields.find((one) => one.number === Number(key >> 3n));
      if (field === undefined) continue;
      const { name, type, repeated } = field;
      const known = own(seen, name);
      const all = lists(known ?? []);
      if (Number(key & 7n) === wireTypeOf(type)) {
        const start = repeated === true ? {} : ((known ?? {}) as Value);
        const value =
          typeof type === "string" ? scalar(type, inside) : message(type, inside, start, level + 1);
        keep(name, repeated === true ? [...all, value] : value);
      } else if (repeated === true && Number(key & 7n) === 2) {
        const values: unknown[] = [];
        for (let left = inside; left.length > 0;) {
          const [one, taken] = content(left, wireTypeOf(type));
          values.push(scalar(type as Stub.ScalarType, one));
          left = left.slice(taken);
        }
        keep(name, [...all, ...values]);
      }
    }
    return seen;
  };
  try {
    return { message: message(type, bytes, {}, 1), isFree };
  } catch (error) {
    if (error instanceof Malformed) return { isFree: false };
    throw error;
  }
}

/** The value that the 64 bits of a varint stand for. */
export function integerOf(type: Stub.ScalarType, bits: bigint): unknown {
  const low = BigInt.asUintN(32, bits);
  if (type === "bool") return bits !== 0n;
  if (type === "uint64") return bits;
  if (type === "int64") return BigInt.asIntN(64, bits);
  if (type === "uint32") return Number(low);
  if (type === "int32") return Number(BigInt.asIntN(32, bits));
  return Number(low % 2n === 0n ? low / 2n : -(low + 1n) / 2n);
}
