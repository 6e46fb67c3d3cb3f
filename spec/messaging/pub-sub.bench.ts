/** Budgets of `pub-sub`: many exact filters, many wildcards, many receivers, and what is left behind. */
import { defineBench, inBatches } from "kata/harness";
import { SeededRandom } from "kata/kit";
import type * as Stub from "../../katas/messaging/pub-sub/stub.ts";

type Subject = typeof Stub;
const random = new SeededRandom(1);
const CLIENTS = 1_000;
const nothing = (): void => undefined;

const topics = Array.from({ length: 100_000 }, (_, i) => `shop/${i % 100}/item/${i}`);
const words = ["red", "green", "blue", "black", "white", "grey", "pink", "gold"];
const wordOf = (): string => words[random.below(words.length)] ?? "";
const sixLevels = (): string[] => Array.from({ length: 6 }, wordOf);
const wildFilters = Array.from({ length: 2_000 }, () => {
  const levels = sixLevels();
  levels[random.below(6)] = "+";
  if (random.below(4) === 0) levels.splice(2 + random.below(4), 6, "#");
  return levels.join("/");
});
// Few, so that both sides find them in the processor's cache, however often each of them is called.
const longTopics = Array.from({ length: 100 }, () => sixLevels().join("/"));

export const bench = defineBench<Subject>("pub-sub", {
  workloads: [
    {
      id: "exact",
      rule: 11,
      what: "200 publishes to one of 2,000 exact filters each",
      maxRatio: 5,
      setup: (subject) => {
        const broker = subscribed(subject, topics.slice(0, 2_000));
        const known = Array.from({ length: 400 }, (_, i) => topics[(i * 797) % 2_000] ?? "");
        return inBatches(known, 200, (topic) => broker.publish(topic, 1));
      },
    },
    {
      id: "wild",
      rule: 11,
      what: "50 publishes to topics of 6 levels, with 2,000 filters with wildcards",
      maxRatio: 10,
      setup: (subject) => {
        const broker = subscribed(subject, wildFilters);
        return inBatches(longTopics, 50, (topic) => broker.publish(topic, 1));
      },
    },
    {
      id: "fan-out",
      rule: 11,
      what: "5 publishes to 1,000 clients each",
      // Lists of subscriptions by client are fine; looking through all clients for each is not.
      maxRatio: 10,
      setup: ({ Broker }) => {
        const broker = new Broker();
        let got = 0;
        for (let i = 0; i < 1_000; i += 1) {
          broker.connect(`client-${i}`, () => (got += 1));
          broker.subscribe(`client-${i}`, "news");
        }
        return () => {
          for (let i = 0; i < 5; i += 1) broker.publish("news", got);
        };
      },
    },
    {
      id: "come-and-go",
      rule: 11,
      what: "500 subscribes and unsubscribes of filters, next to 20,000 others",
      maxRatio: 5,
      setup: (subject) => {
        const broker = subscribed(subject, topics.slice(0, 20_000));
        return inBatches(topics.slice(20_000, 30_000), 500, (topic) => {
          broker.subscribe("client-0", topic);
          broker.unsubscribe("client-0", topic);
        });
      },
    },
  ],
  growth: [
    {
      id: "publish-grows",
      rule: 11,
      what: "a publish that one client gets, by the number of exact filters",
      sizes: [1_000, 10_000, 100_000],
      maxExcess: 0.25,
      setup: (subject, size) => {
        const broker = subscribed(subject, topics.slice(0, size));
        return inBatches(topics.slice(0, 1_000), 200, (topic) => broker.publish(topic, 1));
      },
    },
    {
      id: "leaving-grows",
      rule: 11,
      what: "an unsubscribe and subscribe of a client, by the number of clients with that filter",
      sizes: [100, 1_000, 10_000],
      maxExcess: 0.3,
      setup: ({ Broker }, size) => {
        const broker = new Broker();
        for (let i = 0; i < size; i += 1) {
          broker.connect(`client-${i}`, nothing);
          broker.subscribe(`client-${i}`, "news");
        }
        const names = Array.from({ length: 1_000 }, (_, i) => `client-${(i * 7) % size}`);
        return inBatches(names, 100, (name) => {
          broker.unsubscribe(name, "news");
          broker.subscribe(name, "news");
        });
      },
    },
  ],
  memory: [
    {
      id: "subscription-memory",
      rule: 11,
      what: "a subscription with a filter of its own, of 20,000",
      elements: 20_000,
      maxBytes: 1_000,
      fill: (subject) => subscribed(subject, topics.slice(0, 20_000)),
    },
    {
      id: "nothing-left",
      rule: 11,
      what: "a subscription that has ended, of 20,000",
      elements: 20_000,
      maxBytes: 400,
      fill: ({ Broker }) => {
        const broker = new Broker();
        broker.connect("x", nothing);
        for (let i = 0; i < 20_000; i += 1) {
          broker.subscribe("x", `left/${i}/a/b/c/d`);
          broker.unsubscribe("x", `left/${i}/a/b/c/d`);
        }
        return broker;
      },
    },
  ],
});

/** 1,000 clients that share the filters. */
function subscribed({ Broker }: Subject, filters: readonly string[]): Stub.Broker {
  const broker = new Broker();
  for (let i = 0; i < CLIENTS; i += 1) broker.connect(`client-${i}`, nothing);
  for (const [i, filter] of filters.entries()) {
    broker.subscribe(`client-${i % CLIENTS}`, filter);
  }
  return broker;
}
