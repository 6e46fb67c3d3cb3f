/** Budgets of `least-bandwidth`: traffic of 64 backends, recorded and compared. */
import { defineBench, inBatches } from "kata/harness";
import { SeededRandom, VirtualClock } from "kata/kit";
import type * as Stub from "../../katas/load-balancing/least-bandwidth/stub.ts";

const START_MS = 1_700_000_000_000;
const ids = Array.from({ length: 64 }, (_, i) => `backend-${i}`);
const random = new SeededRandom(1);
const traffic = Array.from({ length: 20_000 }, () => {
  return { id: ids[random.below(64)]!, bytes: random.below(100_000) };
});

function build({ LeastBandwidth }: typeof Stub, clock: VirtualClock): Stub.LeastBandwidth {
  const balancer = new LeastBandwidth({ clock });
  for (const id of ids) balancer.add(id);
  return balancer;
}

/** Records so much traffic within ten seconds. */
function recordAll(balancer: Stub.LeastBandwidth, clock: VirtualClock, records: number): void {
  for (let i = 0; i < records; i += 1) {
    const { id, bytes } = traffic[i % traffic.length]!;
    clock.set(START_MS + Math.floor((10_000 * i) / records));
    balancer.record(id, bytes);
  }
}

export const bench = defineBench<typeof Stub>("least-bandwidth", {
  workloads: [
    {
      id: "record-heavy",
      rule: 8,
      what: "1,000 records of 64 backends, 50 in a bucket",
      maxRatio: 5,
      setup: (subject) => {
        const clock = new VirtualClock(START_MS);
        const balancer = build(subject, clock);
        return inBatches(traffic, 1_000, ({ id, bytes }) => {
          clock.advance(20);
          balancer.record(id, bytes);
        });
      },
    },
    {
      id: "pick-heavy",
      rule: 8,
      what: "200 picks of 64 backends, with a record each",
      maxRatio: 20,
      setup: (subject) => {
        const clock = new VirtualClock(START_MS);
        const balancer = build(subject, clock);
        return inBatches(traffic, 200, ({ bytes }) => {
          clock.advance(20);
          balancer.record(balancer.pick()!, bytes);
        });
      },
    },
  ],
  growth: [
    {
      id: "load-grows",
      rule: 8,
      what: "a load, by the number of records in the window",
      sizes: [1_000, 10_000, 100_000],
      maxExcess: 0.2,
      setup: (subject, records) => {
        const clock = new VirtualClock(START_MS);
        const balancer = build(subject, clock);
        recordAll(balancer, clock, records);
        return () => {
          for (let i = 0; i < 1_000; i += 1) balancer.load(ids[i % 64]!);
        };
      },
    },
  ],
  memory: [
    {
      id: "memory",
      rule: 8,
      what: "a record, of 50,000 in one window",
      elements: 50_000,
      // 64 rings of 14 numbers are 0.15 bytes a record; a log has a number for each at least.
      maxBytes: 4,
      fill: (subject) => {
        const clock = new VirtualClock(START_MS);
        const balancer = build(subject, clock);
        recordAll(balancer, clock, 50_000);
        return balancer;
      },
    },
  ],
});
