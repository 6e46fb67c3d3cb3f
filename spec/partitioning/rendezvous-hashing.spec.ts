/** Judges `rendezvous-hashing`. Rules are those of katas/partitioning/rendezvous-hashing/README.md. */
import fc from "fast-check";
import { defineSpec, equal, keys, literal } from "kata/harness";
import type * as Stub from "../../katas/partitioning/rendezvous-hashing/stub.ts";

// TODO: one property of each style, to be replaced by those of this kata.
defineSpec<typeof Stub>("rendezvous-hashing", ({ Rendezvous }, check) => {
  // A script of calls, played on the subject and on a naive model.
  check.model(
    "counts",
    { rule: 1, points: 40 },
    fc.record({ setup: fc.constant(null), steps: fc.array(fc.constantFrom("a", "b")) }),
    {
      subject: () => {
        const subject = new Rendezvous();
        return (key) => [subject.add(key), subject.count(key)];
      },
      model: () => {
        const added: string[] = [];
        return (key) => {
          added.push(key);
          const count = added.filter((other) => other === key).length;
          return [count, count];
        };
      },
    },
  );

  // A law for any input.
  check.property(
    "keys-are-apart",
    { rule: 2, points: 20 },
    fc.tuple(keys(), keys()),
    ([one, two]) => {
      const subject = new Rendezvous();
      subject.add(one);
      equal(subject.count(two), one === two ? 1 : 0, `count(${literal(two)})`);
    },
  );

  // Values from a paper, an RFC or a hand computation.
  check.vector("counts-from-zero", { rule: 1, points: 20 }, ["a", "é", " "], (key) => {
    equal(new Rendezvous().count(key), 0, `count(${literal(key)}) of a new one`);
  });

  // Calls that must throw, and leave the state as it was.
  check.throws("bad-input", { rule: 3, points: 20 }, [
    { call: 'add("")', error: "RangeError", run: () => new Rendezvous().add("") },
  ]);
});
