import { fileURLToPath } from "node:url";
import type { Op } from "../../graders/kit/check/history.ts";
import { linearizable } from "../../graders/kit/check/linear/linearizable.ts";
import { register, type RegisterInput } from "../../graders/kit/check/linear/models.ts";
import { SeededRandom } from "../../graders/kit/seeded-random.ts";

/*
 * The figure of the linearizability checker: one register, some clients, half of it reads. Called by
 * `npm run bench:sim`; alone: `node dist/cli/bench/bench-checkers.js`.
 */
const OPERATIONS = 1_000;
const HISTORIES = 21;
const REPEATS = 5;

type RegisterOp = Op<RegisterInput<number>, number | boolean | null>;

export interface CheckerFigure {
  readonly what: string;
  /** Best of five runs of a history: the median, and the worst, of 21 warm histories. */
  readonly medianMs: number;
  readonly worstMs: number;
  /** The first run of all, before anything was compiled. */
  readonly coldMs: number;
  readonly goalMs: number;
}

export function benchCheckers(): CheckerFigure[] {
  return [
    { clients: 5, goalMs: 10 },
    { clients: 10, goalMs: 130 },
  ].map(({ clients, goalMs }) => {
    const runs = Array.from({ length: 1 + HISTORIES }, (_, seed) => {
      const history = registerHistory(OPERATIONS, clients, seed);
      return Array.from({ length: REPEATS }, () => timeCheck(history));
    });
    const best = runs.slice(1).map((times) => Math.min(...times));
    return {
      what: `linearizability of ${OPERATIONS} register operations by ${clients} clients`,
      medianMs: best.toSorted((a, b) => a - b)[HISTORIES >> 1] ?? Number.NaN,
      worstMs: Math.max(...best),
      coldMs: runs[0]?.[0] ?? Number.NaN,
      goalMs,
    };
  });
}

function timeCheck(history: readonly RegisterOp[]): number {
  const startedNs = process.hrtime.bigint();
  const { verdict } = linearizable(history, register(0));
  const ms = Number(process.hrtime.bigint() - startedNs) / 1e6;
  if (verdict !== "ok") throw new Error(`a legal history was judged ${verdict}`);
  return ms;
}

/** What a real register answers: each operation takes effect at one instant while it is open. */
function registerHistory(operations: number, clients: number, seed: number): RegisterOp[] {
  const random = new SeededRandom(seed);
  const history: RegisterOp[] = [];
  /** The open operation of each client, and its answer once it took effect. */
  const open = new Map<number, { readonly op: RegisterOp; answer?: number }>();
  let value = 0;
  for (let event = 0, called = 0; history.length < operations; event += 1) {
    const client = random.below(clients);
    const own = open.get(client);
    if (own === undefined) {
      if (called === operations) continue;
      const input: RegisterInput<number> =
        random.below(2) === 0 ? { op: "read" } : { op: "write", value: random.below(10) };
      const asked = { id: called, process: `c${client}`, input, call: event };
      open.set(client, { op: { ...asked, ret: Infinity, status: "info" } });
      called += 1;
    } else if (own.answer === undefined) {
      if (own.op.input.op === "write") value = own.op.input.value;
      own.answer = value;
    } else {
      history.push({ ...own.op, output: own.answer, ret: event, status: "ok" });
      open.delete(client);
    }
  }
  return history;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { what, medianMs, worstMs, coldMs, goalMs } of benchCheckers()) {
    const figures = `median ${medianMs.toFixed(1)} ms, worst ${worstMs.toFixed(1)} ms`;
    process.stdout.write(
      `${what}: ${figures}, first of all ${coldMs.toFixed(1)} ms (goal ${goalMs} ms)\n`,
    );
  }
}
