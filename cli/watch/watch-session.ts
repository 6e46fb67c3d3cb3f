import { say } from "../../graders/reading.ts";
import type { GradeReport } from "../../graders/index.ts";

/** How one grade is asked for. */
export interface GradeWish {
  readonly budget: boolean;
  /** One property, while the user looks at nothing else. */
  readonly only?: string;
}

/** What a session needs of its surroundings. */
export interface WatchPorts {
  grade(wish: GradeWish, signal: AbortSignal): Promise<GradeReport>;
  keep(report: GradeReport): void;
  /** Shows what is going on; called whenever that changes. */
  show(view: WatchView): void;
}

/** All that the screen shows. */
export interface WatchView {
  readonly state: "grading" | "timing" | "done" | "gone" | "broken";
  readonly report: GradeReport | undefined;
  /** The property that the user looks at alone. */
  readonly focus: string | undefined;
  /** A remark of one line. */
  readonly note: string | undefined;
  readonly grades: number;
}

/**
 * One attempt under watch: a save grades it, a save during a grade begins anew, and what holds every
 * property is timed as well. Knows nothing of files, keys or screens.
 */
export class WatchSession {
  readonly #ports: WatchPorts;
  #report: GradeReport | undefined;
  #focus: string | undefined;
  #note: string | undefined;
  #state: WatchView["state"] = "grading";
  #running: AbortController | undefined;
  #turn: Promise<void> = Promise.resolve();
  #keptScore: number | undefined;
  #grades = 0;

  constructor(ports: WatchPorts) {
    this.#ports = ports;
  }

  /** Settles when nothing is being graded. */
  get idle(): Promise<void> {
    return this.#turn;
  }

  /** Grades properties, and budgets when all of them hold. */
  run(note?: string): void {
    this.#note = note;
    this.#begin((signal) => this.#gradeThenTime(signal));
  }

  /** Grades whole, whatever the properties say. */
  time(): void {
    this.#note = undefined;
    this.#begin((signal) => this.#gradeOnce({ budget: true }, signal));
  }

  /** Looks at the first property that fails, and at all again the next time. */
  toggleFocus(): void {
    this.#focus = this.#focus === undefined ? firstFailing(this.#report) : undefined;
    if (this.#focus === undefined && firstFailing(this.#report) === undefined) {
      this.#note = say`No property fails: there is nothing to look at alone.`;
      this.#show();
      return;
    }
    this.run();
  }

  gone(): void {
    this.#running?.abort();
    this.#state = "gone";
    this.#note = undefined;
    this.#show();
  }

  remark(note: string): void {
    this.#note = note;
    this.#show();
  }

  /** Draws what was drawn before: the terminal has another size, or showed something else. */
  redraw(): void {
    this.#show();
  }

  async stop(): Promise<void> {
    this.#running?.abort();
    await this.#turn;
  }

  #begin(work: (signal: AbortSignal) => Promise<void>): void {
    this.#running?.abort();
    const controller = new AbortController();
    this.#running = controller;
    this.#turn = this.#turn.then(async () => {
      // A later save has taken this one's place.
      if (controller.signal.aborted) return;
      try {
        await work(controller.signal);
      } catch (error) {
        if (controller.signal.aborted) return;
        this.#state = "broken";
        this.#note = error instanceof Error ? error.message : String(error);
        this.#show();
      }
    });
  }

  async #gradeThenTime(signal: AbortSignal): Promise<void> {
    const focus = this.#focus;
    await this.#gradeOnce(
      { budget: false, ...(focus === undefined ? {} : { only: focus }) },
      signal,
    );
    const report = this.#report;
    if (signal.aborted || report?.verdict !== "passed") return;
    if (focus !== undefined) {
      this.#note = say`${focus} holds now.`;
      this.#focus = undefined;
      return this.#gradeThenTime(signal);
    }
    await this.#gradeOnce({ budget: true }, signal);
  }

  async #gradeOnce(wish: GradeWish, signal: AbortSignal): Promise<void> {
    this.#state = wish.budget ? "timing" : "grading";
    this.#show();
    const report = await this.#ports.grade(wish, signal);
    if (signal.aborted) return;
    this.#grades += 1;
    this.#report = report;
    this.#state = "done";
    this.#keep(report, wish);
    this.#show();
  }

  /** Every whole grade, and each that changes the score: not every save. */
  #keep(report: GradeReport, { only, budget }: GradeWish): void {
    if (only !== undefined) return;
    if (!budget && report.score.properties === this.#keptScore) return;
    this.#keptScore = report.score.properties;
    this.#ports.keep(report);
  }

  #show(): void {
    this.#ports.show({
      state: this.#state,
      report: this.#report,
      focus: this.#focus,
      note: this.#note,
      grades: this.#grades,
    });
  }
}

function firstFailing(report: GradeReport | undefined): string | undefined {
  return report?.properties.find(({ outcome }) => outcome !== "held" && outcome !== "not-run")?.id;
}
