import {
  type KataError,
  type LibraryEntry,
  openPack,
  readIndex,
  say,
} from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { wrap } from "../report/wrap.ts";
import { describePack } from "./describe-pack.ts";

/** Prints the packs of the workspace and of `--pack`: what they are, whose, and what ails them. */
export async function listPacks(ctx: CliContext, json: boolean): Promise<void> {
  const troubles = new Map<string, KataError>();
  const entries = await readIndex(ctx, ({ namespace }, error) => troubles.set(namespace, error));
  const katasOf = (namespace: string): LibraryEntry[] =>
    entries.filter((entry) => entry.pack?.namespace === namespace);
  if (json) {
    const packs = ctx.packs.map((place) => {
      const { namespace, source } = place;
      const trouble = troubles.get(namespace);
      if (trouble !== undefined) {
        const { code, message } = trouble;
        return { namespace, source, katas: [], problem: { code, message } };
      }
      const katas = katasOf(namespace).map(({ slug }) => slug);
      return { ...openPack(place), source, katas, problem: null };
    });
    ctx.stdout.write(`${JSON.stringify({ schemaVersion: 1, packs }, null, 2)}\n`);
    return;
  }
  for (const place of ctx.packs) {
    const { namespace, source } = place;
    const trouble = troubles.get(namespace);
    const text =
      trouble === undefined
        ? describePack(openPack(place), katasOf(namespace).length)
        : say`${namespace}: not used. ${trouble.message}`;
    ctx.stdout.write(
      `${wrap(text, ctx.columns)}\n${wrap(say`from ${source}`, ctx.columns, "  ")}\n`,
    );
    if (trouble !== undefined) ctx.stdout.write(`${wrap(trouble.hint, ctx.columns, "  ")}\n`);
  }
  if (ctx.packs.length > 0) return;
  const none = say`No packs here. Add one: kata pack add <folder or npm package>`;
  ctx.stdout.write(say`${wrap(none, ctx.columns)}\nMake one: kata pack new <name>\n`);
}
