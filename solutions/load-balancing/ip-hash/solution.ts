import type { IpHashOptions } from "../../../katas/load-balancing/ip-hash/stub.ts";

interface Backend {
  readonly id: string;
  /** A hash of the id. */
  readonly salt: number;
  isUp: boolean;
}

/** Codes of characters. */
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const A = 0x61;
const F = 0x66;
const CASE_BIT = 0x20;

/*
 * Idea: the highest random weight wins. A client and a backend together hash to a number, and the
 * client goes to the backend that is up and has the largest. That gives each client an order of
 * preference over all backends; one that goes down is passed over, and nobody else moves.
 * What is hashed is the address and not its text: it is read into eight groups of 16 bits, an IPv4
 * address into those of the IPv6 address that it is mapped to.
 *
 * Cost: pick O(n) for n backends that are up, without a call of hash; setUp O(n). No table of clients.
 * Invariant: #up holds the backends that are up, in the order of their ids: the first wins a tie.
 */
export class IpHash {
  readonly #backends: readonly Backend[];
  #up: readonly Backend[];

  constructor({ backends, hash }: IpHashOptions) {
    const isSound = backends.length > 0 && backends.every((id) => id !== "");
    if (!isSound || new Set(backends).size < backends.length) {
      throw new TypeError("backends must be a list of distinct ids that are not empty");
    }
    this.#backends = backends
      .map((id) => ({ id, salt: hash(id, 1), isUp: true }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    this.#up = this.#backends;
  }

  pick(clientIp: string): string | undefined {
    const client = readAddress(clientIp).reduce((hash, group) => mix(hash ^ group), 0);
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
    if (backend === undefined || backend.isUp === up) return false;
    backend.isUp = up;
    this.#up = this.#backends.filter(({ isUp }) => isUp);
    return true;
  }
}

/** The finaliser of MurmurHash3: each bit of the input changes half of the output. */
function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** The eight groups of an address, however it is written. */
function readAddress(text: string): readonly number[] {
  if (text.includes(":")) return readIpv6(text);
  const address = readIpv4(text, 0);
  return [0, 0, 0, 0, 0, 0xffff, address >>> 16, address & 0xffff];
}

/** RFC 4291, section 2.2: eight groups; `::` stands for one or more of zero; the end may be dotted. */
function readIpv6(text: string): readonly number[] {
  const groups = [0, 0, 0, 0, 0, 0, 0, 0];
  let count = 0;
  /** How many groups stand before `::`; -1 without one. */
  let gap = text.startsWith("::") ? 0 : -1;
  let at = gap === -1 ? 0 : 2;
  while (at < text.length) {
    const colon = text.indexOf(":", at);
    const end = colon === -1 ? text.length : colon;
    if (colon === -1 && text.includes(".", at)) {
      const address = readIpv4(text, at);
      groups[count] = address >>> 16;
      groups[count + 1] = address & 0xffff;
      count += 2;
    } else {
      groups[count] = readGroup(text, at, end);
      count += 1;
    }
    at = end + 1;
    // A single colon at the end.
    if (at === text.length) throw malformed(text);
    if (text[at] === ":") {
      if (gap !== -1) throw malformed(text);
      gap = count;
      at += 1;
    }
  }
  if (gap === -1 ? count !== 8 : count > 7) throw malformed(text);
  // Without a gap all 8 are there, and nothing moves.
  const afterGap = gap + 8 - count;
  return groups.copyWithin(afterGap, gap).fill(0, gap, afterGap);
}

/** One to four hexadecimal digits. */
function readGroup(text: string, start: number, end: number): number {
  if (end === start || end > start + 4) throw malformed(text);
  let group = 0;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    const lower = code | CASE_BIT;
    if (code >= ZERO && code <= NINE) group = 16 * group + code - ZERO;
    else if (lower >= A && lower <= F) group = 16 * group + lower - A + 10;
    else throw malformed(text);
  }
  return group;
}

/** Four decimal numbers, from `start` to the end of the text, as one number. */
function readIpv4(text: string, start: number): number {
  let address = 0;
  let dots = 0;
  let octet = 0;
  let digits = 0;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const mayGoOn = digits === 0 || octet > 0;
    if (mayGoOn && code >= ZERO && code <= NINE) {
      octet = 10 * octet + code - ZERO;
      digits += 1;
      if (octet > 255) throw malformed(text);
    } else if (code === DOT && digits > 0) {
      address = 256 * address + octet;
      dots += 1;
      octet = 0;
      digits = 0;
    } else throw malformed(text);
  }
  if (dots !== 3 || digits === 0) throw malformed(text);
  return 256 * address + octet;
}

function malformed(text: string): TypeError {
  return new TypeError(`not an address: ${text}`);
}
