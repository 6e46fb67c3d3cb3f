import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { chooseLanguage } from "./choose-language.ts";
import { CATALOGUE, MESSAGES, readTranslation } from "./read-translation.ts";

const dir = mkdtempSync(join(tmpdir(), "kata-messages-"));

function fileOf(content: string): string {
  const file = join(dir, "mine.json");
  writeFileSync(file, content);
  return file;
}

function read(messages: Readonly<Record<string, unknown>>): ReturnType<typeof readTranslation> {
  const entries = Object.entries(messages).map(([key, text]) => [key, { text }]);
  return readTranslation(
    fileOf(JSON.stringify({ language: "de", messages: Object.fromEntries(entries) as object })),
  );
}

test("the catalogue itself is a translation", () => {
  expect(readTranslation(CATALOGUE).translation?.sayings.size).toBeGreaterThan(1_000);
});

// Who changes the English of a message takes its translations out.
test.each(readdirSync(MESSAGES))("%s has no fault", (file) => {
  const { translation, problems } = readTranslation(join(MESSAGES, file));
  expect(problems).toEqual([]);
  expect(translation?.language).toBe(file.replace(".json", ""));
});

test("good entries are used; what is empty is English", () => {
  const { translation, problems } = read({
    "{0} holds now.": "Jetzt gilt {0}.",
    "{n} katas": { one: "eine Kata", other: "{n} Katas" },
    passed: "",
  });
  expect(problems).toEqual([]);
  expect([...(translation?.sayings.keys() ?? [])]).toEqual(["{0} holds now.", "{n} katas"]);
});

test.each([
  ["{0} holds now.", "Es gilt.", "needs the holes {0}"],
  ["{0} holds now.", "Es gilt {0} {1}.", "needs the holes {0}"],
  ["{0} holds now.", { other: "Es gilt {0}." }, "needs one text"],
  ["{0} holds now.", " Es gilt {0}.", "needs the same spaces and line ends around it"],
  ["{0} holds now.", 7, "needs one text"],
  ["{n} katas", { one: "{n} Kata" }, 'needs the form "other"'],
  ["{n} katas", { other: "Katas" }, "needs the holes {n}"],
  ["{n} katas", { other: "{m} Katas" }, "needs the holes {n}"],
  ["{n} katas", { other: "{n} Katas", few: "Katas" }, "needs the holes {n}"],
  ["{n} katas", { other: "{n} Katas", one: 1 }, 'needs a text for the form "one"'],
  [
    "{n} katas",
    { other: "{n} Katas", singular: "eine" },
    'has no form "singular", only zero, one, two, few, many, other',
  ],
  ["{n} katas", ["{n} Katas"], "needs a text, or one for each form"],
  ["No such sentence.", "Nein.", "is not a message of this kata"],
])("%j as %j: the entry is left out, and why is said", (key, text, why) => {
  const { translation, problems } = read({ [key]: text, passed: "bestanden" });
  expect(problems).toEqual([`mine.json: ${JSON.stringify(key)} ${why}`]);
  expect([...(translation?.sayings.keys() ?? [])]).toEqual(["passed"]);
});

test.each([
  ["", "mine.json cannot be read: "],
  ["{", "mine.json cannot be read: "],
  ["[]", "mine.json is not a translation: "],
  ['{"language":"de"}', "mine.json is not a translation: "],
  ['{"language":"??","messages":{}}', "mine.json is not a translation: "],
])("%j is no translation at all", (content, problem) => {
  const { translation, problems } = readTranslation(fileOf(content));
  expect(translation).toBeUndefined();
  expect(problems[0]).toContain(problem);
});

test("of many faults the first are told, and how many more there are", () => {
  const faulty = Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`no ${n}`, { text: "x" }]));
  const file = fileOf(JSON.stringify({ language: "de", messages: faulty }));
  const problems = chooseLanguage({ KATA_MESSAGES: file }, []);
  expect(problems).toHaveLength(4);
  expect(problems[3]).toBe('… and 2 more. See CONTRIBUTING.md, "Translate kata".');
  expect(chooseLanguage({ KATA_MESSAGES: file }, ["list", "--json"])).toEqual([]);
  expect(chooseLanguage({ KATA_LANG: "en" }, [])).toEqual([]);
});
