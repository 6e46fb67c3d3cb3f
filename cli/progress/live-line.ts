import type { CliContext } from "../context.ts";
import { isPlain } from "../report/marks.ts";

/** One line on stderr that says what is going on: rewritten on a terminal, silent elsewhere. */
export class LiveLine {
  readonly #ctx: CliContext;
  #shown = "";
  #last = "";

  constructor(ctx: CliContext) {
    this.#ctx = ctx;
  }

  show(text: string): void {
    if (!this.#ctx.stderrIsTty || text === this.#shown) return;
    if (text === this.#last) return;
    if (isPlain()) {
      // A line that is written over is read aloud again and again, or not at all.
      this.#ctx.stderr.write(`${text}\n`);
      this.#last = text;
      return;
    }
    this.clear();
    this.#shown = text.slice(0, this.#ctx.columns - 1);
    this.#ctx.stderr.write(this.#shown);
  }

  clear(): void {
    if (this.#shown === "") return;
    this.#ctx.stderr.write(`\r${" ".repeat(this.#shown.length)}\r`);
    this.#shown = "";
  }
}
