import { describe, expect, test } from "vitest";
import type { Column, Entity } from "../../definition/system.ts";
import { type DataModelVerdict, judgeDataModel } from "./judge-data-model.ts";
import { parseEntities } from "./parse-entities.ts";

/** `name(col type pk …)` of each entity, keys as `*` (primary) and `+` (any other). */
function shapes(text: string): string[] {
  return parseEntities(text, 1).map(({ name, columns }) => {
    const list = columns.map((it) => `${it.name}${it.isPrimary ? "*" : it.isKey ? "+" : ""}`);
    return `${name}(${list.join(" ")})`;
  });
}

const WANTED = ["urls(hash* originalURL userID+)", "users(userID* email+)"];

describe("each way to write two tables", () => {
  test.each([
    [
      "SQL",
      `CREATE TABLE urls (
  hash VARCHAR(7) PRIMARY KEY,
  originalURL TEXT NOT NULL, -- up to 2 KB
  userID BIGINT REFERENCES users(userID)
);
create table if not exists "users" (userID bigint, email varchar(255) unique, primary key (userID));`,
    ],
    [
      "SQL with an index apart",
      `CREATE TABLE urls (hash CHAR(7), originalURL TEXT, userID BIGINT, PRIMARY KEY (hash));
CREATE INDEX by_user ON urls (userID);
CREATE TABLE users (
  userID BIGINT,
  email TEXT,
  PRIMARY KEY (userID),
  UNIQUE (email)
) ENGINE=InnoDB;`,
    ],
    [
      "a Mermaid erDiagram",
      `erDiagram
  USERS ||--o{ URLS : owns
  urls {
    string hash PK
    string originalURL
    bigint userID FK
  }
  users {
    bigint userID PK "the owner"
    string email UK
  }`,
    ],
    ["records", "urls(hash pk, originalURL, userID fk)\nusers(userID pk, email unique)"],
    [
      "bulleted records, types in between",
      "- `urls`(hash varchar(7) pk, originalURL text, userID bigint fk)\n- users (userID PK, email string unique)",
    ],
    ["lists", "urls: hash (PK), originalURL, userID (FK)\n**users**: userID (PK), email (unique)"],
    [
      "nested bullets",
      "- urls\n  - hash: string, pk\n  - originalURL: text\n  - userID: bigint (index)\n- users\n  - userID pk\n  - email unique",
    ],
    [
      "a table",
      "| entity | columns | keys |\n| --- | --- | --- |\n| urls | hash, originalURL, userID | pk hash, index userID |\n| users | userID, email | pk userID; unique email |",
    ],
    [
      "braces",
      "urls {\n  hash: string pk\n  originalURL: string\n  userID: bigint fk\n}\nusers { userID: bigint pk, email: string unique }",
    ],
  ])("%s", (_, text) => {
    expect(shapes(text)).toEqual(WANTED);
  });
});

type Given = Partial<Omit<Entity, "columns">> & { readonly columns: readonly Partial<Column>[] };

function entityOf({ columns, ...given }: Given): Entity {
  return {
    id: "x",
    synonyms: [],
    store: "any",
    required: true,
    source: "seed",
    ...given,
    columns: columns.map((column) => ({
      name: "x",
      type: "TEXT",
      synonyms: [],
      required: true,
      ...column,
    })),
  };
}

const GIVEN: readonly Given[] = [
  {
    id: "messages",
    synonyms: ["message", "chat message"],
    store: "wide-column",
    partitionBy: "chatID",
    columns: [
      { name: "messageID", type: "BIGINT", key: "pk", synonyms: ["id"] },
      { name: "chatID", type: "BIGINT", key: "index", synonyms: ["channel id"] },
      { name: "content", type: "TEXT", synonyms: ["body"] },
      { name: "sentAt", type: "TIMESTAMP", required: false },
    ],
  },
  {
    id: "favorites",
    synonyms: ["likes"],
    store: "wide-column",
    columns: [
      { name: "userID", type: "BIGINT", key: "pk" },
      { name: "tweetID", type: "BIGINT", key: "pk" },
    ],
  },
];
const ENTITIES = GIVEN.map(entityOf);

function judge(text: string, counts: Record<string, number> = {}): DataModelVerdict {
  return judgeDataModel(text, 5, ENTITIES, {
    counts: new Map(Object.entries(counts)),
    keyLength: 7,
  });
}

describe("the verdict", () => {
  const WHOLE =
    "Message(id pk, channel_id partition, body, sent_at)\nlikes(user_id pk, tweet_id pk)";

  test("knows synonyms, plurals, snake_case and camelCase", () => {
    expect(judge(WHOLE).points).toBe(15);
    expect(judge(WHOLE).entities).toMatchObject([{ evidence: "Message", line: 5 }, { line: 6 }]);
  });

  test("gives 60 % for entities, 25 % for columns, 15 % for keys", () => {
    // One of two entities; 3 of 5 columns; 2 of 3 keys.
    expect(judge("messages(messageID pk, chatID index, content)").points).toBeCloseTo(
      15 * (0.6 / 2 + (0.25 * 3) / 5 + (0.15 * 2) / 3),
    );
    // Both entities; no columns; no keys.
    expect(judge("messages()\nlikes()").points).toBeCloseTo(15 * 0.6);
    expect(judge("").points).toBe(0);
  });

  test("says which columns and keys are not there", () => {
    expect(judge("messages(messageID, chatID)").entities[0]).toMatchObject({
      missingColumns: ["content"],
      missingKeys: ["a primary key", "chatID"],
    });
  });

  test("accepts an entity that was merged into another", () => {
    const merged = judge("messages(messageID pk, chatID index, content, userID, tweetID)");
    expect(merged.entities[1]).toMatchObject({ merged: true, evidence: "messages" });
    expect(merged.points).toBe(15);
  });
});

describe("remarks", () => {
  test.each([
    [
      "messages(id INT pk, sentAt)",
      { messagesPerDay: 2e9 },
      "id INT overflows at 2.15 B after 1.07 d",
    ],
    ["messages(id SERIAL pk, sentAt)", { records: 1.2e10 }, "overflows at 2.15 B, you expect 12 B"],
    ["messages(id BIGINT pk, sentAt)", { records: 1.2e10 }, ""],
    ["messages(id INT pk, sentAt)", { records: 1e6 }, ""],
    ["messages(id pk, content)", {}, "nothing to sort by"],
    ["photos(id pk, data BLOB)", {}, "keep media in an object store"],
    ["users(id pk, followers bigint[])", {}, "grows without bound"],
  ])("%s", (text, counts, said) => {
    const { remarks } = judge(text, counts as Record<string, number>);
    if (said === "") expect(remarks).toEqual([]);
    else expect(remarks.map((it) => it.text).join()).toContain(said);
    for (const { line } of remarks) expect(line).toBe(5);
  });

  test("a key column shorter than the keys", () => {
    const urls = entityOf({
      id: "urls",
      synonyms: [],
      store: "kv",
      columns: [{ name: "hash", type: "VARCHAR(7)", key: "pk" }],
    });
    const context = { counts: new Map<string, number>(), keyLength: 7 };
    const said = (text: string): string[] =>
      judgeDataModel(text, 1, [urls], context).remarks.map((it) => it.text);
    expect(said("urls(hash varchar(6) pk)")).toEqual([
      "hash varchar(6) is too short for keys of 7 characters",
    ]);
    expect(said("urls(hash varchar(10) pk)")).toEqual([]);
  });
});
