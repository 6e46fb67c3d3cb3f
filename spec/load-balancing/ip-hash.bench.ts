/** Budgets of `ip-hash`: picks for many clients, with few and with many backends. */
import { defineBench, inBatches } from "kata/harness";
import { SeededRandom, hash32 } from "kata/kit";
import type * as Stub from "../../katas/load-balancing/ip-hash/stub.ts";

const CLIENTS = 20_000;
const random = new SeededRandom(1);
const group = (): string => random.below(0x10000).toString(16);
const list = (make: () => string): string[] => Array.from({ length: CLIENTS }, make);
const octets = (): number[] => Array.from({ length: 4 }, () => random.below(256));
const ipv4 = list(() => octets().join("."));
const ipv6 = list(() => `2001:db8:${group()}::${group()}:${group()}`);
const backends = Array.from({ length: 200 }, (_, i) => `backend-${i}`);

function build({ IpHash }: typeof Stub, count: number): Stub.IpHash {
  return new IpHash({ backends: backends.slice(0, count), hash: hash32 });
}

export const bench = defineBench<typeof Stub>("ip-hash", {
  workloads: [
    {
      id: "pick-v4",
      rule: 8,
      what: "500 picks for IPv4 clients, of 10 backends",
      maxRatio: 20,
      setup: (subject) => {
        const balancer = build(subject, 10);
        return inBatches(ipv4, 500, (client) => balancer.pick(client));
      },
    },
    {
      id: "pick-v6",
      rule: 8,
      what: "200 picks for IPv6 clients, of 10 backends",
      maxRatio: 30,
      setup: (subject) => {
        const balancer = build(subject, 10);
        return inBatches(ipv6, 200, (client) => balancer.pick(client));
      },
    },
    {
      id: "pick-200",
      rule: 8,
      what: "200 picks of 200 backends, of which a third is down",
      maxRatio: 20,
      setup: (subject) => {
        const balancer = build(subject, 200);
        for (let i = 0; i < 200; i += 3) balancer.setUp(backends[i]!, false);
        return inBatches(ipv4, 200, (client) => balancer.pick(client));
      },
    },
  ],
});
