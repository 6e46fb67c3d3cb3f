import { expect, test } from "vitest";
import type { Verification } from "../../graders/index.ts";
import { junitXml } from "./junit.ts";

const finding = {
  check: "points",
  file: "/k/spec.ts",
  line: 3,
  message: 'a < "b" & \0',
  fix: "Do.",
};
const result = {
  kata: "lru-cache",
  findings: [finding],
  waived: [{ finding: { ...finding, check: "tags" }, reason: "it is a toy" }],
  seconds: 1.5,
} as unknown as Verification;

test("a finding is a failure with its place, a waiver is skipped, and all is escaped", () => {
  expect(junitXml([result], "/k")).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="lru-cache" tests="2" failures="1" skipped="1" time="1.5">
    <testcase classname="lru-cache" name="points"><failure message="a &lt; &quot;b&quot; &amp; \u{FFFD}">spec.ts:3
Do.</failure></testcase>
    <testcase classname="lru-cache" name="tags"><skipped message="it is a toy"/></testcase>
  </testsuite>
</testsuites>
`);
});

test("a sound kata has one case that passed", () => {
  const sound = { ...result, findings: [], waived: [] };
  expect(junitXml([sound], "/k")).toContain('tests="1" failures="0" skipped="0"');
});
