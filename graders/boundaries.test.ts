import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PACKAGE_ROOT } from "./catalog/paths.ts";

/**
 * A lint that cannot fail is not a lint. fixtures/bad-imports is a small repository full of planted
 * faults. A comment `// fault: rule …` marks the line it ends, or the next one if it stands alone:
 * exactly the marked lines may be reported, each by exactly these rules.
 */
const PLANTED = join(PACKAGE_ROOT, "graders/fixtures/bad-imports");
const CONFIG = join(PACKAGE_ROOT, ".oxlintrc.json");
const ROOMS = ["cli", "graders", "katas", "solutions", "spec", "templates"];
const BANNED_NAMES = ["utils", "helpers", "common", "misc", "shared", "manager", "core", "lib"];
/** cli/bench/peers stands on packages that are installed for it alone: their types are not there. */
const IGNORED = /(^|\/)(node_modules|dist|bench\/peers|fixtures\/(attempts|bad-imports))(\/|$)/;

type Diagnostic = {
  code?: string;
  message: string;
  help?: string;
  filename: string;
  labels: { span: { line: number } }[];
};
type LintReport = { diagnostics: Diagnostic[]; number_of_files: number };
type RuleEntry = string | [string, ...unknown[]];
type Block = { files: string[]; rules: Record<string, RuleEntry> };
type LintConfig = { rules: Record<string, RuleEntry>; overrides: Block[] };

