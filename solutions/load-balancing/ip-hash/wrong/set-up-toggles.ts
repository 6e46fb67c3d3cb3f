/**
 * @bug Turns the state round, whatever is asked for.
 * @killedBy up-and-down
 */
import type { Hash32, IpHashOptions } from "../../../../katas/load-balancing/ip-hash/stub.ts";

interface Backend {
  readonly id: string;
  readonly salt: number;
  isUp: boolean;
}

const OCTET = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;
const IPV4 = new RegExp(String.raw`^${OCTET}(?:\.${OCTET}){3}$`);
const GROUPS = String.raw`(?:[\da-f]{1,4}:)*[\da-f]{1,4}`;
const IPV6 = new RegExp(`^(${GROUPS})?(?:(::)(${GROUPS})?)?$`, "i");

export class IpHash {
  readonly #hash: Hash32;
  readonly #backends: readonly Backend[];
  #up: readonly Backend[];

  constructor({ backends, hash }: IpHashOptions) {
    const isSound = backends.length > 0 && backends.every((id) => id !== "");
    if (!isSound || new Set(backends).size < backends.length) {
      throw new TypeError("backends must be a list of distinct ids that are not empty");
    }
    this.#hash = hash;
    this.#backends = backends
      .map((id) => ({ id, salt: hash(id, 1), isUp: true }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    this.#up = this.#backends;
  }

  pick(clientIp: string): string | undefined {
    const client = this.#hash(canonical(clientIp), 0);
    let chosen: Backend | undefined;
    let highest = -1;
    for (const backend of this.#up) {
      const weight = mix(client ^ backend.salt);
      if (weight > highest) {
        highest = weight;
        chosen = backend;
      }
    }
    return chosen?.id;
  }

  setUp(id: string, up: boolean): boolean {
    const backend = this.#backends.find((each) => each.id === id);
    if (backend === undefined) return false;
    backend.isUp = !backend.isUp;
    this.#up = this.#backends.filter(({ isUp }) => isUp);
    return true;
  }
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function canonical(address: string): string {
  if (IPV4.test(address)) return address;
  const groups = parseIpv6(address);
  if (groups === undefined) throw new TypeError(`not an address: ${address}`);
  const isMapped = groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0);
  if (!isMapped) return groups.join(":");
  const [high, low] = [groups[6]!, groups[7]!];
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

function parseIpv6(address: string): number[] | undefined {
  const match = IPV6.exec(withHexTail(address));
  if (match === null) return undefined;
  const [, before, gap, after] = match;
  const head = parseGroups(before);
  const tail = parseGroups(after);
  const missing = 8 - head.length - tail.length;
  if (gap === undefined ? missing !== 0 : missing < 1) return undefined;
  return [...head, ...Array<number>(missing).fill(0), ...tail];
}

function withHexTail(address: string): string {
  const at = address.lastIndexOf(":") + 1;
  const tail = address.slice(at);
  if (!IPV4.test(tail)) return address;
  const [a = 0, b = 0, c = 0, d = 0] = tail.split(".").map(Number);
  return `${address.slice(0, at)}${(256 * a + b).toString(16)}:${(256 * c + d).toString(16)}`;
}

function parseGroups(text = ""): number[] {
  return text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));
}
