/** Judges `message-queue`. Rules are those of katas/messaging/message-queue/README.md. */
import fc from "fast-check";
import { badOptions, defineSpec, equal, holds, literal, notIntegersIn } from "kata/harness";
import { VirtualClock } from "kata/kit";
import type * as Stub from "../../katas/messaging/message-queue/stub.ts";
import { Desk, naive, play, type Build } from "./message-queue.model.ts";
import { any, chain, numbers, roomy, scripts } from "./message-queue.stories.ts";

const dead = { receive: 3, ack: 1, nack: 1, wait: 1, counts: 2, send: 1 };

defineSpec<typeof Stub>("message-queue", (subject, check) => {
  const { MessageQueue } = subject;
  const systems = { subject: play(subject as Build), model: play(naive) };

  check.model(
    "model",
    { rule: [1, 2, 3, 4, 5, 6, 9, 10, 11], points: 30, runs: 200 },
    scripts(
      any,
      {
        send: 6,
        delay: 2,
        longest: 1,
        group: 2,
        "group delay": 1,
        receive: 8,
        ack: 5,
        nack: 4,
        extend: 4,
        wait: 6,
        back: 1,
        counts: 3,
      },
      { receive: 2, ack: 1, wait: 1, counts: 1 },
    ),
    systems,
  );

  check.property(
    "never-lost",
    { rule: [3, 5, 7, 8], points: 15 },
    scripts(any, { send: 5, delay: 1, group: 2, receive: 5, ack: 2, nack: 2, extend: 1, wait: 4 }),
    ({ setup, steps }) => {
      const desk = new Desk(setup, subject as Build);
      const owed = new Set<unknown>();
      for (const step of steps) {
        const { sent, settled } = desk.perform(step);
        if (sent && step.method === "send") owed.add(step.args[0]);
        if (settled?.answer && step.method === "ack") owed.delete(settled.taken?.body);
      }
      // As many rounds as messages and moves between queues, and some more.
      for (let rounds = 2 * owed.size + 5; rounds > 0; rounds -= 1) {
        desk.clock.advance(2_000_000);
        for (const [name, queue] of desk.queues) {
          for (const { body, receipt } of desk.receive(name, 10)) {
            const what = `${literal(body)}, received while the queues are drained`;
            holds(owed.delete(body), what, "a message that is still to come", "one that is not");
            equal(queue.ack(receipt), true, `ack of ${literal(body)}`);
          }
        }
      }
      equal([...owed], [], "messages that are neither acknowledged nor received again");
      for (const [name, queue] of desk.queues) {
        const nothing = { ready: 0, delayed: 0, inFlight: 0 };
        equal({ ...queue.counts() }, nothing, `${name}.counts() after all was received`);
      }
    },
  );

  check.property(
    "one-owner",
    { rule: [3, 4, 5], points: 10 },
    scripts(roomy, { send: 4, group: 1, receive: 8, ack: 4, nack: 3, extend: 4, wait: 6 }),
    ({ setup, steps }) => {
      const desk = new Desk(setup, subject as Build);
      const { clock } = desk;
      const { visibilityMs = 30_000 } = setup.queue;
      const owners = new Map<unknown, { receipt: string; untilMs: number }>();
      const acked = new Set<unknown>();
      const told: string[] = [];
      for (const step of steps) {
        const { received = [], settled } = desk.perform(step);
        told.push(step.text);
        for (const { body, receipt } of received) {
          const what = `${literal(body)}, received by the last of ${told.join("; ")}`;
          holds(!acked.has(body), what, "a message that is left", "one that was acknowledged");
          const isFree = clock.now() >= (owners.get(body)?.untilMs ?? 0);
          holds(isFree, what, "a message that nobody has", "one that is in flight");
          owners.set(body, { receipt, untilMs: clock.now() + visibilityMs });
        }
        if (settled === undefined) continue;
        const { body, receipt } = settled.taken ?? {};
        const owner = owners.get(body);
        const owns = owner?.receipt === receipt && clock.now() < (owner?.untilMs ?? 0);
        equal(settled.answer, owns, `the last of ${told.join("; ")}`);
        if (!owns || owner === undefined) continue;
        if (step.method === "extend") owner.untilMs = clock.now() + (step.args[0] ?? 0);
        else owners.delete(body);
        if (step.method === "ack") acked.add(body);
      }
    },
  );

  check.model(
    "group-order",
    { rule: [3, 6, 10], points: 15, runs: 500 },
    scripts(roomy, {
      group: 6,
      "group delay": 3,
      send: 1,
      receive: 8,
      ack: 6,
      nack: 3,
      wait: 4,
      counts: 1,
    }),
    systems,
  );

  check.model(
    "stale-receipts",
    { rule: [1, 4, 5], points: 10, runs: 200 },
    scripts(
      fc.record({ queue: numbers({ visibilityMs: fc.constantFrom(10, 1, 1_000, undefined) }) }),
      { send: 1, receive: 4, ack: 3, nack: 2, extend: 3, wait: 6, back: 1, spread: 1 },
    ),
    systems,
  );

  check.model(
    "dead-letter",
    { rule: [7, 8, 9], points: 10, runs: 200 },
    scripts(
      chain,
      { send: 4, group: 3, receive: 5, storm: 5, ack: 1, nack: 4, extend: 1, wait: 4, counts: 2 },
      dead,
    ),
    systems,
  );

  const clock = new VirtualClock();
  const build = (changes: object): Stub.MessageQueue<string> =>
    new MessageQueue<string>({ clock, visibilityMs: 10, maxSize: 4, ...changes });
  const refused = (error: string, text: string, act: (queue: Full) => unknown) => {
    const isReady = (): Full => (full ??= fill(build({})));
    let full: Full | undefined;
    return {
      call: `${text}, when A is in flight, B delayed, C and D are ready, and maxSize is 4`,
      error,
      run: () => act(isReady()),
      unchanged: () => ({ ...isReady().queue.counts() }),
    };
  };
  const delays = notIntegersIn(0, 900_000);
  check.throws("full-and-input", { rule: [9, 12], points: 10 }, [
    refused("QueueFullError", 'send("E")', ({ queue }) => queue.send("E")),
    ...delays.flatMap((ms) => [
      refused("RangeError", `send("E", { delayMs: ${ms} })`, ({ queue }) => {
        return queue.send("E", { delayMs: ms });
      }),
      refused("RangeError", `nack(the receipt of A, ${ms})`, ({ queue, receipt }) => {
        return queue.nack(receipt, ms);
      }),
      refused("RangeError", `nack("unknown", ${ms})`, ({ queue }) => queue.nack("unknown", ms)),
    ]),
    refused("RangeError", 'send("E", { group: "" })', ({ queue }) =>
      queue.send("E", { group: "" }),
    ),
    ...notIntegersIn(1, 10).map((max) =>
      refused("RangeError", `receive(${max})`, ({ queue }) => queue.receive(max)),
    ),
    ...notIntegersIn(1, Number.MAX_SAFE_INTEGER).flatMap((ms) => [
      refused("RangeError", `extend(the receipt of A, ${ms})`, ({ queue, receipt }) => {
        return queue.extend(receipt, ms);
      }),
      refused("RangeError", `extend("unknown", ${ms})`, ({ queue }) => queue.extend("unknown", ms)),
    ]),
    ...badOptions("MessageQueue", { visibilityMs: [1, Number.MAX_SAFE_INTEGER] }, build),
    ...badOptions(
      "MessageQueue",
      { maxReceives: [1, Number.MAX_SAFE_INTEGER], maxSize: [1, Number.MAX_SAFE_INTEGER] },
      (changes) => build({ deadLetter: build({}), ...changes }),
    ).filter(({ call }) => !call.includes(": Infinity")),
    {
      call: "new MessageQueue({ clock, maxReceives: 3 })",
      error: ["TypeError", "RangeError"],
      run: () => build({ maxReceives: 3 }),
    },
  ]);
});

interface Full {
  readonly queue: Stub.MessageQueue<string>;
  /** Of A. */
  readonly receipt: string;
}

/** Messages in all states that fill the queue. */
function fill(queue: Stub.MessageQueue<string>): Full {
  queue.send("A");
  const [taken] = queue.receive();
  queue.send("B", { delayMs: 5 });
  queue.send("C", { group: "g" });
  queue.send("D", { group: "g" });
  return { queue, receipt: taken?.receipt ?? "" };
}
