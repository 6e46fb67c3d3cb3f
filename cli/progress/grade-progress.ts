import { say } from "../../graders/reading.ts";
import type { GradeProgress } from "../../graders/index.ts";
import type { CliContext } from "../context.ts";
import { LiveLine } from "./live-line.ts";

/** Tells on stderr how a grade goes. */
export class GradeProgressLine {
  readonly #ctx: CliContext;
  readonly #line: LiveLine;
  #done = 0;

  constructor(ctx: CliContext) {
    this.#ctx = ctx;
    this.#line = new LiveLine(ctx);
  }

  show(progress: GradeProgress): void {
    switch (progress.kind) {
      case "phase":
        this.#line.show(
          progress.phase === "properties" ? say`Checking types and loading…` : say`Timing…`,
        );
        break;
      case "started":
        this.#line.show(say`Property ${this.#done + 1}: ${progress.property.id}…`);
        break;
      case "outcome":
        this.#done += 1;
        break;
      case "budget":
        this.#line.show(say`Timing ${progress.id} against the reference…`);
        break;
      case "spec-changed":
        this.#line.clear();
        this.#ctx.stderr.write(
          say`The spec has changed since this token was made: it may replay another case.\n`,
        );
        break;
    }
  }

  clear(): void {
    this.#line.clear();
  }
}
