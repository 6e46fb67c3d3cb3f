import { expect, test } from "vitest";
import { hash32 } from "./hash32.ts";

// Published vectors of MurmurHash3 x86_32 (Ian Boyd's list; the last two are multi-byte).
test.each([
  ["", 0, 0],
  ["", 1, 0x514e28b7],
  ["", 0xffffffff, 0x81f16f39],
  ["a", 0x9747b28c, 0x7fa09ea6],
  ["aa", 0x9747b28c, 0x5d211726],
  ["aaa", 0x9747b28c, 0x283e0130],
  ["aaaa", 0x9747b28c, 0x5a97808a],
  ["abcd", 0x9747b28c, 0xf0478627],
  ["test", 0, 0xba6bd213],
  ["Hello, world!", 0x9747b28c, 0x24884cba],
  ["The quick brown fox jumps over the lazy dog", 0x9747b28c, 0x2fa826cd],
  ["ππππππππ", 0x9747b28c, 0xd58063c1],
])("hash32(%j, %i)", (text, seed, expected) => {
  expect(hash32(text, seed)).toBe(expected);
});

test("an unpaired surrogate hashes like U+FFFD, a pair does not", () => {
  for (const lone of ["\ud800", "\udc00", "\ud800x"]) {
    expect(hash32(lone, 1)).toBe(hash32(lone.replace(/[\ud800-\udfff]/, "\ufffd"), 1));
  }
  expect(hash32("😀", 1)).not.toBe(hash32("\ufffd\ufffd", 1));
});
