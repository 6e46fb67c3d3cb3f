import type { CliContext } from "../context.ts";

/** One line on stderr that says what is going on: rewritten on a terminal, silent elsewhere. */
export class LiveLine {
  readonly #ctx: CliContext;
  #shown = "";

  constructor(ctx: CliContext) {
    this.#ctx = ctx;
  }

  show(text: string): void {
    if (!this.#ctx.stderrIsTty || text === this.#shown) return;
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
