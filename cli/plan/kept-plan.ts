import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { KataError, LEVEL_ORDER } from "../../graders/reading.ts";
import { STATE } from "../workspace/workspace.ts";
import { cannotWrite } from "../workspace/write-problem.ts";
import { isCalendarDate } from "./calendar-date.ts";

/** What the user chose: kept in the workspace. */
const KeptPlan = z.strictObject({
  start: z.string().refine(isCalendarDate),
  minutes: z.int().min(1).optional(),
  track: z.enum(LEVEL_ORDER).optional(),
});
export type KeptPlan = z.infer<typeof KeptPlan>;

function planFile(workspace: string): string {
  return join(workspace, STATE, "plan.json");
}

/** The plan that was begun in this workspace, if any. @throws KataError `plan-damaged`. */
export function readKeptPlan(workspace: string): KeptPlan | undefined {
  const file = planFile(workspace);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new KataError("plan-damaged", { file }, error);
  }
  try {
    return KeptPlan.parse(JSON.parse(text));
  } catch (error) {
    throw new KataError("plan-damaged", { file }, error);
  }
}

/** @throws KataError `cannot-write`. */
export function keepPlan(workspace: string, plan: KeptPlan): void {
  const file = planFile(workspace);
  const fresh = `${file}.${process.pid}`;
  try {
    mkdirSync(join(workspace, STATE), { recursive: true });
    writeFileSync(fresh, `${JSON.stringify(plan)}\n`);
    renameSync(fresh, file);
  } catch (error) {
    throw cannotWrite(file, error);
  }
}
