/** Budgets of `message-queue`: steady traffic, a backlog, a storm of expiries, many groups. */
import { defineBench } from "kata/harness";
import { VirtualClock } from "kata/kit";
import type * as Stub from "../../katas/messaging/message-queue/stub.ts";

type Subject = typeof Stub;
type Queue = Stub.MessageQueue<number>;
const ROUND = 100;

export const bench = defineBench<Subject>("message-queue", {
  workloads: [
    {
      id: "steady",
      rule: 13,
      what: "1,000 times send, receive and ack of the oldest, with 1,000 messages in flight",
      maxRatio: 5,
      setup: ({ MessageQueue }) => {
        const clock = new VirtualClock();
        const queue: Queue = new MessageQueue({ clock });
        const receipts: string[] = [];
        const exchange = (i: number): void => {
          queue.send(i);
          for (const { receipt } of queue.receive()) receipts.push(receipt);
        };
        for (let i = 0; i < 1_000; i += 1) exchange(i);
        let acked = 0;
        return () => {
          for (let i = 0; i < 1_000; i += 1) {
            exchange(i);
            queue.ack(receipts[acked++] ?? "");
          }
          // The clock stays behind the deadlines, which are 30 s ahead.
          clock.advance(1);
          receipts.splice(0, acked);
          acked = 0;
        };
      },
    },
    {
      id: "expiry-storm",
      rule: 13,
      what: "1,000 messages in flight expire at once, and are received again",
      maxRatio: 5,
      setup: ({ MessageQueue }) => {
        const clock = new VirtualClock();
        const queue: Queue = new MessageQueue({ clock, visibilityMs: 10 });
        fill(queue, 1_000);
        drain(queue, 1_000);
        return () => {
          clock.advance(10);
          drain(queue, 1_000);
        };
      },
    },
    {
      id: "groups",
      rule: 13,
      what: "100 rounds of 10 messages of 10 groups, behind a blocked one with 5,000 waiting",
      maxRatio: 5,
      setup: ({ MessageQueue }) => {
        const queue: Queue = new MessageQueue({ clock: new VirtualClock(), visibilityMs: 1e9 });
        for (let i = 0; i < 5_000; i += 1) queue.send(i, { group: "blocked" });
        queue.receive();
        return () => {
          for (let round = 0; round < ROUND; round += 1) {
            for (let i = 0; i < 10; i += 1) queue.send(i, { group: `g${round}-${i}` });
            for (const { receipt } of queue.receive(10)) queue.ack(receipt);
          }
        };
      },
    },
  ],
  growth: [
    {
      id: "backlog",
      rule: 13,
      what: "send, receive and ack, by the number of messages that are ready",
      sizes: [1_000, 10_000, 100_000],
      maxExcess: 0.25,
      setup: ({ MessageQueue }, size) => {
        const queue: Queue = new MessageQueue({ clock: new VirtualClock() });
        fill(queue, size);
        return () => {
          for (let i = 0; i < ROUND; i += 1) {
            queue.send(i);
            for (const { receipt } of queue.receive()) queue.ack(receipt);
          }
        };
      },
    },
    {
      id: "in-flight",
      rule: 13,
      what: "extend, nack and receive again, by the number of messages in flight",
      sizes: [1_000, 10_000, 50_000],
      maxExcess: 0.3,
      setup: ({ MessageQueue }, size) => {
        const clock = new VirtualClock();
        const queue: Queue = new MessageQueue({ clock, visibilityMs: 1e9 });
        fill(queue, size);
        drain(queue, size - 1);
        return () => {
          for (let i = 0; i < ROUND; i += 1) {
            for (const { receipt } of queue.receive()) {
              queue.extend(receipt, 2e9);
              queue.nack(receipt);
            }
          }
        };
      },
    },
  ],
  memory: [
    {
      id: "message-memory",
      rule: 13,
      what: "a message that is ready, of 20,000",
      elements: 20_000,
      maxBytes: 400,
      fill: ({ MessageQueue }) => {
        const queue: Queue = new MessageQueue({ clock: new VirtualClock() });
        fill(queue, 20_000);
        return queue;
      },
    },
    {
      id: "extended-memory",
      rule: 13,
      what: "a message in flight that was extended 20 times, of 5,000",
      elements: 5_000,
      maxBytes: 700,
      fill: ({ MessageQueue }) => {
        const queue: Queue = new MessageQueue({ clock: new VirtualClock() });
        for (let i = 0; i < 5_000; i += 1) {
          queue.send(i);
          for (const { receipt } of queue.receive()) {
            for (let n = 0; n < 20; n += 1) queue.extend(receipt, 1_000_000 + n);
          }
        }
        return queue;
      },
    },
  ],
});

function fill(queue: Queue, count: number): void {
  for (let i = 0; i < count; i += 1) queue.send(i);
}

function drain(queue: Queue, count: number): void {
  let left = count;
  while (left > 0) left -= queue.receive(Math.min(10, left)).length;
}
