import { EXIT, type ExitCode, say } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { examine } from "../doctor/examine.ts";
import { createStyle } from "../report/style.ts";
import { MARKS } from "../report/marks.ts";
import { wrap } from "../report/wrap.ts";

export interface DoctorArgs {
  readonly json?: boolean;
}

/** Says whether this machine can grade, and what weakens a grade. */
export async function run(ctx: CliContext, { json }: DoctorArgs): Promise<ExitCode> {
  const diagnoses = await examine(ctx);
  const blocked = diagnoses.some((diagnosis) => diagnosis.state === "bad");
  if (json === true) {
    const report = { schemaVersion: 1, canGrade: !blocked, diagnoses };
    ctx.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  } else {
    const style = createStyle(ctx.color);
    const marks = {
      good: style.green(MARKS.good),
      warning: style.yellow(MARKS.warning),
      bad: style.red(MARKS.bad),
    };
    for (const { state, text } of diagnoses) {
      ctx.stdout.write(`${wrap(text, ctx.columns, `${marks[state]} `, "  ")}\n`);
    }
    const states = diagnoses.map(({ state }) => state);
    ctx.stdout.write(`\n${wrap(verdict(states), ctx.columns)}\n`);
  }
  return blocked ? EXIT.usage : EXIT.ok;
}

function verdict(states: readonly string[]): string {
  if (states.includes("bad")) return say`Grading cannot work yet: see ${MARKS.bad} above.`;
  if (states.includes("warning"))
    return say`You can grade; ${MARKS.warning} above says what is weaker.`;
  return say`All is well. Begin: kata start bloom-filter`;
}
