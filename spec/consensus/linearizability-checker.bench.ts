/** Budgets of `linearizability-checker`: registers of a few values, half of the operations reads. */
import { defineBench } from "kata/harness";
import { SeededRandom } from "kata/kit";
import type * as Stub from "../../katas/consensus/linearizability-checker/stub.ts";

interface Input {
  readonly key: string;
  /** Undefined: a read. */
  readonly write: number | undefined;
}
type Op = Stub.Operation<Input, number>;
type Register = Stub.Model<number, Input, number>;

const register: Register = {
  init: () => 0,
  step(state, { write }, output) {
    if (write !== undefined) return write;
    return output === undefined || output === state ? state : null;
  },
  key: String,
};
const registers: Register = { ...register, partition: ({ key }) => key };

/** What processes see of real registers, one for each key: every operation takes effect while it is open. */
function record(operations: number, processes: number, keys: number, seed: number): Op[] {
  const random = new SeededRandom(seed);
  const values = new Map<string, number>();
  const open = new Map<number, { readonly op: Op; answer?: number }>();
  const history: Op[] = [];
  for (let event = 0, called = 0; history.length < operations; event += 1) {
    const process = random.below(processes);
    const own = open.get(process);
    if (own === undefined) {
      if (called === operations) continue;
      called += 1;
      const write = random.below(2) === 0 ? undefined : random.below(5);
      const input = { key: `key-${random.below(keys)}`, write };
      open.set(process, {
        op: { process: `p${process}`, input, call: event, ret: Infinity, status: "info" },
      });
    } else if (own.answer === undefined) {
      const { key, write } = own.op.input;
      if (write !== undefined) values.set(key, write);
      own.answer = values.get(key) ?? 0;
    } else {
      history.push({ ...own.op, output: own.answer, ret: event, status: "ok" });
      open.delete(process);
    }
  }
  return history;
}

/** The same history, but for its last read, which answers what was never written. */
function spoilt(history: readonly Op[]): Op[] {
  const last = history.findLastIndex(({ input }) => input.write === undefined);
  return history.map((op, i) => (i === last ? { ...op, output: 9 } : op));
}

const FIVE = record(1_000, 5, 1, 1);
const TEN = record(1_000, 10, 1, 2);
const WRONG = spoilt(record(200, 5, 1, 3));
const KEYED = record(5_000, 5, 500, 4);
const SIZES = [100, 300, 900];
const GROWING = new Map(SIZES.map((keys) => [keys, record(10 * keys, 5, keys, 5)]));

export const bench = defineBench<typeof Stub>("linearizability-checker", {
  workloads: [
    {
      id: "register-1000x5",
      rule: 9,
      what: "1,000 operations of 5 processes on one register",
      maxRatio: 5,
      setup:
        ({ checkLinearizable }) =>
        () =>
          checkLinearizable(FIVE, register),
    },
    {
      id: "register-1000x10",
      rule: 9,
      what: "1,000 operations of 10 processes on one register",
      maxRatio: 5,
      setup:
        ({ checkLinearizable }) =>
        () =>
          checkLinearizable(TEN, register),
    },
    {
      id: "violating",
      rule: 9,
      what: "200 operations of 5 processes, the last read wrong",
      maxRatio: 5,
      setup:
        ({ checkLinearizable }) =>
        () =>
          checkLinearizable(WRONG, register),
    },
    {
      id: "keys",
      rule: 9,
      what: "5,000 operations on 500 registers, each a partition",
      maxRatio: 4,
      setup:
        ({ checkLinearizable }) =>
        () =>
          checkLinearizable(KEYED, registers),
    },
  ],
  growth: [
    {
      id: "keys-grow",
      rule: 9,
      what: "10 operations a register, by the number of registers",
      sizes: SIZES,
      maxExcess: 0.25,
      setup: ({ checkLinearizable }, size) => {
        const history = GROWING.get(size)!;
        return () => checkLinearizable(history, registers);
      },
    },
  ],
  counts: [
    {
      id: "steps",
      rule: 9,
      what: "calls of step, for 1,000 operations of 10 processes",
      maxRatio: 5,
      run: ({ checkLinearizable }, counter) =>
        checkLinearizable(TEN, counter.watch(register, ["step"])),
    },
  ],
});
