/** Judges `worker-scheduler`. Rules are those of katas/concurrency/worker-scheduler/README.md. */
import fc from "fast-check";
import { close, defineSpec, equal, holds, notIntegersIn, within } from "kata/harness";
import type * as Stub from "../../katas/concurrency/worker-scheduler/stub.ts";
import {
  cpuOf,
  lengthOf,
  machines,
  range,
  taskLists,
  tell,
  tickByTick,
} from "./worker-scheduler.model.ts";

const inputs = fc.record({ tasks: taskLists(), machine: machines });
const atOnce = fc.constant(0);
const total = (task: Stub.Task): number => task.bursts.reduce((sum, b) => sum + lengthOf(b), 0);
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

defineSpec<typeof Stub>(
  "worker-scheduler",
  ({ simulate, sequential, amdahl, gustafson }, check) => {
    check.property(
      "equals-tick-model",
      {
        rule: [1, 2, 3, 4, 5, 6, 9],
        points: 40,
        runs: 250,
        examples: [
          // The table of the statement, by hand.
          {
            tasks: [
              { id: "A", arrive: 0, bursts: [{ cpu: 2 }, { io: 4 }, { cpu: 2 }] },
              { id: "B", arrive: 0, bursts: [{ cpu: 3 }] },
            ],
            machine: { cores: 1, quantum: Infinity },
          },
          {
            tasks: [{ id: "__proto__", arrive: 1, bursts: [{ io: 1 }] }],
            machine: { cores: 1, quantum: 1 },
          },
        ],
      },
      inputs,
      ({ tasks, machine }) => {
        const before = JSON.stringify(tasks);
        const told = tell(simulate(tasks, machine));
        const expected = tell(tickByTick(tasks, machine));
        for (const [i, line] of expected.entries()) {
          const after =
            i === 0 ? "" : `, after ${expected.slice(Math.max(0, i - 3), i).join("; ")}`;
          equal(told[i], line, `line ${i + 1} of the report${after}`);
        }
        equal(told.length, expected.length, "segments, ends and totals in the report");
        equal(JSON.stringify(tasks), before, "the tasks that were given");
        equal(tell(simulate(tasks, machine)), expected, "the report of the same tasks once more");
      },
    );

    check.property("legal-timeline", { rule: [1, 6], points: 20, runs: 200 }, inputs, (input) => {
      const { tasks, machine } = input;
      const { segments, cpuBusy } = simulate(tasks, machine);
      for (const [i, { core, task, from, to }] of segments.entries()) {
        const what = `"${task}" on core ${core} from ${from} to ${to}`;
        holds(
          core >= 0 && core < machine.cores && from < to,
          what,
          "a core and a stretch",
          "neither",
        );
        for (const other of segments.slice(0, i)) {
          const apart = other.to <= from || other.from >= to;
          const clash = !apart && (other.core === core || other.task === task);
          const others = `"${other.task}" on core ${other.core} from ${other.from} to ${other.to}`;
          holds(!clash, what, `apart from ${others}`, "at the same time");
        }
        const arrive = tasks.find(({ id }) => id === task)?.arrive ?? Infinity;
        within(from, arrive, Infinity, `from of ${what}, which arrives at ${arrive}`);
      }
      for (const task of tasks) {
        const worked = sum(segments.filter((s) => s.task === task.id).map((s) => s.to - s.from));
        equal(worked, cpuOf(task), `ms that ${JSON.stringify(task.id)} spent on cores`);
      }
      equal(cpuBusy, sum(tasks.map(cpuOf)), "cpuBusy");
    });

    check.property(
      "bounds",
      { rule: [1, 2, 7], points: 15, runs: 200 },
      fc.record({
        tasks: taskLists(undefined, atOnce),
        machine: machines,
        arrivals: fc.array(range(0, 40)),
      }),
      ({ tasks, machine, arrivals }) => {
        const { makespan } = simulate(tasks, { ...machine, switchMs: 0 });
        const least = Math.max(
          0,
          ...tasks.map(total),
          Math.ceil(sum(tasks.map(cpuOf)) / machine.cores),
        );
        within(makespan, least, sum(tasks.map(total)), "makespan of tasks that all arrive at 0");
        equal(sequential(tasks), sum(tasks.map(total)), "sequential of tasks that all arrive at 0");

        const late = tasks.map((task, i) => ({ ...task, arrive: arrivals[i] ?? 0 }));
        let endMs = 0;
        for (const task of [...late].sort((a, b) => a.arrive - b.arrive)) {
          endMs = Math.max(endMs, task.arrive) + total(task);
        }
        const when = late.map(({ arrive }) => arrive).join(", ");
        equal(sequential(late), endMs, `sequential of tasks that arrive at ${when}`);
      },
    );

    check.property(
      "limits-of-models",
      { rule: [1, 2, 4], points: 10 },
      fc.record({
        computing: taskLists(fc.constant("cpu"), atOnce),
        waiting: taskLists(fc.constant("io"), atOnce),
        cores: range(1, 8),
        ms: range(1, 50),
        quantum: fc.oneof(range(1, 5), fc.constant(Infinity)),
      }),
      ({ computing, waiting, cores, ms, quantum }) => {
        const one = simulate(computing, { cores: 1, quantum });
        equal(one.makespan, sum(computing.map(cpuOf)), "makespan of cpu tasks on one core");
        const longest = Math.max(0, ...waiting.map(total));
        equal(simulate(waiting, { cores: 1, quantum }).makespan, longest, "makespan of io tasks");
        const equalTasks = Array.from({ length: cores }, (_, i) => {
          return { id: `T${i}`, arrive: 0, bursts: [{ cpu: ms }] };
        });
        const speedUp = sequential(equalTasks) / simulate(equalTasks, { cores, quantum }).makespan;
        equal(speedUp, cores, `speed-up of ${cores} tasks of ${ms} ms on as many cores`);
      },
    );

    check.property(
      "laws",
      {
        rule: 8,
        points: 10,
        examples: [
          { p: 0.95, n: 8 },
          { p: 1, n: 7 },
          { p: 0, n: 7 },
          { p: 0.5, n: 1 },
        ],
      },
      fc.record({ p: range(0, 100).map((percent) => percent / 100), n: range(1, 1_000) }),
      ({ p, n }) => {
        // Of 100 ms, 100 p can be spread over n cores; of n cores' 100 ms each, 100 p are spread.
        close(amdahl(p, n), 100 / (100 - 100 * p + (100 * p) / n), `amdahl(${p}, ${n})`);
        close(gustafson(p, n), (100 - 100 * p + 100 * p * n) / 100, `gustafson(${p}, ${n})`);
        const more = amdahl(p, n + 1) >= amdahl(p, n) && gustafson(p, n + 1) >= gustafson(p, n);
        holds(more, `speed-ups with ${n + 1} cores at ${p}`, `no less than with ${n}`, "less");
        const limit = p === 1 ? Infinity : 1 / (1 - p);
        within(amdahl(p, 1_000_000_000), 1, limit * (1 + 1e-9), `amdahl(${p}, 10^9)`);
      },
    );

    const task = (changes: object): Stub.Task => ({
      id: "A",
      arrive: 0,
      bursts: [{ cpu: 1 }],
      ...changes,
    });
    const machine = (changes: object): Stub.Machine => ({
      cores: 1,
      quantum: 1,
      switchMs: 0,
      ...changes,
    });
    const badTasks = [
      ...notIntegersIn(0, Number.MAX_SAFE_INTEGER).map((arrive) => [task({ arrive })]),
      ...notIntegersIn(1, Number.MAX_SAFE_INTEGER).map((cpu) => [task({ bursts: [{ cpu }] })]),
      ...notIntegersIn(1, Number.MAX_SAFE_INTEGER).map((io) => [
        task({ bursts: [{ cpu: 1 }, { io }] }),
      ]),
      [task({ bursts: [] })],
      [task({}), task({ arrive: 1 })],
    ];
    const badMachines = [
      ...notIntegersIn(1, 1_024).map((cores) => machine({ cores })),
      ...notIntegersIn(1, Number.MAX_SAFE_INTEGER)
        .filter((quantum) => quantum !== Infinity)
        .map((quantum) => machine({ quantum })),
      ...notIntegersIn(0, Number.MAX_SAFE_INTEGER).map((switchMs) => machine({ switchMs })),
    ];
    const badSpeedUps = [
      ...[-0.1, 1.1, Number.NaN, Infinity].map((p) => [p, 2] as const),
      ...notIntegersIn(1, Number.MAX_SAFE_INTEGER).map((n) => [0.5, n] as const),
    ];
    const text = (value: object): string =>
      JSON.stringify(value, (_, each: unknown) => (typeof each === "number" ? String(each) : each));
    check.throws("input", { rule: 9, points: 5 }, [
      ...badTasks.flatMap((tasks) => [
        {
          call: `simulate(${text(tasks)}, machine)`,
          error: "RangeError",
          run: () => simulate(tasks, machine({})),
        },
        { call: `sequential(${text(tasks)})`, error: "RangeError", run: () => sequential(tasks) },
      ]),
      ...badMachines.map((bad) => ({
        call: `simulate(tasks, ${text(bad)})`,
        error: "RangeError",
        run: () => simulate([task({})], bad),
      })),
      ...badSpeedUps.flatMap(([p, n]) => [
        { call: `amdahl(${p}, ${n})`, error: "RangeError", run: () => amdahl(p, n) },
        { call: `gustafson(${p}, ${n})`, error: "RangeError", run: () => gustafson(p, n) },
      ]),
    ]);
  },
);
