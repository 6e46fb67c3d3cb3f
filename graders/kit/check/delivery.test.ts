import fc from "fast-check";
import { expect, test } from "vitest";
import { delivery, type DeliveryOptions } from "./delivery.ts";

type Mode = DeliveryOptions["mode"];
/** Messages a, b and c; deliveries and acknowledgements ("!a") of one consumer, in order. */
function faults(events: string, mode: Mode, ordered = false): string[] {
  const log =
    events === ""
      ? []
      : events.split(" ").map((one, at) => ({
          id: one.replace("!", ""),
          consumer: "q",
          at,
          isAck: one.startsWith("!"),
        }));
  return delivery(
    {
      sent: [
        { id: "a", group: "g" },
        { id: "b", group: "g" },
        { id: "c", group: "h" },
      ],
      delivered: log.filter((one) => !one.isAck),
      acked: log.filter((one) => one.isAck),
      consumers: ["q"],
    },
    { mode, ordered },
  ).map(({ kind, ids }) => `${kind} ${ids.join(" ")}`);
}

test.each<[string, Mode, string[]]>([
  ["a b c", "exactly-once-effect", []],
  ["a c", "at-most-once", []],
  ["a c", "at-least-once", ["lost b"]],
  ["a a b c", "at-least-once", []],
  ["a a b c", "at-most-once", ["duplicate a"]],
  ["a a b c", "exactly-once-effect", ["duplicate a"]],
  ["a !a a b c", "at-least-once", ["redelivered after ack a"]],
  ["a x b c", "at-least-once", ["phantom x"]],
  ["", "at-most-once", []],
  ["", "at-least-once", ["lost a", "lost b", "lost c"]],
])("%s, %s", (events, mode, expected) => {
  expect(faults(events, mode)).toEqual(expected);
});

test.each([
  ["b a c", ["reordered within group b a"]],
  ["c a b", []],
  ["a b a c", []],
])("%s in order", (events, expected) => {
  expect(faults(events, "at-least-once", true)).toEqual(expected);
});

test("each consumer has an account of its own", () => {
  const sent = [{ id: "a" }];
  const delivered = [{ id: "a", consumer: "q", at: 1 }];
  const options = { mode: "at-least-once" } as const;
  expect(delivery({ sent, delivered, consumers: ["q", "r"] }, options)).toEqual([
    { kind: "lost", consumer: "r", ids: ["a"] },
  ]);
  expect(() => delivery({ sent: [...sent, ...sent], delivered }, options)).toThrow(RangeError);
});

test("agrees with counting, on up to 6 events", () => {
  const event = fc.constantFrom("a", "b", "c", "x", "!a", "!b");
  fc.assert(
    fc.property(fc.array(event, { maxLength: 6 }), (events) => {
      const found = faults(events.join(" "), "exactly-once-effect");
      const times = (id: string): number => events.filter((one) => one === id).length;
      const count = (kind: string): number => found.filter((one) => one.startsWith(kind)).length;
      expect(count("lost")).toBe(["a", "b", "c"].filter((id) => times(id) === 0).length);
      expect(count("phantom")).toBe(times("x"));
      const again = ["a", "b", "c"].map((id) => Math.max(0, times(id) - 1));
      expect(count("duplicate") + count("redelivered")).toBe(again.reduce((a, b) => a + b));
    }),
    { numRuns: 2_000 },
  );
});
