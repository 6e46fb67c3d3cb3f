/** What `websocket-frames` is asked: published frames, faults of one kind each, and bad arguments. */
import fc from "fast-check";
import { type Frame, utf8 } from "./websocket-frames.model.ts";

/** RFC 6455, 5.7, and the key of 1.3. */
const HELLO = "48 65 6c 6c 6f";
const MASK = [0x37, 0xfa, 0x21, 0x3d];
export const published: readonly (readonly [Frame, string])[] = [
  [{ opcode: 1, payload: utf8("Hello") }, `81 05 ${HELLO}`],
  [{ opcode: 1, payload: utf8("Hello"), key: MASK }, "81 85 37 fa 21 3d 7f 9f 4d 51 58"],
  [{ opcode: 1, fin: false, payload: utf8("Hel") }, "01 03 48 65 6c"],
  [{ opcode: 0, payload: utf8("lo") }, "80 02 6c 6f"],
  [{ opcode: 9, payload: utf8("Hello") }, `89 05 ${HELLO}`],
  [{ opcode: 10, payload: utf8("Hello"), key: MASK }, "8a 85 37 fa 21 3d 7f 9f 4d 51 58"],
  [{ opcode: 2, payload: Array.from({ length: 256 }, () => 0) }, "82 7e 01 00"],
  [
    { opcode: 2, payload: Array.from({ length: 65_536 }, () => 0) },
    "82 7f 00 00 00 00 00 01 00 00",
  ],
];

/** What breaks rule 3, 4 or 5, as a frame, and whether a message has to be open or must not. */
interface Fault {
  readonly open?: boolean;
  readonly late?: boolean;
  readonly frame: (pick: number) => Partial<Frame> & { readonly isMaskWrong?: boolean };
}
export const code = (value: number): readonly number[] => [value >> 8, value & 255];
const badCodes = [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 2000, 2999, 5000, 65_535];
export const goodCodes = [
  1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999,
];
const at = <T>(list: readonly T[], pick: number): T => list[pick % list.length]!;
export const faults: Readonly<Record<string, Fault>> = {
  "a reserved bit": { frame: (pick) => ({ rsv: 1 + (pick % 7) }) },
  "a reserved opcode": {
    frame: (pick) => ({ opcode: at([3, 4, 5, 6, 7, 11, 12, 13, 14, 15], pick) }),
  },
  "masked when it must not be, or the reverse": { frame: () => ({ isMaskWrong: true }) },
  "a control frame in two": { frame: (pick) => ({ opcode: at([8, 9, 10], pick), fin: false }) },
  "a long control frame": {
    frame: (pick) => ({ opcode: at([8, 9, 10], pick), declared: at([126n, 127n, 65_536n], pick) }),
  },
  "nothing to continue": { open: false, frame: (pick) => ({ opcode: 0, fin: pick % 2 === 0 }) },
  "a message within a message": {
    open: true,
    frame: (pick) => ({ opcode: at([1, 2], pick), fin: pick % 3 > 0 }),
  },
  "a close frame of one byte": {
    late: true,
    frame: (pick) => ({ opcode: 8, payload: [pick % 256] }),
  },
  "a close code that nobody may send": {
    late: true,
    frame: (pick) => ({ opcode: 8, payload: [...code(at(badCodes, pick)), ...utf8("bye")] }),
  },
};

/** Pieces of UTF-8, and of what is none: RFC 3629, 3, 4 and 10. */
const pieces = [
  "61",
  "c3 a9",
  "e2 82 ac",
  "f0 9f 98 80",
  "ef bb bf",
  "ed 9f bf",
  "f4 8f bf bf",
  "00",
]
  .concat(["80", "c0 80", "c1 bf", "e0 80 80", "e0 9f bf", "ed a0 80", "ed bf bf", "f0 80 80 80"])
  .concat(["f0 8f bf bf", "f4 90 80 80", "f5 80 80 80", "ff", "c3", "e2 82", "f0 9f 98"])
  .map((piece) => piece.split(" ").map((pair) => Number.parseInt(pair, 16)));
const good = fc.constantFrom(...pieces.slice(0, 8));
export const maybeText = fc
  .tuple(
    fc.array(good, { maxLength: 4 }),
    fc.option(fc.constantFrom(...pieces)),
    fc.array(good, { maxLength: 2 }),
  )
  .map(([before, bad, after]) => [...before, bad ?? [], ...after].flat());
export const decode = (bytes: readonly number[]): string | undefined => {
  try {
    const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    return utf8.decode(Uint8Array.from(bytes));
  } catch {
    return undefined;
  }
};

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/** RFC 4648, 4, by way of a string of bits. */
export function base64(bytes: Iterable<number>): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  const groups = bits.match(/.{1,6}/g) ?? [];
  const text = groups.map((group) => BASE64[Number.parseInt(group.padEnd(6, "0"), 2)]).join("");
  return text.padEnd(4 * Math.ceil(text.length / 4), "=");
}

const A22 = "A".repeat(22);
export const badKeys = [
  "",
  A22,
  `${A22}=`,
  `${A22}===`,
  `${A22}A=`,
  `${A22}AA`,
  `A${A22}==`,
  `${A22.slice(1)}==`,
  `${A22.slice(1)}-==`,
  `${A22.slice(1)}_==`,
  `${A22.slice(1)}é==`,
  ` ${A22.slice(1)}==`,
  `${A22}==\n`,
  `${A22.slice(1)}===`,
];
const long = Array.from({ length: 126 }, () => 0);
const [ping, text] = [
  { opcode: 9, payload: [] },
  { opcode: 1, payload: [1, 2] },
];
export const badFrames: readonly Frame[] = [
  ...[8, 9, 10].map((opcode) => ({ opcode, payload: long })),
  ...[8, 9, 10].map((opcode) => ({ ...ping, opcode, fin: false })),
  ...[3, 7, 11, 15, 16, -1, 1.5, Number.NaN].map((opcode) => ({ ...text, opcode })),
  ...[0, 3, 5].map((length) => ({ ...text, key: long.slice(0, length) })),
];
