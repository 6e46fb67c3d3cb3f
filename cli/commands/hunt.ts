import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import {
  huntableWrongs,
  type HuntableWrong,
  type HuntResult,
  loadKata,
  shortestKill,
  tryHunt,
} from "../../graders/index.ts";
import { EXIT, type ExitCode, findKata, KataError, say } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { disguise, drawWrong } from "../hunt/draw-wrong.ts";
import { type Hunt, readHunts } from "../hunt/read-hunts.ts";
import { huntFile, scaffoldHunt } from "../hunt/scaffold-hunt.ts";
import { scoreHunt } from "../hunt/score-hunt.ts";
import { requireProof } from "../packs/require-proof.ts";
import { untilInterrupted } from "../progress/interrupt.ts";
import { LiveLine } from "../progress/live-line.ts";
import { begunText, foundText, missedText, revealedText } from "../report/hunt-text.ts";
import { pathFrom } from "../report/path-from.ts";
import { appendEvent, type HuntStep, readLines } from "../workspace/history.ts";
import { findWorkspace, requireSlug } from "../workspace/workspace.ts";

export interface HuntArgs {
  readonly slug?: string;
  readonly reveal?: boolean;
  readonly seed?: number;
  readonly json?: boolean;
}

/** Everything that the steps of a hunt need. */
interface Field {
  readonly ctx: CliContext;
  readonly slug: string;
  readonly workspace: string;
  readonly wrongs: readonly HuntableWrong[];
  readonly json: boolean;
}

/** Draws a wrong answer to hunt, then tries the user's hunt on it; or says what it was. */
export async function run(ctx: CliContext, args: HuntArgs): Promise<ExitCode> {
  const slug = await requireSlug(ctx, args.slug, "hunt");
  const kata = loadKata(ctx, slug);
  await requireProof(ctx, kata);
  const wrongs = huntableWrongs(kata);
  if (wrongs.length === 0) throw new KataError("nothing-to-hunt", { slug });
  const workspace = findWorkspace(ctx.cwd);
  const field = { ctx, slug, workspace, wrongs, json: args.json === true };
  const hunts = readHunts(readLines(workspace).lines, slug);
  const last = hunts.at(-1);
  const target = last && wrongs.find(({ name }) => disguise(slug, name) === last.drawn);
  if (args.reveal === true) return reveal(field, last, target);
  const isGoing = last?.state === "going" && target !== undefined && args.seed === undefined;
  if (!isGoing || !existsSync(huntFile(workspace, slug))) {
    return await begin(field, hunts, isGoing ? last : undefined, args.seed);
  }
  return await judge(field, last, target);
}

async function begin(
  { ctx, slug, workspace, wrongs, json }: Field,
  hunts: readonly Hunt[],
  going: Hunt | undefined,
  wanted: number | undefined,
): Promise<ExitCode> {
  const found = new Set(hunts.filter(({ state }) => state === "found").map(({ drawn }) => drawn));
  if (going === undefined) {
    const seed = wanted ?? seedFrom(ctx.now(), slug);
    const wrong = drawWrong(slug, wrongs, seed, wanted === undefined ? found : new Set());
    if (wrong === undefined) throw new KataError("nothing-to-hunt", { slug });
    record({ ctx, slug, workspace }, { step: "drawn", seed, drawn: disguise(slug, wrong.name) });
  }
  const file = await scaffoldHunt(ctx, await findKata(ctx, slug), workspace);
  const facts = { slug, file: pathFrom(ctx.cwd, file), wrongs: wrongs.length, found: found.size };
  ctx.stdout.write(json ? jsonOf({ kata: slug, begun: true, file }) : begunText(facts, ctx));
  return EXIT.ok;
}

/** From the time of day: another one each time, and recorded. */
function seedFrom(now: Date, slug: string): number {
  return createHash("sha256").update(`${now.toISOString()}/${slug}`).digest().readUInt32BE() >>> 1;
}

async function judge(field: Field, hunt: Hunt, target: HuntableWrong): Promise<ExitCode> {
  const { ctx, slug, workspace, json } = field;
  const kata = loadKata(ctx, slug);
  const file = huntFile(workspace, slug);
  const hunted = { file, shownAs: pathFrom(ctx.cwd, file) };
  const line = new LiveLine(ctx);
  let result: HuntResult;
  let fewest: number | undefined;
  try {
    line.show(say`Hunting…`);
    result = await untilInterrupted((signal) => tryHunt(kata, target.file, hunted, signal));
    if (result.kind === "found") {
      line.show(say`Found. Counting the calls of the shortest counterexample…`);
      fewest = await untilInterrupted((signal) => shortestKill(kata, target, signal));
    }
  } finally {
    line.clear();
  }
  if (result.kind !== "found") {
    ctx.stdout.write(json ? jsonOf({ kata: slug, ...result }) : missedText(slug, result, ctx));
    return EXIT.failed;
  }
  const { calls, what } = result;
  const known = [fewest, hunt.bestCalls].filter((count) => count !== undefined);
  const fewestKnown = known.length === 0 ? undefined : Math.min(...known);
  const score = scoreHunt(calls, fewestKnown ?? calls);
  record(field, { step: "found", calls, score });
  const facts = {
    kata: slug,
    kind: result.kind,
    what,
    calls,
    fewestKnown: fewestKnown ?? null,
    score,
  };
  ctx.stdout.write(
    json ? jsonOf({ ...facts, bug: target.bug }) : foundText(facts, target.bug, ctx),
  );
  return EXIT.ok;
}

function reveal(field: Field, last: Hunt | undefined, target: HuntableWrong | undefined): ExitCode {
  const { ctx, slug, json } = field;
  if (last === undefined || target === undefined) throw new KataError("no-hunt", { slug });
  if (last.state === "going") record(field, { step: "revealed" });
  const { name, file, bug, killers } = target;
  const facts = { kata: slug, name, file, bug, killers };
  ctx.stdout.write(
    json ? jsonOf(facts) : revealedText({ ...facts, file: pathFrom(ctx.cwd, file) }, ctx),
  );
  return EXIT.ok;
}

function record(
  { ctx, slug, workspace }: Pick<Field, "ctx" | "slug" | "workspace">,
  step: HuntStep,
): void {
  appendEvent(ctx, workspace, { event: "hunt", kata: slug, at: ctx.now().toISOString(), ...step });
}

function jsonOf(facts: object): string {
  return `${JSON.stringify({ schemaVersion: 1, ...facts }, null, 2)}\n`;
}
