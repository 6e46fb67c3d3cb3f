import { PACKAGE_ROOT, type PackPlace } from "../graders/reading.ts";

/** Where text goes. */
export interface Output {
  write(text: string): unknown;
}

/** Everything a command takes from its surroundings, read once. */
export interface CliContext {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Whether stdout is a terminal. */
  readonly isTty: boolean;
  /** Whether stderr is a terminal, so that progress can be shown there. */
  readonly stderrIsTty: boolean;
  /** Columns of the terminal; 80 when there is none. */
  readonly columns: number;
  readonly color: boolean;
  now(): Date;
  /** The folder that holds the katas: this package, or KATA_ROOT for a collection of your own. */
  readonly root: string;
  /** Packs of the workspace, and those of --pack: known once the command line is read. */
  readonly packs: readonly PackPlace[];
}

const DEFAULT_COLUMNS = 80;
const MIN_COLUMNS = 20;

export function createContext(from: NodeJS.Process): CliContext {
  const { env, stdout, stderr } = from;
  const isTty = stdout.isTTY === true;
  return {
    cwd: from.cwd(),
    env,
    stdout,
    stderr,
    isTty,
    stderrIsTty: stderr.isTTY === true,
    columns: readColumns(stdout.columns ?? stderr.columns, env["COLUMNS"]),
    color: wantsColor(env, isTty),
    now: () => new Date(),
    root: env["KATA_ROOT"] ?? PACKAGE_ROOT,
    packs: [],
  };
}

/** NO_COLOR (no-color.org) beats the terminal, FORCE_COLOR beats both. */
export function wantsColor(env: CliContext["env"], isTty: boolean): boolean {
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined && forced !== "") return forced !== "0" && forced !== "false";
  if (env["NO_COLOR"] !== undefined && env["NO_COLOR"] !== "") return false;
  return isTty && env["TERM"] !== "dumb";
}

// In `kata show x | less` only stderr is a terminal; one that was never given a size says 0.
function readColumns(terminal: number | undefined, variable: string | undefined): number {
  const columns = terminal || Number.parseInt(variable ?? "", 10) || DEFAULT_COLUMNS;
  return Math.max(MIN_COLUMNS, columns);
}
