import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { sha1 } from "./sha1.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

// FIPS 180-4 examples.
test.each([
  ["abc", "a9993e364706816aba3e25717850c26c9cd0d89d"],
  [
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
    "84983e441c3bd26ebaae4aa1f95129e5e54670f1",
  ],
])("sha1(%j)", (text, expected) => {
  expect(hex(sha1(new TextEncoder().encode(text)))).toBe(expected);
});

test("agrees with node:crypto at every length around the block borders", () => {
  for (let length = 0; length <= 130; length += 1) {
    const bytes = new Uint8Array(length + 2).fill(length + 1).subarray(1, length + 1);
    expect(hex(sha1(bytes))).toBe(createHash("sha1").update(bytes).digest("hex"));
  }
});
