import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type * as Stryker from "@stryker-mutator/instrumenter";
import { KataError } from "../../model/kata-error.ts";
import type { Mutant } from "../../model/mutation.ts";
import type { Kata } from "../../model/kata.ts";
import { identifyMutants } from "./identify-mutants.ts";

const PACKAGE = "@stryker-mutator/instrumenter";
/** The version that is tried here. It brings Babel along, so candidates do not install it. */
const TRIED_VERSION = "9.6.1";
const OPTIONS = {
  plugins: null,
  // A message is free: no property compares it.
  excludedMutations: ["StringLiteral"],
  ignorers: [],
  noHeader: true,
};

export interface InstrumentedSource {
  readonly mutants: readonly Mutant[];
  /** The source with all mutants in it, each behind a switch (see harness/mutant-switch.ts). */
  readonly text: string;
}

/** @throws KataError `needs-package`, or `content-broken` when the reference is not TypeScript. */
export async function makeMutants({ slug, reference }: Kata): Promise<InstrumentedSource> {
  const { Instrumenter } = await loadInstrumenter();
  const { file } = reference;
  const source = readFileSync(file, "utf8");
  const quiet = (): void => {};
  const no = (): boolean => false;
  const logger = {
    isTraceEnabled: no,
    isDebugEnabled: no,
    isInfoEnabled: no,
    isWarnEnabled: no,
    isErrorEnabled: no,
    isFatalEnabled: no,
    trace: quiet,
    debug: quiet,
    info: quiet,
    warn: quiet,
    error: quiet,
    fatal: quiet,
  };
  const { files, mutants } = await new Instrumenter(logger)
    .instrument([{ name: file, mutate: true, content: source }], OPTIONS)
    .catch((error: unknown) => {
      const why = `its reference cannot be read (${String(error).split("\n")[0]})`;
      throw new KataError("content-broken", { slug, why }, error);
    });
  const changes = mutants
    .filter(({ status }) => status !== "Ignored")
    .map(({ id, mutatorName, replacement, location: { start, end } }) => {
      return { number: id, mutator: mutatorName, replacement, start, end };
    });
  return { mutants: identifyMutants(source, changes), text: files[0]?.content ?? source };
}

/** An instrumented source that is one mutant for good, by its number. */
export function fixMutant({ text }: InstrumentedSource, number: string): string {
  const isActive = `const stryMutAct_9fa48 = (mutant) => mutant === "${number}";`;
  return `${isActive}\nconst stryCov_9fa48 = () => {};\n${text}`;
}

/** Which instrumenter makes the mutants. @throws KataError `needs-package`. */
export function instrumenterVersion(): string {
  const require = createRequire(import.meta.url);
  try {
    return (require(`${PACKAGE}/package.json`) as { version: string }).version;
  } catch (error) {
    throw explain(error);
  }
}

async function loadInstrumenter(): Promise<typeof Stryker> {
  try {
    return await import("@stryker-mutator/instrumenter");
  } catch (error) {
    throw explain(error);
  }
}

function explain(error: unknown): unknown {
  const { code = "" } = error as NodeJS.ErrnoException;
  if (!code.endsWith("MODULE_NOT_FOUND")) return error;
  const params = { what: "kata verify --mutants", name: PACKAGE, version: TRIED_VERSION };
  return new KataError("needs-package", params, error);
}
