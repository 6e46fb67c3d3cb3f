/** @design Each client shuffles the sorted backends by a seed of its own, up to the first that is up. */
import type { IpHashOptions } from "../../../../katas/load-balancing/ip-hash/stub.ts";

export class IpHash {
  readonly #ids: string[];
  readonly #down = new Set<string>();

  constructor({ backends }: IpHashOptions) {
    if (backends.length === 0) throw new TypeError("no backends");
    for (const id of backends) if (id === "") throw new TypeError("empty id");
    this.#ids = [...new Set(backends)].sort((a, b) => (a < b ? -1 : 1));
    if (this.#ids.length < backends.length) throw new TypeError("repeated id");
  }

  pick(clientIp: string): string | undefined {
    let state = 0x9e3779b9;
    for (const word of words(clientIp)) state = scramble(state ^ word) + 0x9e3779b9;
    const order = [...this.#ids];
    for (let first = 0; first < order.length; first += 1) {
      state = scramble(state + 0x6d2b79f5);
      const at = first + ((state >>> 0) % (order.length - first));
      const id = order[at]!;
      if (!this.#down.has(id)) return id;
      order[at] = order[first]!;
    }
    return undefined;
  }

  setUp(id: string, up: boolean): boolean {
    if (!this.#ids.includes(id) || this.#down.has(id) !== up) return false;
    if (up) this.#down.delete(id);
    else this.#down.add(id);
    return true;
  }
}

const LIST = String.raw`(?:[\da-f]{1,4}:)*[\da-f]{1,4}`;
const GROUPS = new RegExp(`^(${LIST})?(?:(::)(${LIST})?)?$`, "i");

function scramble(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  return mixed ^ (mixed >>> 15);
}

/** Four words of 32 bits; of an IPv4 address, those of the IPv6 address that it is mapped to. */
function words(text: string): number[] {
  if (!text.includes(":")) return [0, 0, 0xffff, ipv4(text)];
  const at = text.lastIndexOf(":") + 1;
  let hex = text;
  if (text.includes(".")) {
    const tail = ipv4(text.slice(at)) >>> 0;
    hex = `${text.slice(0, at)}${(tail >>> 16).toString(16)}:${(tail & 0xffff).toString(16)}`;
  }
  const match = GROUPS.exec(hex);
  if (match === null) throw new TypeError("bad IPv6");
  const [head, tail] = [match[1]?.split(":") ?? [], match[3]?.split(":") ?? []];
  const gap = 8 - head.length - tail.length;
  if (match[2] === undefined ? gap !== 0 : gap < 1) throw new TypeError("bad IPv6");
  const groups = [...head, ...Array<string>(gap).fill("0"), ...tail];
  const group = (i: number): number => Number.parseInt(groups[i]!, 16);
  return [0, 2, 4, 6].map((i) => (group(i) << 16) | group(i + 1));
}

function ipv4(text: string): number {
  const parts = text.split(".");
  if (parts.length !== 4) throw new TypeError("bad IPv4");
  return parts.reduce((address, part) => {
    const octet = Number(part);
    if (String(octet) !== part || octet > 255 || octet < 0 || !Number.isInteger(octet)) {
      throw new TypeError("bad IPv4");
    }
    return (address << 8) | octet;
  }, 0);
}
