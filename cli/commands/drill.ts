import { join } from "node:path";
import { EXIT, type ExitCode, findKata, nameOf, readIndex, say } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { planDrills, type Drill } from "../drill/plan-drills.ts";
import { drillText } from "../report/drill-text.ts";
import { isUntouched } from "../workspace/attempt.ts";
import { appendEvent, readLines } from "../workspace/history.ts";
import { ATTEMPTS, findWorkspace } from "../workspace/workspace.ts";
import { run as start } from "./start.ts";

export interface DrillArgs {
  readonly slug?: string;
  readonly list?: boolean;
  readonly json?: boolean;
}

/** Names the katas that are due again and starts the first, or the one that is asked for, from a blank stub. */
export async function run(ctx: CliContext, { slug, list, json }: DrillArgs): Promise<ExitCode> {
  const drills = await drillsOf(ctx);
  if (json === true) {
    ctx.stdout.write(`${JSON.stringify({ schemaVersion: 1, drills }, null, 2)}\n`);
    return EXIT.ok;
  }
  if (list === true) {
    ctx.stdout.write(drillText(drills, ctx));
    return EXIT.ok;
  }
  const [first] = drills.filter(({ inDays }) => inDays <= 0);
  const chosen = slug === undefined ? first?.slug : (await findKata(ctx, slug)).slug;
  if (slug === undefined) ctx.stdout.write(drillText(drills, ctx));
  if (chosen === undefined) return EXIT.ok;
  ctx.stdout.write("\n");
  if (drills.some((drill) => drill.slug === chosen && drill.isOpen)) {
    ctx.stdout.write(say`You have begun ${chosen} again already. Go on: kata watch ${chosen}\n`);
    return EXIT.ok;
  }
  return await begin(ctx, chosen);
}

/** Every drill of the workspace, the first due first. */
export async function drillsOf(ctx: CliContext): Promise<Drill[]> {
  const index = (await readIndex(ctx)).filter(({ status }) => status !== "draft");
  return planDrills(readLines(findWorkspace(ctx.cwd)).lines, index, ctx.now());
}

async function begin(ctx: CliContext, slug: string): Promise<ExitCode> {
  const workspace = findWorkspace(ctx.cwd);
  const kata = await findKata(ctx, slug);
  if (isUntouched(kata, join(workspace, ATTEMPTS, slug, `${nameOf(slug)}.ts`))) {
    // `kata start` leaves a blank stub alone and records nothing; the go begins now all the same.
    appendEvent(ctx, workspace, { event: "started", kata: slug, at: ctx.now().toISOString() });
  }
  return await start(ctx, { slug, again: true });
}
