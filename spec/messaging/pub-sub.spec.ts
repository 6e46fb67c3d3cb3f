/** Judges `pub-sub`. Rules are those of katas/messaging/pub-sub/README.md. */
import fc from "fast-check";
import { badOptions, call, defineSpec, equal } from "kata/harness";
import type * as Stub from "../../katas/messaging/pub-sub/stub.ts";
import { matches, NaiveBroker, play, type Build } from "./pub-sub.model.ts";
import {
  anyTopic,
  calledBack,
  crowd,
  limits,
  longAbsence,
  quiet,
  reactions,
  restless,
  scripts,
  throwing,
  type Wish,
  wishes,
} from "./pub-sub.stories.ts";

const wish = (filter: string): Wish => ({ client: "x", filter, keeps: true });
/** MQTT 5.0, section 4.7: its examples of what matches what. */
const mqtt = [
  {
    topics: ["sport/tennis/player1", "sport/tennis/player1/ranking", "sport/tennis/player2"],
    wishes: [wish("sport/tennis/player1/#")],
  },
  { topics: ["sport", "sport/"], wishes: [wish("sport/+")] },
  { topics: ["sport", "sport/"], wishes: [wish("sport/#")] },
  { topics: ["/finance"], wishes: [wish("+/+"), { ...wish("/+"), client: "y" }] },
  { topics: ["/finance"], wishes: [wish("+")] },
  {
    topics: ["$SYS/monitor/Clients"],
    wishes: [wish("#"), wish("+/monitor/Clients"), { ...wish("$SYS/#"), client: "y" }],
  },
];

defineSpec<typeof Stub>("pub-sub", ({ Broker }, check) => {
  const build: Build = (options) => new Broker(options);
  const naive: Build = (options) => new NaiveBroker(options);
  const systems = { subject: play(build), model: play(naive) };

  check.property(
    "matching",
    { rule: [1, 2, 3, 6], points: 30, runs: 300, examples: mqtt },
    fc.record({ topics: fc.array(anyTopic, { minLength: 1, maxLength: 3 }), wishes }),
    ({ topics, wishes }) => {
      const broker = build();
      const got: string[] = [];
      for (const name of ["x", "y", "z"]) broker.connect(name, () => got.push(name));
      for (const { client, filter } of wishes) broker.subscribe(client, filter);
      const publish = (topic: string, left: readonly Wish[]): void => {
        got.length = 0;
        const count = broker.publish(topic, 1);
        const who = ["x", "y", "z"].filter((name) => {
          return left.some(({ client, filter }) => client === name && matches(filter, topic));
        });
        const what = left.map(({ client, filter }) => `${client} to ${JSON.stringify(filter)}`);
        const about = `publish(${JSON.stringify(topic)}), subscribed are ${what.join(", ")}`;
        equal(got, who, `receivers of ${about}`);
        equal(count, who.length, about);
      };
      for (const topic of topics) publish(topic, wishes);
      for (const { client, filter, keeps } of wishes) {
        if (!keeps) equal(broker.unsubscribe(client, filter), true, `unsubscribe("${filter}")`);
      }
      const kept = wishes.filter(({ keeps }) => keeps);
      for (const topic of topics) publish(topic, kept);
    },
  );

  check.model(
    "model",
    { rule: [3, 4, 5, 6, 9], points: 25, runs: 200 },
    scripts(quiet, limits, {
      publish: 8,
      arrive: 6,
      where: 4,
      twice: 2,
      subscribe: 2,
      unsubscribe: 2,
      connect: 2,
      disconnect: 2,
      absence: 1,
      forget: 2,
      dropped: 1,
    }),
    systems,
  );

  check.model(
    "durable-replay",
    { rule: [5, 6, 7], points: 15, runs: 150, examples: [calledBack, longAbsence] },
    scripts(restless, limits, {
      absence: 6,
      publish: 3,
      connect: 3,
      disconnect: 3,
      dropped: 2,
      forget: 1,
      arrive: 1,
    }),
    systems,
  );

  check.model(
    "reentrancy",
    {
      rule: [6, 7, 8],
      points: 15,
      runs: 300,
      examples: [
        {
          setup: { reactions: [] },
          steps: [
            call("connect", "x"),
            call("connect", "y"),
            call("subscribe", "x", "a", { where: "publishes to b, once" }),
            call("subscribe", "y", "b"),
            call("publish", "a", 1),
          ],
        },
      ],
    },
    scripts(
      reactions,
      limits,
      { publish: 8, arrive: 1, subscribe: 1, connect: 1, disconnect: 1 },
      crowd,
    ),
    systems,
  );

  check.model(
    "isolation",
    { rule: [3, 8], points: 5 },
    scripts(throwing, limits, { arrive: 6, where: 3, publish: 6, absence: 1 }),
    systems,
  );

  const refused = (text: string, act: (broker: Stub.Broker) => unknown) => {
    let made: Watched | undefined;
    const get = (): Watched => (made ??= watched(build()));
    return {
      call: text,
      error: "RangeError",
      run: () => act(get().broker),
      unchanged: () => get().look(),
    };
  };
  check.throws("input", { rule: [1, 4, 10], points: 10 }, [
    ...["", "+", "a/+", "#", "a/#", "a+", "a/b#"].map((topic) =>
      refused(`publish(${JSON.stringify(topic)}, 1)`, (broker) => broker.publish(topic, 1)),
    ),
    ...["", "a+", "+a", "a/b+/c", "a#", "#/a", "a/#/b", "##", "++", "a/+b"].map((filter) =>
      refused(`subscribe("x", ${JSON.stringify(filter)})`, (broker) => {
        broker.subscribe("x", filter);
      }),
    ),
    refused('subscribe("nobody", "a")', (broker) => broker.subscribe("nobody", "a")),
    refused('subscribe("forgotten", "a")', (broker) => broker.subscribe("forgotten", "a")),
    ...badOptions("Broker", { maxQueued: [0, Number.MAX_SAFE_INTEGER] }, build),
  ]);
});

interface Watched {
  readonly broker: Stub.Broker;
  /** What one more publish does, and whether there is a client now that was none. */
  readonly look: () => unknown;
}

function watched(broker: Stub.Broker): Watched {
  let latest = 0;
  const got: string[] = [];
  broker.connect("forgotten", () => got.push("forgotten"));
  broker.forget("forgotten");
  broker.connect("x", ({ topic, seq }) => {
    got.push(`${seq - latest} after the last: ${topic}`);
    latest = seq;
  });
  broker.subscribe("x", "a/#");
  const look = (): unknown => {
    got.length = 0;
    const count = broker.publish("a/b", 1);
    return [...got, count, broker.unsubscribe("nobody", "a"), broker.forget("nobody")];
  };
  return { broker, look };
}
