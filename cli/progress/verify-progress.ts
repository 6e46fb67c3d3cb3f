import type { CliContext } from "../context.ts";
import { LiveLine } from "./live-line.ts";

const WIDTH = 12;

/** Tells on stderr how far a verification of several katas is, and what each lane does. */
export class VerifyProgress {
  readonly #line: LiveLine;
  readonly #of: number;
  readonly #steps = new Map<string, string>();
  #done = 0;

  constructor(ctx: CliContext, of: number) {
    this.#line = new LiveLine(ctx);
    this.#of = of;
  }

  step(slug: string, step: string): void {
    this.#steps.set(slug, step);
    this.#show();
  }

  finished(slug: string): void {
    this.#steps.delete(slug);
    this.#done += 1;
  }

  clear(): void {
    this.#line.clear();
  }

  #show(): void {
    const filled = Math.round((WIDTH * this.#done) / this.#of);
    const bar = `[${"#".repeat(filled)}${".".repeat(WIDTH - filled)}] ${this.#done}/${this.#of}`;
    const steps = [...this.#steps].map(([slug, step]) => `${slug}: ${step}`);
    this.#line.show(`${this.#of > 1 ? `${bar}  ` : ""}${steps.slice(-2).join("  ")}`);
  }
}
