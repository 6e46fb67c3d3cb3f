/** Budgets of `health-checked-pool`: sessions that come back, while checks report. */
import { defineBench } from "kata/harness";
import { SeededRandom, VirtualClock } from "kata/kit";
import type * as Stub from "../../katas/load-balancing/health-checked-pool/stub.ts";

const SESSIONS = 2_000;
const PICKS = 2_000;
const START_MS = 1_700_000_000_000;
const random = new SeededRandom(1);
const sessions = Array.from({ length: SESSIONS }, (_, i) => `session-${i}`);
const asked = Array.from({ length: 2 * PICKS }, () => sessions[random.below(SESSIONS)]!);

/** 2,000 picks of sessions, 1 ms apart, a report after every tenth; 3 of 100 checks fail. */
function mixed({ HealthCheckedPool }: typeof Stub, size: number): () => void {
  const clock = new VirtualClock(START_MS);
  const pool = new HealthCheckedPool({ clock, fall: 1 });
  const ids = Array.from({ length: size }, (_, i) => `backend-${i}`);
  for (const id of ids) pool.add(id);
  let turn = 0;
  return () => {
    for (let i = 0; i < PICKS; i += 1) {
      turn = (turn + 1) % asked.length;
      clock.advance(1);
      pool.pick(asked[turn]);
      if (turn % 10 === 0) pool.report(ids[turn % size]!, turn % 300 > 0);
    }
  };
}

export const bench = defineBench<typeof Stub>("health-checked-pool", {
  workloads: [
    {
      id: "mixed",
      rule: 9,
      what: "2,000 picks of 2,000 sessions and 200 reports, with 50 backends",
      maxRatio: 8,
      setup: (subject) => mixed(subject, 50),
    },
  ],
  growth: [
    {
      id: "picks-grow",
      rule: 9,
      what: "a pick, by the number of backends",
      sizes: [50, 250, 1_000],
      maxExcess: 0.35,
      setup: mixed,
    },
  ],
  memory: [
    {
      id: "memory",
      rule: 9,
      what: "a session that has expired, of 50,000, after 1,000 picks of another",
      elements: 50_000,
      maxBytes: 20,
      fill: ({ HealthCheckedPool }) => {
        const clock = new VirtualClock(START_MS);
        const pool = new HealthCheckedPool({ clock });
        for (let i = 0; i < 50; i += 1) pool.add(`backend-${i}`);
        for (let i = 0; i < 50_000; i += 1) pool.pick(`once-${i}`);
        for (let i = 0; i < 1_000; i += 1) {
          clock.advance(2_000);
          pool.pick("another");
        }
        return pool;
      },
    },
  ],
});
