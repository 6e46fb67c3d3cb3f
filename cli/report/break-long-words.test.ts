import fc from "fast-check";
import { expect, test } from "vitest";
import { breakLongWords } from "./break-long-words.ts";

test("breaks behind a comma, or at the end of the room", () => {
  expect(breakLongWords('{"a":1,"b":2,"c":3}', 14)).toBe('{"a":1,"b":2, "c":3}');
  expect(breakLongWords("abcdefgh", 3)).toBe("abc def gh");
  expect(breakLongWords("short words stay", 8)).toBe("short words stay");
});

test("loses nothing and leaves no word too long", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), fc.integer({ min: 1, max: 40 }), (text, room) => {
      const broken = breakLongWords(text, room);
      expect(broken.replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
      for (const word of broken.split(" ")) expect(word.length).toBeLessThanOrEqual(room);
    }),
  );
});