const config = JSON.parse(readFileSync(CONFIG, "utf8")) as LintConfig;
let root = "";
let report: LintReport;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "kata-boundaries-"));
  cpSync(PLANTED, root, { recursive: true });
  cpSync(CONFIG, join(root, ".oxlintrc.json"));
  const compilerOptions = { strict: true, target: "es2023", module: "nodenext", types: [] };
  writeFileSync(join(root, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  const line = "export {};\n";
  writeFileSync(join(root, "cli/as-long-as-may-be.ts"), line.repeat(300));
  writeFileSync(
    join(root, "cli/too-long.ts"),
    `${line.repeat(300)}${line.trim()} // fault: max-lines`,
  );
  report = lint(root);
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("the lint", () => {
  test("reports every planted fault and nothing else", () => {
    const found = report.diagnostics.map(
      ({ filename, labels, ...diagnostic }) =>
        `${filename}:${labels[0]?.span.line} ${ruleOf(diagnostic)}`,
    );
    const unread = marked(root).filter((fault) => !READ_BY_THIS_FILE.includes(ruleIn(fault)));
    expect([...new Set(found)].toSorted()).toEqual(unread.toSorted());
  });

  test("has a planted fault for every rule and every ban it is set up with", () => {
    const said = report.diagnostics.map((it) => `${it.code} ${it.message} ${it.help ?? ""}`);
    const silent = [config, ...config.overrides]
      .flatMap(({ rules }) => Object.entries(rules).flatMap(([rule, entry]) => bans(rule, entry)))
      .filter((ban) => !said.some((text) => ban.every((part) => text.includes(part))));
    expect(silent).toEqual([]);
  });

  test("has a planted file in every place the law names", () => {
    const planted = filesUnder(root);
    const places = config.overrides.flatMap(({ files }) => files).filter((glob) => glob[0] !== "*");
    const unproven = places.filter(
      (glob) => !planted.some((file) => file.startsWith(glob.replace(/\*.*$/, ""))),
    );
    expect(unproven).toEqual(["vitest.config.ts"]);
  });

  test("looks at all of our files", () => {
    const ours = filesUnder(PACKAGE_ROOT).filter((file) => file.endsWith(".ts"));
    const { stdout } = spawnSync(oxlint(), ["--debug=files"], {
      cwd: PACKAGE_ROOT,
      encoding: "utf8",
    });
    const linted = new Set(stdout.split("\n"));
    expect(ours.length).toBeGreaterThan(100);
    expect(ours.filter((file) => !linted.has(file))).toEqual([]);
    const planted = filesUnder(root).filter((file) => file.endsWith(".ts"));
    expect(report.number_of_files).toBe(planted.length);
  });

  test("fails the command that CI runs", () => {
    const { status } = spawnSync(oxlint(), ["cli/too-long.ts"], { cwd: root, env: lintEnv() });
    expect(status).toBe(1);
  });
});

/** What no rule of oxlint can say is read from the files here, and proven the same way. */
const READ_BY_THIS_FILE = ["own-kata", "banned-name", "room-without-law", "suppression-reason"];

describe("what the lint cannot say", () => {
  test("finds every planted fault and nothing else", () => {
    const planted = marked(root).filter((fault) => READ_BY_THIS_FILE.includes(ruleIn(fault)));
    expect(new Set(planted.map(ruleIn))).toEqual(new Set(READ_BY_THIS_FILE));
    expect(readFaults(root).toSorted()).toEqual(planted.toSorted());
  });

  test("finds nothing in our files", () => {
    expect(readFaults(PACKAGE_ROOT)).toEqual([]);
  });
});

function readFaults(base: string): string[] {
  return filesUnder(base).flatMap((file) => [
    ...nameFaults(file),
    ...(/\.m?[jt]s$/.test(file) ? textFaults(file, readFileSync(join(base, file), "utf8")) : []),
  ]);
}

function nameFaults(file: string): string[] {
  const names = file.split("/").map((part) => part.replace(/\..*$/, ""));
  return [
    ...(names.some((name) => BANNED_NAMES.includes(name)) ? [`${file}:1 banned-name`] : []),
    ...(/^graders\/.*\.ts$/.test(file) && !hasLaw(file) ? [`${file}:1 room-without-law`] : []),
  ];
}

function hasLaw(file: string): boolean {
  if (file.startsWith("graders/fixtures/") || file.endsWith(".test.ts")) return true;
  return config.overrides.some(
    ({ files, rules }) =>
      rules["no-restricted-imports"] !== undefined &&
      files.some(
        (glob) => glob === file || (glob.endsWith("/**") && file.startsWith(glob.slice(0, -2))),
      ),
  );
}

function textFaults(file: string, text: string): string[] {
  return text
    .split("\n")
    .flatMap((line, at) => [
      ...(isUnexplained(line) ? [`${file}:${at + 1} suppression-reason`] : []),
      ...(leavesItsKata(file, line) ? [`${file}:${at + 1} own-kata`] : []),
    ]);
}

/** A suppression says why: `// oxlint-disable-next-line rule -- reason`. */
function isUnexplained(line: string): boolean {
  return (
    /(\/\/|\/\*)\s*(oxlint-disable|eslint-disable|prettier-ignore)/.test(line) &&
    !/ -- \S+ \S+/.test(line)
  );
}

const OWN_OF_SPEC = ["model", "inputs", "stories", "witnesses"];

/** A kata sees its own stub and its own files: never another kata. */
function leavesItsKata(file: string, line: string): boolean {
  const [, room, chapter, name] = /^(katas|solutions|spec)\/([^/]+)\/([^/]+)/.exec(file) ?? [];
  const [, specifier] = /(?:from|import)\s*\(?\s*"(\.[^"]*)"/.exec(line) ?? [];
  if (room === undefined || name === undefined || specifier === undefined) return false;
  const target = relative("/", resolve("/", dirname(file), specifier));
  if (!/^(katas|solutions|spec)\//.test(target)) return false;
  const kata = `${chapter}/${name.replace(/\..*$/, "")}`;
  const isOwnFile =
    (room === "solutions" && target.startsWith(`solutions/${kata}/`)) ||
    (room === "spec" && OWN_OF_SPEC.some((part) => target === `spec/${kata}.${part}.ts`));
  return !isOwnFile && target !== `katas/${kata}/stub.ts`;
}

/** The words by which a report must show that a ban is alive. */
function bans(rule: string, entry: RuleEntry): string[][] {
  const [severity, ...options] = [entry].flat() as [string, ...unknown[]];
  if (severity === "off") return [];
  const name = rule.replace(/^.*\//, "");
  const [first] = options as { patterns?: { message: string }[]; globals?: Ban[] }[];
  if (name === "no-restricted-imports") {
    return (first?.patterns ?? []).map(({ message }) => [name, message]);
  }
  if (name === "no-restricted-globals") {
    return (first?.globals ?? []).map((ban) => [name, `'${ban.name}'`, ban.message]);
  }
  if (name === "no-restricted-properties") {
    return (options as Ban[]).map((ban) => [name, `${ban.object}.${ban.property}`, ban.message]);
  }
  return [[`(${name})`]];
}

type Ban = { name?: string; object?: string; property?: string; message: string };

function lint(cwd: string): LintReport {
  const { stdout, stderr } = spawnSync(oxlint(), ["--format=json"], {
    cwd,
    env: lintEnv(),
    encoding: "utf8",
    maxBuffer: 1e8,
  });
  if (!stdout.startsWith("{")) throw new Error(`oxlint said: ${stdout}${stderr}`);
  return JSON.parse(stdout) as LintReport;
}

function oxlint(): string {
  return join(PACKAGE_ROOT, "node_modules/.bin/oxlint");
}

/** The temporary folder has no node_modules in which oxlint would find its type-aware half. */
function lintEnv(): NodeJS.ProcessEnv {
  return { ...process.env, OXLINT_TSGOLINT_PATH: oxlint().replace(/oxlint$/, "tsgolint") };
}

function ruleOf({ code, message }: Pick<Diagnostic, "code" | "message">): string {
  if (message.startsWith("Unused oxlint-disable directive")) return "unused-directive";
  return /\((.*)\)$/.exec(code ?? "")?.[1] ?? message;
}

function ruleIn(fault: string): string {
  return fault.replace(/^.* /, "");
}

/** `file:line rule` for each fault that is marked in a tree. */
function marked(base: string): string[] {
  return filesUnder(base).flatMap((file) =>
    readFileSync(join(base, file), "utf8")
      .split("\n")
      .flatMap((line, at) => {
        const [, before, rules = ""] = /^(.*)\/\/ fault: (.*)$/.exec(line) ?? [];
        const spot = before?.trim() === "" ? at + 2 : at + 1;
        return rules === "" ? [] : rules.split(" ").map((rule) => `${file}:${spot} ${rule}`);
      }),
  );
}

function filesUnder(base: string): string[] {
  return ROOMS.flatMap((room) => {
    try {
      return readdirSync(join(base, room), { recursive: true, withFileTypes: true });
    } catch {
      return [];
    }
  })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(base, join(entry.parentPath, entry.name)))
    .filter((file) => !IGNORED.test(file));
}
