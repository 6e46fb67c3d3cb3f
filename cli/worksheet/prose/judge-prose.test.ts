import { describe, expect, test } from "vitest";
import type { Bottleneck, Concept, Decision } from "../definition/system.ts";
import { hitPoints } from "./claim.ts";
import {
  judgeBottlenecks,
  judgeDecisions,
  judgeRequirements,
  namesWithFix,
  unusedItems,
} from "./judge-prose.ts";

// Acceptance cases of design note 6.1: four bottlenecks, and what each way to write scores.

function concept(id: string, ...any: string[]): Concept {
  return { id, say: id, any, weight: 1 };
}

function bottleneck(id: string, risk: readonly string[], fix: readonly string[]): Bottleneck {
  return {
    id,
    say: id,
    risk: concept(id, ...risk),
    fixes: [concept("fix", ...fix)],
    source: "seed",
  };
}

const FOUR: readonly Bottleneck[] = [
  bottleneck("crash", ["crash*", "dies"], ["several instances", "load balanc*", "replica*"]),
  bottleneck("dbLoad", ["overload*", "db load"], ["cache*", "read replica*"]),
  bottleneck("cacheLoss", ["cache loss", "stampede"], ["coalesc*", "jitter"]),
  bottleneck("hotKey", ["celebrity", "hot key"], ["hybrid", "split*"]),
];

function prose(body: string): { body: string; line: number } {
  return { body, line: 10 };
}

function points(body: string, given: readonly string[] = []): number {
  const hits = judgeBottlenecks(prose(body), FOUR, given);
  return Math.round(hitPoints(hits, 4) * 100) / 100;
}

const HONEST = `
- If one service instance crashes, the others go on: several instances behind the balancer.
- Timeline reads overload the database, so hot tweets are served from a cache.
- After a stampede on an empty cache we coalesce equal requests into one.
- A celebrity with a hundred million followers is read at request time: hybrid fan-out.`;

describe("bottlenecks", () => {
  test("honest bullets count whole, with the words that show it", () => {
    expect(points(HONEST)).toBe(4);
    const [first] = judgeBottlenecks(prose(HONEST), FOUR, []);
    expect(first).toMatchObject({ id: "bottlenecks.crash", credit: 1, line: 11 });
    expect(first?.evidence[0]).toBe("service instance crashes, the others");
  });

  test("a bare list of terms is a list, not a claim", () => {
    const list = "- crash, replicas\n- overload, cache\n- stampede, jitter\n- celebrity, hybrid";
    expect(points(list)).toBe(0.8);
    expect(points("crash replicas overload cache stampede jitter celebrity hybrid")).toBe(0.4);
  });

  test("what is denied is left to a person", () => {
    const denied = `
- The database is overloaded and there is no cache for it.
- A celebrity is pushed like everybody, instead of hybrid delivery.
- One box crashes.`;
    const hits = judgeBottlenecks(prose(denied), FOUR, []);
    expect(points(denied)).toBe(0.4);
    expect(hits.filter(({ note }) => note === "negated").map(({ id }) => id)).toEqual([
      "bottlenecks.dbLoad",
      "bottlenecks.hotKey",
    ]);
  });

  test("one sentence with every term serves two points: the known limit", () => {
    const padded =
      "Because a crash and an overload and a stampede and a celebrity are all quite bad for any real " +
      "system of this size we will of course use replicas and a cache and jitter and a hybrid there.";
    expect(points(padded)).toBe(2);
  });

  test("a denial ends with its clause", () => {
    expect(points("- There is no magic: when a box crashes, several instances are left.")).toBe(1);
  });

  test("the same item twice counts once, a copied one not at all", () => {
    const once = "- A box crashes: several instances behind it.";
    expect(points(`${once}\n${once}`)).toBe(1);
    const given = [
      "If one service instance crashes, the others go on: several instances are there.",
    ];
    expect(points(HONEST.split("\n")[1] ?? "", given)).toBe(0);
    const [hit] = judgeBottlenecks(prose(HONEST), FOUR, given);
    expect(hit).toMatchObject({ credit: 0, note: "copied" });
  });

  test("what nothing was expected for is kept for a person", () => {
    const body = `${HONEST}\n- Clock skew between regions reorders posts.`;
    const hits = judgeBottlenecks(prose(body), FOUR, []);
    expect(unusedItems(prose(body), hits).map(({ text, line }) => [line, text])).toEqual([
      [15, "Clock skew between regions reorders posts."],
    ]);
  });

  test("half for the risk alone", () => {
    expect(points("- The service crashes now and then.")).toBe(0.4);
  });
});

test("requirements: a term inside a sentence, plural or not", () => {
  const wanted = [
    {
      id: "shorten",
      kind: "functional",
      text: "shorten",
      concept: concept("a", "short link"),
      source: "seed",
    },
    { id: "up", kind: "nonFunctional", text: "up", concept: concept("b", "99.9*"), source: "seed" },
    {
      id: "scale",
      kind: "nonFunctional",
      text: "scale",
      concept: concept("c", "scal*"),
      source: "seed",
    },
  ] as const;
  const hits = judgeRequirements(
    prose("Owners create short links\n\nand 99.99 % are up"),
    wanted,
    [],
  );
  expect(hits.map(({ credit }) => credit)).toEqual([1, 1, 0]);
  expect(hits.map(({ line }) => line)).toEqual([10, 12, undefined]);
});

describe("decisions", () => {
  const decision: Decision = {
    id: "status",
    question: "301 or 302?",
    options: [
      { name: "301 permanent", pro: ["less load"], con: ["clicks are lost"], pickWhen: "never" },
      {
        name: "302 or 307 temporary",
        pro: ["every click is counted"],
        con: ["dear"],
        pickWhen: "x",
      },
    ],
    choice: "302",
    because: "clicks count",
    concepts: [concept("status", "301", "302", "analytics")],
    followUps: [],
    deep: false,
    source: "seed",
  };
  test.each([
    ["We answer 302 because analytics wants every visit.", 1],
    ["A 302, so that each click can be counted.", 1],
    ["302 of course.", 0.4],
    ["We take the 302 answer for all of them, as anybody would do.", 0.4],
    ["Temporary answers, but it costs a request.", 0.4],
    ["Whatever the framework does.", 0],
  ])("%s", (text, credit) => {
    expect(judgeDecisions(prose(text), [decision], [])[0]?.credit).toBe(credit);
  });
});

test.each([
  ["URL DB", "- The URL DB is a single point: add a standby.", true],
  ["URL DB", "- SPOF: the URL DB. We add replicas.", true],
  ["URL DB", "- The URL DB may die.", false],
  ["Gateway", "- The gateway may fail, so there is a pair of them.", true],
  ["Load balancer", "- When an API crashes the load balancer uses several others.", false],
  ["Redis", "- The URL DB fails: a standby.", false],
  ["", "- It fails: a standby.", false],
])("a box is named with its fix: %s in %s", (label, text, named) => {
  expect(namesWithFix(prose(text), label)).toBe(named);
});
