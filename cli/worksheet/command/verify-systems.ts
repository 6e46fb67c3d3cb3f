import { relative } from "node:path";
import { EXIT, type ExitCode, say, sayCount } from "../../../graders/reading.ts";
import type { CliContext } from "../../context.ts";
import { MARKS } from "../../report/marks.ts";
import { createStyle } from "../../report/style.ts";
import { wrap } from "../../report/wrap.ts";
import { findSystems } from "../definition/find-systems.ts";
import { findSystem } from "../definition/open-system.ts";
import { type SystemVerification, verifySystem } from "../verify/verify-system.ts";

/** Checks one definition, or all: 0 when all are sound, 1 when there are findings. */
export async function verifySystems(
  ctx: CliContext,
  workspace: string,
  { target, json }: { readonly target?: string; readonly json?: boolean },
): Promise<ExitCode> {
  const files =
    target === undefined ? [...findSystems(workspace).values()] : [findSystem(workspace, target)];
  const results: SystemVerification[] = [];
  for (const file of files) {
    const result = await verifySystem(ctx.root, file);
    results.push(result);
    if (json !== true) ctx.stdout.write(verificationText(result, ctx));
  }
  if (json === true) {
    ctx.stdout.write(`${JSON.stringify({ schemaVersion: 1, results }, null, 2)}\n`);
  }
  return results.every(({ findings }) => findings.length === 0) ? EXIT.ok : EXIT.failed;
}

function verificationText(result: SystemVerification, ctx: CliContext): string {
  const style = createStyle(ctx.color);
  const { system, findings, estimates, wrongWorksheets, salad } = result;
  const tried = say`${estimates} estimates, ${wrongWorksheets} wrong worksheets, salad ${Math.round(salad * 100)} %`;
  if (findings.length === 0) return `${style.green(MARKS.good)} ${style.bold(system)}  ${tried}\n`;
  const count = sayCount(findings.length, "{n} finding", "{n} findings");
  const lines = [`${style.red(MARKS.bad)} ${style.bold(system)}  ${count}`];
  for (const { check, file, line, message, fix } of findings) {
    lines.push(`  ${style.cyan(check)}  ${relative(ctx.cwd, file)}:${line}`);
    lines.push(wrap(message, ctx.columns, "    "), wrap(style.dim(fix), ctx.columns, "    "));
  }
  return `${lines.join("\n")}\n`;
}
