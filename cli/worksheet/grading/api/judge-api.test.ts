import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Operation } from "../../definition/system.ts";
import { assignBest } from "./assign-best.ts";
import { type ApiVerdict, judgeApi } from "./judge-api.ts";
import { parseOperations } from "./parse-operations.ts";

describe("each way to write an operation", () => {
  test.each([
    ["POST /v1/urls {longUrl} -> 201 {key}", "http", ["create"], ["url"]],
    ["- `POST` `/api/v2/short-urls`", "http", ["create"], ["short", "url"]],
    ["GET /users/{userId}/feed?cursor=x", "http", ["read"], ["user", "feed"]],
    ["GET /{key} -> 302", "http", ["read"], ["key"]],
    ["DELETE https://x.io/v1/tweets/:id", "http", ["delete"], ["tweet"]],
    ["PATCH /rides/{id}", "http", ["update"], ["ride"]],
    ["| 3 | POST /messages | send |", "http", ["create"], ["message"]],
    ["createURL(apiKey, longUrl): string", "call", ["create"], ["create", "url"]],
    ["- getNewsfeed(userID) -> Tweet[]", "call", ["read"], ["get", "newsfeed"]],
    ["rpc CreateUrl(CreateRequest) returns (Url)", "call", ["create"], ["create", "url"]],
    ["mutation sendMessage(chatId: ID!): Message", "call", ["create"], ["send", "message"]],
    ["subscription onMessage(chatId: ID!)", "call", ["stream"], ["on", "message"]],
    ["WS send message {chatId}", "stream", ["stream", "create"], ["send", "message"]],
    ["send message(chatId, text)", "call", ["create"], ["send", "message"]],
    ["update_location(driver_id, lat, lon)", "call", ["update"], ["update", "location"]],
  ])("%s", (text, form, classes, words) => {
    expect(parseOperations(text, 3)).toMatchObject([{ form, classes, words, line: 3 }]);
  });

  test("lines that begin none belong to the one before", () => {
    const text =
      "POST /tweets\n  body: {content}\n  -> 201 {id}, 429\n\n## Reading\nGET /feed?cursor=";
    const [post, get] = parseOperations(text, 1);
    expect(post?.all.text).toContain("429");
    expect(post).toMatchObject({ output: "201 {id}, 429" });
    expect(get?.line).toBe(6);
  });

  test("prose is no operation", () => {
    expect(parseOperations("We would post things, and get them back (soon).", 1)).toEqual([]);
  });
});

function operationOf(given: Partial<Operation>): Operation {
  const empty = { id: "x", label: "x", verbs: [], nouns: [], http: "", signature: "" };
  return { ...empty, requirement: "r", needs: [], required: true, source: "seed", ...given };
}

const CURSOR = { id: "cursor", say: "a cursor", any: ["cursor", "limit", "page*"], weight: 1 };
const OPERATIONS = [
  {
    id: "post",
    label: "Post",
    verbs: ["post", "create"],
    nouns: ["tweet"],
    http: "POST /tweets",
    signature: "postTweet()",
  },
  {
    id: "follow",
    label: "Follow",
    verbs: ["follow"],
    nouns: ["follow", "follower", "user"],
    http: "POST /users/{id}/followers",
    signature: "follow()",
  },
  {
    id: "feed",
    label: "Feed",
    verbs: ["get", "read"],
    nouns: ["feed", "newsfeed", "timeline"],
    http: "GET /feed",
    signature: "getFeed()",
    needs: [CURSOR],
  },
  {
    id: "search",
    label: "Search",
    verbs: ["search", "find"],
    nouns: ["search", "tweet"],
    http: "GET /search",
    signature: "search()",
    required: false,
  },
].map(operationOf);

function judge(text: string): ApiVerdict {
  return judgeApi(text, 1, OPERATIONS);
}
function credits(text: string): Record<string, number> {
  return Object.fromEntries(judge(text).operations.map(({ id, credit }) => [id, credit]));
}

