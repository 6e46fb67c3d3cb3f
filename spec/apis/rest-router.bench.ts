/** Budgets of `rest-router`: many routes, and routes that overlap at every level. */
import { defineBench, inBatches } from "kata/harness";
import { SeededRandom } from "kata/kit";
import type * as Stub from "../../katas/apis/rest-router/stub.ts";

type Subject = typeof Stub;
const BATCH = 200;
const METHODS: readonly Stub.Method[] = ["GET", "POST", "PUT", "DELETE"];

/** 70 % static, 25 % with a parameter, 5 % with a wildcard, each for one of four methods. */
function patternOf(i: number): string {
  const service = `/v1/service-${i}`;
  if (i % 20 === 0) return `${service}/files/*path`;
  return i % 4 === 1 ? `${service}/items/:id` : `${service}/status`;
}

/** Nine of ten are found; of the others one half is 404, the rest are 405 and 400. */
function requests(routes: number, count: number): (readonly [Stub.Method, string])[] {
  const random = new SeededRandom(routes);
  return Array.from({ length: count }, (_, nth) => {
    const i = random.below(routes);
    const method = METHODS[i % METHODS.length]!;
    const path = patternOf(i).replace(":id", `item%20${nth}`).replace("*path", "a/b/c.txt");
    const miss = nth % 40;
    if (miss < 2) return [method, `${path}/none`] as const;
    if (miss === 2) return ["PATCH", path] as const;
    return [method, miss === 3 ? `${path}%` : path] as const;
  });
}

function mixed({ Router }: Subject, routes: number): () => unknown {
  const router = new Router<number>();
  for (let i = 0; i < routes; i += 1) router.add(METHODS[i % METHODS.length]!, patternOf(i), i);
  return inBatches(requests(routes, 20_000), BATCH, ([method, path]) => router.match(method, path));
}

/** 64 routes of 12 segments: the bits of the number say where a static text gives way. */
const DEEP = Array.from({ length: 64 }, (_, route) =>
  Array.from({ length: 12 }, (_, level) =>
    level < 11 && ((route * 2_654_435_761) >>> level) % 2 === 0 ? `/:p${level}` : "/a",
  ).join(""),
);

export const bench = defineBench<Subject>("rest-router", {
  workloads: [
    {
      id: "match-hot",
      rule: 13,
      what: "200 matches on 1,000 routes",
      maxRatio: 3,
      setup: (subject) => mixed(subject, 1_000),
    },
    {
      id: "adversarial-depth",
      rule: 13,
      what: "8 matches on 64 routes of 12 segments that overlap",
      // A table for each of 64 shapes, each with a key of up to 12 texts, deserves it.
      maxRatio: 6,
      setup: ({ Router }) => {
        const router = new Router<string>();
        for (const pattern of DEEP) router.add("GET", pattern, pattern);
        const asked = ["a", "ab", "aab", "ba"].flatMap((turn) =>
          ["a", "z"].map(
            (end) =>
              `/${[...Array.from({ length: 11 }, (_, i) => turn[i % turn.length]), end].join("/")}`,
          ),
        );
        return inBatches(asked, asked.length, (path) => router.match("GET", path));
      },
    },
  ],
  growth: [
    {
      id: "route-growth",
      rule: 13,
      what: "a match, by the number of routes",
      sizes: [100, 1_000, 10_000],
      maxExcess: 0.25,
      setup: mixed,
    },
  ],
});
