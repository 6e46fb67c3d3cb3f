import { join, resolve } from "node:path";
import { KataError, say } from "../../../graders/reading.ts";
import type { CliContext } from "../../context.ts";
import { openSystem } from "../definition/open-system.ts";
import { readOverrides } from "../definition/read-overrides.ts";
import { seededNumber } from "./choose-follow-up.ts";
import { type InterviewFolder, interviewFolder, resumedFolder } from "./interview-folder.ts";
import { planSections } from "./plan-sections.ts";
import { Session } from "./session.ts";
import { LENGTHS, LEVELS, ROLES, type SessionSetup } from "./session-event.ts";
import { readSessionLog } from "./session-log.ts";

export interface InterviewArgs {
  readonly system?: string;
  readonly minutes?: number;
  readonly level?: string;
  readonly role?: string;
  readonly set?: readonly string[];
  readonly seed?: number;
  readonly out?: string;
  readonly plan?: boolean;
  /** The log of an earlier session, or its folder. */
  readonly resume?: string;
}

/** A session that can be held, and where it is kept. */
export interface OpenSession {
  readonly session: Session;
  readonly folder: InterviewFolder;
  readonly isNew: boolean;
}

/** @throws KataError `unknown-system`, `bad-option`, `unknown-assumption`, `session-unreadable` */
export async function openSession(
  ctx: CliContext,
  workspace: string,
  args: InterviewArgs,
): Promise<OpenSession> {
  return args.resume === undefined
    ? begin(ctx, workspace, args)
    : resume(workspace, resolve(ctx.cwd, args.resume));
}

async function begin(
  ctx: CliContext,
  workspace: string,
  {
    system: slug,
    minutes = 45,
    level = "senior",
    role = "solo",
    set = [],
    seed,
    out,
  }: InterviewArgs,
): Promise<OpenSession> {
  if (slug === undefined)
    throw refuse("interview", "nothing", say`name a system: kata interview twitter`);
  const system = await openSystem(workspace, slug);
  const now = ctx.now();
  const setup: SessionSetup = {
    system: slug,
    version: system.version,
    minutes: oneOf("--minutes", minutes, LENGTHS),
    level: oneOf("--level", level, LEVELS),
    role: oneOf("--role", role, ROLES),
    // Any will do, as long as the session says which: the same seed asks the same.
    seed: seed ?? seededNumber(now.getTime(), slug) % 100_000,
    overrides: readOverrides(system, { cwd: ctx.cwd, set }),
  };
  const plan = planSections(system.sections, setup.minutes);
  const started = { kind: "started", at: 0, setup, plan } as const;
  const minute = now.toISOString().slice(0, 16).replace(/[-:]/g, "").replace("T", "-");
  const dir =
    out === undefined ? join(workspace, "interviews", `${slug}-${minute}`) : resolve(ctx.cwd, out);
  return { session: new Session(system, started), folder: interviewFolder(dir), isNew: true };
}

async function resume(workspace: string, path: string): Promise<OpenSession> {
  const folder = resumedFolder(path);
  const [started, ...rest] = readSessionLog(folder.log);
  const session = new Session(await openSystem(workspace, started.setup.system), started);
  for (const event of rest) session.apply(event);
  return { session, folder, isNew: false };
}

function oneOf<T extends string | number>(option: string, value: unknown, valid: readonly T[]): T {
  const found = valid.find((known) => known === value);
  if (found !== undefined) return found;
  throw refuse(option, `"${String(value)}"`, say`it is one of ${valid.join(", ")}`);
}

function refuse(option: string, value: string, why: string): KataError {
  return new KataError("bad-option", { option, value, why, command: "interview" });
}
