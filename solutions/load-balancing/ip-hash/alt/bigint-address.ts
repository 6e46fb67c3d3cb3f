/** @design The address as a bigint, hashed as text; the best score of a scan wins, health in a map. */
import type { Hash32, IpHashOptions } from "../../../../katas/load-balancing/ip-hash/stub.ts";

const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

export class IpHash {
  readonly #hash: Hash32;
  readonly #salts: ReadonlyMap<string, number>;
  readonly #isUp: Map<string, boolean>;

  constructor({ backends, hash }: IpHashOptions) {
    const ids = [...backends].sort((a, b) => (a < b ? -1 : 1));
    if (ids.length === 0 || ids[0] === "") throw new TypeError("bad list of backends");
    this.#hash = hash;
    this.#salts = new Map(ids.map((id) => [id, hash(id, 7)]));
    this.#isUp = new Map(ids.map((id) => [id, true]));
    if (this.#salts.size < ids.length) throw new TypeError("a backend is repeated");
  }

  pick(clientIp: string): string | undefined {
    const client = this.#hash(parse(clientIp).toString(16), 3);
    let best: string | undefined;
    let most = -1;
    for (const [id, salt] of this.#salts) {
      const score = scramble(client ^ salt);
      if (score <= most || this.#isUp.get(id) !== true) continue;
      most = score;
      best = id;
    }
    return best;
  }

  setUp(id: string, up: boolean): boolean {
    if (!this.#isUp.has(id) || this.#isUp.get(id) === up) return false;
    this.#isUp.set(id, up);
    return true;
  }
}

function scramble(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 15), 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca77);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}

/** 128 bits; an IPv4 address as the IPv6 address that it is mapped to. */
function parse(text: string): bigint {
  if (!text.includes(":")) return (0xffffn << 32n) | parseIpv4(text);
  const at = text.lastIndexOf(":") + 1;
  if (!text.includes(".")) return parseGroups(text);
  const end = parseIpv4(text.slice(at)).toString(16).padStart(8, "0");
  return parseGroups(`${text.slice(0, at)}${end.slice(0, 4)}:${end.slice(4)}`);
}

function parseIpv4(text: string): bigint {
  const match = IPV4.exec(text);
  if (match === null) throw new TypeError(`bad IPv4: ${text}`);
  return match.slice(1).reduce((address, part) => {
    const octet = BigInt(part);
    if (octet > 255n || String(octet) !== part) throw new TypeError(`bad IPv4: ${text}`);
    return (address << 8n) | octet;
  }, 0n);
}

function parseGroups(text: string): bigint {
  const halves = text.split("::");
  const [head = [], tail = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - head.length - tail.length;
  const fits = halves.length === 1 ? missing === 0 : halves.length === 2 && missing > 0;
  if (!fits) throw new TypeError(`bad IPv6: ${text}`);
  const groups = [...head, ...Array<string>(missing).fill("0"), ...tail];
  return groups.reduce((address, group) => {
    if (!/^[\da-f]{1,4}$/i.test(group)) throw new TypeError(`bad IPv6: ${text}`);
    return (address << 16n) | BigInt(`0x${group}`);
  }, 0n);
}
