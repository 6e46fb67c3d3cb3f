import { execFile } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { ATTEMPT_GLOBALS, BUILT } from "../catalog/paths.ts";
import { valueExports } from "../catalog/stub-exports.ts";
import type { TypeProblem } from "../model/grade-report.ts";

/** What an attempt is held to: plain `strict`. Our own taste is not part of the exam. */
const COMPILER_OPTIONS = {
  strict: true,
  target: "es2023",
  lib: ["es2023"],
  types: [],
  module: "esnext",
  moduleResolution: "bundler",
  moduleDetection: "force",
  allowImportingTsExtensions: true,
  noEmit: true,
  skipLibCheck: true,
  paths: { "kata/kit": [BUILT.kitTypes] },
};

const LONGEST_MS = 30_000;

export interface TypeCheck {
  readonly problems: readonly TypeProblem[];
  /** Names of the stub that the attempt does not export. */
  readonly missing: readonly string[];
}

/** Checks that a module compiles and that each of its exports fits the stub's. */
export async function typecheck(
  file: string,
  stub: string,
  signal?: AbortSignal,
): Promise<TypeCheck> {
  const checked = await typecheckEach([file], stub, signal);
  return checked.get(file) ?? { problems: [], missing: [] };
}

/** Checks several modules against one stub, in one run of the compiler. Each stands for itself. */
export async function typecheckEach(
  modules: readonly string[],
  stub: string,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, TypeCheck>> {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), "kata-types-")));
  try {
    const names = valueExports(readFileSync(stub, "utf8"));
    const subjects = modules.map((file, index) => {
      return { file, conformance: join(dir, `conformance-${index}.ts`) };
    });
    for (const { file, conformance } of subjects) {
      writeFileSync(conformance, conformanceModule(file, stub, names));
    }
    const project = join(dir, "tsconfig.json");
    const files = [...subjects.map(({ conformance }) => conformance), ATTEMPT_GLOBALS];
    writeFileSync(project, JSON.stringify({ compilerOptions: COMPILER_OPTIONS, files }));
    const output = await runCompiler(["--project", project, "--pretty", "false"], dir, signal);
    const others = new Set([...modules, ...subjects.map(({ conformance }) => conformance)]);
    return new Map(
      subjects.map(({ file, conformance }) => {
        return [file, readProblems(output, { file, conformance, names, dir, others })];
      }),
    );
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Line 1 and 2 import; line 3 + i checks the i-th name. */
function conformanceModule(file: string, stub: string, names: readonly string[]): string {
  return [
    `import type * as Stub from ${JSON.stringify(stub)};`,
    `import * as Attempt from ${JSON.stringify(file)};`,
    ...names.map((name) => `Attempt.${name} satisfies typeof Stub.${name};`),
  ].join("\n");
}

function readProblems(
  output: string,
  where: {
    file: string;
    conformance: string;
    names: readonly string[];
    dir: string;
    /** What was checked in the same run; its messages are its own. */
    others: ReadonlySet<string>;
  },
): TypeCheck {
  const problems: TypeProblem[] = [];
  const missing: string[] = [];
  for (const message of splitMessages(output)) {
    const match = /^(.+?)\((\d+),(\d+)\): error (TS\d+): ([\s\S]*)$/.exec(message);
    if (!match) {
      if (/error TS\d+/.test(message)) {
        problems.push({ file: where.file, line: 1, column: 1, code: "TS", message });
      }
      continue;
    }
    const [, path = "", line = "1", column = "1", code = "", text = ""] = match;
    const source = resolve(where.dir, path);
    if (where.others.has(source) && source !== where.file && source !== where.conformance) continue;
    if (source !== where.conformance) {
      problems.push({
        file: source,
        line: Number(line),
        column: Number(column),
        code,
        message: text,
      });
      continue;
    }
    const name = where.names[Number(line) - 3];
    if (name === undefined) continue; // The import lines only repeat what the attempt's own file says.
    if (code === "TS2339" || code === "TS2551" || code === "TS2724") missing.push(name);
    else {
      const position = exportPosition(where.file, name);
      const message = `${name} does not fit the stub: ${innermost(text)}`;
      problems.push({ file: where.file, ...position, code, message });
    }
  }
  return { problems, missing };
}

/** The end of a chain of reasons names the member and the two types; its start names whole classes. */
function innermost(text: string): string {
  const reasons = text
    .split("\n")
    .map((line) => line.trim().replaceAll(/import\("[^"]*"\)\./g, ""));
  return reasons.slice(-4).join(" ");
}

/** A message runs on over the indented lines below it. */
function splitMessages(output: string): string[] {
  return output
    .replaceAll("\r\n", "\n")
    .split(/\n(?!\s)/)
    .map((message) => message.trimEnd())
    .filter((message) => message !== "");
}

function exportPosition(file: string, name: string): { line: number; column: number } {
  const lines = readFileSync(file, "utf8").split("\n");
  const index = lines.findIndex((line) =>
    new RegExp(`\\b(class|function|const)\\s+${name}\\b`).test(line),
  );
  return { line: Math.max(0, index) + 1, column: 1 };
}

function runCompiler(args: string[], cwd: string, signal?: AbortSignal): Promise<string> {
  const [command, first] = compiler();
  return new Promise((settle, reject) => {
    const options = {
      cwd,
      timeout: LONGEST_MS,
      maxBuffer: 16 * 1024 * 1024,
      ...(signal ? { signal } : {}),
    };
    execFile(command, [...first, ...args], options, (error, stdout, stderr) => {
      // The compiler exits with 1 or 2 when it found something; anything else is not an answer.
      const exit = error === null ? 0 : (error as { code?: unknown }).code;
      if (exit === 0 || exit === 1 || exit === 2) settle(stdout + stderr);
      else reject(error ?? new Error("the compiler failed"));
    });
  });
}

/** The native compiler itself: its launcher costs another node start. */
function compiler(): [command: string, first: string[]] {
  const require = createRequire(import.meta.url);
  const typescript = require.resolve("typescript/package.json");
  try {
    const native = createRequire(typescript).resolve(
      `@typescript/typescript-${process.platform}-${process.arch}/package.json`,
    );
    const binary = join(dirname(native), "lib", process.platform === "win32" ? "tsc.exe" : "tsc");
    if (existsSync(binary)) return [binary, []];
  } catch {
    // Not installed for this platform: the launcher says so in its own words.
  }
  return [process.execPath, [join(dirname(typescript), "bin", "tsc")]];
}
