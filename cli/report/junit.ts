import { relative } from "node:path";
import type { Verification } from "../../graders/index.ts";

/** Verifications as JUnit XML: a suite for each kata, a case for each finding, or one that passed. */
export function junitXml(results: readonly Verification[], cwd: string): string {
  const suites = results.map(({ kata, findings, waived, seconds }) => {
    const cases = findings.map(({ check, file, line, message, fix }) => {
      const place = `${relative(cwd, file)}:${line}`;
      const failure = `<failure message="${escape(message)}">${escape(`${place}\n${fix}`)}</failure>`;
      return `    <testcase classname="${escape(kata)}" name="${escape(check)}">${failure}</testcase>`;
    });
    const skipped = waived.map(({ finding, reason }) => {
      const skip = `<skipped message="${escape(reason)}"/>`;
      return `    <testcase classname="${escape(kata)}" name="${escape(finding.check)}">${skip}</testcase>`;
    });
    const sound = `    <testcase classname="${escape(kata)}" name="sound"/>`;
    const all = [...cases, ...skipped, ...(cases.length === 0 ? [sound] : [])];
    const counts = `tests="${all.length}" failures="${cases.length}" skipped="${skipped.length}"`;
    return `  <testsuite name="${escape(kata)}" ${counts} time="${seconds}">\n${all.join("\n")}\n  </testsuite>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join("\n")}\n</testsuites>\n`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** XML 1.0 allows no control characters but tab and line ends, not even escaped. */
function escape(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "\u{FFFD}")
    .replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
