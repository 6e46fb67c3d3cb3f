import { EXIT, type ExitCode, KataError, say } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { findWorkspace } from "../workspace/workspace.ts";

export interface WorksheetArgs {
  /** A system, or what to do: list, grade, verify, new. */
  readonly system?: string;
  /** What to do it with. */
  readonly target?: string;
  readonly for?: string;
  readonly format?: string;
  readonly set?: readonly string[];
  readonly setFile?: string;
  readonly out?: string;
  readonly hints?: boolean;
  readonly binary?: boolean;
  readonly json?: boolean;
  readonly threshold?: number;
  readonly accept?: readonly string[];
  readonly reject?: readonly string[];
  readonly by?: string;
}

/** Lists the systems, writes a worksheet, or does what its first word says. */
export async function run(ctx: CliContext, args: WorksheetArgs): Promise<ExitCode> {
  const workspace = findWorkspace(ctx.cwd);
  const { system, target } = args;
  if (system === undefined || system === "list") {
    const { listSystems } = await import("../worksheet/command/list-systems.ts");
    listSystems(ctx, workspace, args.json === true);
    return EXIT.ok;
  }
  if (system === "grade") {
    const { gradeFile } = await import("../worksheet/command/grade-file.ts");
    return gradeFile(ctx, workspace, args);
  }
  if (system === "verify") {
    const { verifySystems } = await import("../worksheet/command/verify-systems.ts");
    return verifySystems(ctx, workspace, args);
  }
  if (system === "new") {
    const { scaffoldSystem } = await import("../worksheet/command/scaffold-system.ts");
    return scaffoldSystem(ctx, workspace, target);
  }
  if (target !== undefined) {
    throw new KataError("bad-option", {
      option: "worksheet",
      value: `"${system} ${target}"`,
      why: say`it takes one system`,
      command: "worksheet",
    });
  }
  const { writeWorksheet } = await import("../worksheet/command/write-worksheet.ts");
  return writeWorksheet(ctx, workspace, { ...args, system });
}
