import { afterEach, describe, expect, test } from "vitest";
import { KataError } from "./kata-error.ts";
import { inEnglish, say, sayCount, sayKnown, speak, type Saying } from "./say.ts";

function speakIn(language: string, sayings: Readonly<Record<string, Saying>>): void {
  speak({ language, sayings: new Map(Object.entries(sayings)) });
}

afterEach(() => speak(undefined));

const katas = (count: number): string => sayCount(count, "{n} kata", "{n} katas");

describe("English", () => {
  test("is what stands at the place of use", () => {
    expect(say`${"a"} holds now.`).toBe("a holds now.");
    expect(say`Nothing is due.`).toBe("Nothing is due.");
    expect(say`${1} of ${2}, ${undefined} and ${null}`).toBe("1 of 2, undefined and null");
    expect(say`\`x\`\n${"{0}"}`).toBe("`x`\n{0}");
  });

  test("has two plural forms", () => {
    expect([0, 1, 2].map(katas)).toEqual(["0 katas", "1 kata", "2 katas"]);
    expect(sayCount(2, "{n} of {a}", "{n} of {a}s", { a: "b" })).toBe("2 of bs");
  });

  test("takes the place of what a translation lacks", () => {
    speakIn("de", {});
    expect(say`${"a"} holds now.`).toBe("a holds now.");
    expect(katas(1)).toBe("1 kata");
    expect(sayKnown("held")).toBe("held");
  });
});

describe("another language", () => {
  test("may put holes in another order, and fills none twice", () => {
    speakIn("de", { "{0} of {1}": "von {1} sind es {0}" });
    expect(say`${"{1}"} of ${9}`).toBe("von 9 sind es {1}");
  });

  // CLDR: one is 1, few ends in 2 to 4 but not in 12 to 14, many is the rest of the whole numbers.
  test("has the plural forms that it needs", () => {
    const forms = {
      one: "{n} zadanie",
      few: "{n} zadania",
      many: "{n} zadań",
      other: "{n} zadania",
    };
    speakIn("pl", { "{n} katas": forms });
    expect([1, 2, 5, 12, 22].map(katas)).toEqual([
      "1 zadanie",
      "2 zadania",
      "5 zadań",
      "12 zadań",
      "22 zadania",
    ]);
  });

  test("may do with one form, and falls back on other", () => {
    speakIn("ja", { "{n} katas": "型{n}個" });
    expect([1, 2].map(katas)).toEqual(["型1個", "型2個"]);
    speakIn("pl", { "{n} katas": { other: "{n} kat" } });
    expect(katas(5)).toBe("5 kat");
  });

  test("has its errors, with named holes", () => {
    speakIn("de", { "See them all: kata list": "Alle: kata list" });
    const error = new KataError("unknown-kata", { slug: "x", suggestion: "" });
    expect([error.message, error.hint]).toEqual(['There is no kata "x".', "Alle: kata list"]);
  });

  test("is left for a while, whatever happens then", () => {
    speakIn("de", { held: "gilt" });
    expect(inEnglish(() => sayKnown("held"))).toBe("held");
    const broken = (): string => {
      throw new Error("broken");
    };
    expect(() => inEnglish(broken)).toThrow("broken");
    expect(sayKnown("held")).toBe("gilt");
  });
});