describe("the verdict", () => {
  test("80 % for an operation, 20 % for what it needs", () => {
    const text = "POST /v1/tweets\nPOST /users/{id}/followers\nGET /timeline";
    expect(credits(text)).toMatchObject({ post: 1, follow: 1, feed: 0.8 });
    expect(judge(text).points).toBeCloseTo((15 * 2.8) / 3);
    expect(judge(text.replace("/timeline", "/timeline?cursor=")).points).toBe(15);
    expect(judge(text).operations[2]).toMatchObject({
      evidence: "GET /timeline",
      line: 3,
      lacking: ["a cursor"],
    });
  });

  test("one line serves one operation", () => {
    expect(judge("manageEverything(tweet, follow, feed, cursor)").points).toBe(0);
    const all = judge("postTweetAndFollowUserAndGetFeed(cursor)");
    expect(all.operations.filter(({ credit }) => credit > 0)).toHaveLength(1);
  });

  test("the method is not enough, nor is the noun", () => {
    expect(credits("POST /payments")).toEqual({ post: 0, follow: 0, feed: 0, search: 0 });
    expect(credits("DELETE /tweets/{id}")).toMatchObject({ post: 0 });
  });

  test("a line goes where it helps most", () => {
    const text = "GET /tweets/search?q=&cursor=\nGET /feed?cursor=\nPOST /tweets";
    expect(credits(text)).toEqual({ post: 1, follow: 0, feed: 1, search: 1 });
  });

  test("more than is asked costs nothing", () => {
    const text = "POST /tweets\nPOST /users/{id}/followers\nGET /feed?cursor=";
    expect(judge(`${text}\nPOST /bots\nDELETE /mutes/{id}`)).toMatchObject({
      points: 15,
      extra: 2,
    });
  });
});

describe("remarks", () => {
  test.each([
    ["POST /createTweet -> 201, 400", "a verb in the path: createTweet"],
    ["GET /tweets {body: x} -> 200, 404; limit", "a GET with a body"],
    ["GET /tweets -> 200, 404", "a list without a limit or a cursor"],
    ["postTweet(userID, content): id, 401", "the caller says who they are (userID)"],
    ["GET /{key} -> redirect, 404", "a redirect without its status"],
    ["postTweet(content): boolean, 401", "returns a boolean"],
    ["POST /tweets -> 201", "no error case anywhere"],
    ["POST /tweets {content} -> 201 {id}, 401, 429", undefined],
    ["GET /{key} -> 302 Location, 404, 410", undefined],
    ["GET /feed?cursor= -> 200, 401", undefined],
  ])("%s", (text, said) => {
    const all = judge(text).remarks.map((it) => it.text);
    if (said === undefined) expect(all).toEqual([]);
    else expect(all.join()).toContain(said);
  });
});

test("the assignment is the best there is", () => {
  const matrix = fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 5 }))
    .chain(([rows, columns]) =>
      fc.array(fc.array(fc.nat(9), { minLength: columns, maxLength: columns }), {
        minLength: rows,
        maxLength: rows,
      }),
    );
  const best = (weights: number[][], taken: readonly number[] = []): number => {
    const [row, ...rest] = weights;
    if (row === undefined) return 0;
    const alone = best(rest, taken);
    return row.reduce(
      (most, weight, column) =>
        taken.includes(column) ? most : Math.max(most, weight + best(rest, [...taken, column])),
      alone,
    );
  };
  fc.assert(
    fc.property(matrix, (weights) => {
      const columns = assignBest(weights);
      const used = columns.filter((column) => column !== undefined);
      expect(new Set(used).size).toBe(used.length);
      const sum = columns.reduce<number>(
        (all, column, row) => all + (weights[row]?.[column ?? -1] ?? 0),
        0,
      );
      expect(sum).toBe(best(weights));
    }),
  );
});
