/** @design Hash modulo n over the sorted list, and again with another seed while that one is down. */
import type { Hash32, IpHashOptions } from "../../../../katas/load-balancing/ip-hash/stub.ts";

const TRIES = 32;

export class IpHash {
  readonly #hash: Hash32;
  readonly #ids: readonly string[];
  readonly #down = new Set<string>();

  constructor({ backends, hash }: IpHashOptions) {
    const ids = [...new Set(backends)].sort((a, b) => (a < b ? -1 : 1));
    if (ids.length === 0 || ids.length < backends.length || ids[0] === "") {
      throw new TypeError("bad list of backends");
    }
    this.#ids = ids;
    this.#hash = hash;
  }

  pick(clientIp: string): string | undefined {
    const client = read(clientIp);
    if (this.#down.size === this.#ids.length) return undefined;
    let at = 0;
    for (let seed = 0; seed < TRIES; seed += 1) {
      at = this.#hash(client, seed) % this.#ids.length;
      if (!this.#down.has(this.#ids[at]!)) return this.#ids[at];
    }
    // Nearly all are down: walk on from where the client's last probe fell.
    while (this.#down.has(this.#ids[at]!)) at = (at + 1) % this.#ids.length;
    return this.#ids[at];
  }

  setUp(id: string, up: boolean): boolean {
    if (!this.#ids.includes(id) || up === !this.#down.has(id)) return false;
    if (up) this.#down.delete(id);
    else this.#down.add(id);
    return true;
  }
}

/** One text for each address: IPv4 as it is, 32 hexadecimal digits for IPv6. */
function read(text: string): string {
  if (!text.includes(":")) return readIpv4(text).join(".");
  const bytes = readIpv6(text);
  const isMapped = bytes.slice(0, 12).every((byte, i) => byte === (i < 10 ? 0 : 255));
  if (isMapped) return bytes.slice(12).join(".");
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function readIpv4(text: string): number[] {
  const parts = text.split(".");
  const bytes = parts.map((part) => (/^(0|[1-9]\d{0,2})$/.test(part) ? Number(part) : 256));
  if (bytes.length !== 4 || bytes.some((byte) => byte > 255)) throw new TypeError("bad IPv4");
  return bytes;
}

function readIpv6(text: string): number[] {
  const halves = text.split("::");
  if (halves.length > 2) throw new TypeError("bad IPv6");
  const [head = [], tail = []] = halves.map((half, i) => readHalf(half, i === halves.length - 1));
  const gap = 16 - head.length - tail.length;
  if (halves.length === 2 ? gap < 2 : gap !== 0) throw new TypeError("bad IPv6");
  return [...head, ...Array<number>(gap).fill(0), ...tail];
}

function readHalf(half: string, isLast: boolean): number[] {
  if (half === "") return [];
  const parts = half.split(":");
  return parts.flatMap((part, i) => {
    if (isLast && i === parts.length - 1 && part.includes(".")) return readIpv4(part);
    if (!/^[0-9a-fA-F]{1,4}$/.test(part)) throw new TypeError("bad IPv6");
    const group = Number.parseInt(part, 16);
    return [group >> 8, group & 255];
  });
}
