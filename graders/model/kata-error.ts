import { ERRORS, type ErrorCode } from "./error-table.ts";
import type { ExitCode } from "./exit-code.ts";
import { sayKnown } from "./say.ts";

/** An abort with a code, an exit code and words for the user. A verdict is never an error. */
export class KataError extends Error {
  override readonly name = "KataError";
  readonly code: ErrorCode;
  readonly exit: ExitCode;
  /** What the user can type next. */
  readonly hint: string;

  constructor(code: ErrorCode, params: Readonly<Record<string, string>> = {}, cause?: unknown) {
    const entry = ERRORS[code];
    super(sayKnown(entry.title, params), { cause });
    this.code = code;
    this.exit = entry.exit;
    this.hint = sayKnown(entry.hint, params);
  }
}
