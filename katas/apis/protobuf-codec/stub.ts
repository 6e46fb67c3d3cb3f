/** What a field holds when it is no message. The comment is the JavaScript value of one element. */
export type ScalarType =
  | "int32" // number, an integer in [-2^31, 2^31)
  | "sint32" // the same values, written with ZigZag
  | "uint32" // number, an integer in [0, 2^32)
  | "fixed32" // the same values, written in four bytes
  | "int64" // bigint in [-2^63, 2^63)
  | "uint64" // bigint in [0, 2^64)
  | "bool" // boolean
  | "double" // number, any
  | "string" // string of well-formed Unicode
  | "bytes"; // Uint8Array

export interface Field {
  /** Name of the property in a message: any string, unique in its type. */
  readonly name: string;
  /** Number on the wire: an integer in [1, 2^29), unique in its type. */
  readonly number: number;
  readonly type: ScalarType | MessageType;
  /** True: the property is an array of such values. */
  readonly repeated?: boolean;
}

/** The fields of a message, in any order. A field may be of the type itself. */
export interface MessageType {
  readonly fields: readonly Field[];
}

/** Values by the names of their fields. Only own properties count. */
export type Message = Record<string, unknown>;

/** The bytes are not a message. Its `name` is "DecodeError". */
export class DecodeError extends Error {
  override readonly name = "DecodeError";
}

/**
 * The message as bytes: a new array of exactly their length. O(size of the message).
 * @throws TypeError when a value is not of the JavaScript type of its field.
 * @throws RangeError when a number is out of range or no integer where it must be one, and when a
 *   string is not well-formed.
 */
export function encode(type: MessageType, message: Message): Uint8Array {
  throw new Error("unimplemented: encode");
}

/**
 * A new message with a property for every declared field. O(number of bytes).
 * @throws DecodeError when the bytes are not a message.
 */
export function decode(type: MessageType, bytes: Uint8Array): Message {
  throw new Error("unimplemented: decode");
}
