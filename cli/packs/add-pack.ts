import { KataError, type Pack, findKata, readPack, say } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { withoutControls } from "../report/style.ts";
import { findWorkspace } from "../workspace/workspace.ts";
import { describePack } from "./describe-pack.ts";
import { type LocatedPack, locatePack, sourceOf } from "./locate-pack.ts";
import { readRecords, writeRecords } from "./pack-records.ts";

/**
 * Adds a pack to the workspace, once all of it that can be read is in order. Nothing of it is run.
 * @throws KataError `pack-missing`, `pack-clash`, or what is wrong with the pack.
 */
export async function addPack(ctx: CliContext, source: string): Promise<void> {
  const workspace = findWorkspace(ctx.cwd);
  const records = readRecords(workspace);
  const located = locatePack(ctx.cwd, workspace, source);
  const pack = readPack(located.dir, source);
  const { namespace } = pack;
  const known = records.find((record) => record.namespace === namespace);
  await requireFree(ctx, pack, known === undefined ? undefined : sourceOf(known), located);
  const { checkPack } = await import("../../graders/index.ts");
  const katas = checkPack(pack);
  if (known === undefined) {
    writeRecords(workspace, [...records, { namespace, ...located.at }]);
  }
  const slugs = katas.filter(({ manifest }) => manifest.status === "stable").map((it) => it.slug);
  const verb = known === undefined ? say`Added` : say`Already here:`;
  const lines = [
    `${verb} ${describePack(pack, katas.length)}`,
    ...slugs.map((slug) => `  ${slug}`),
    "",
    say`Each is proven before its first use. All at once:`,
    say`Prove:   kata verify ${namespace}`,
    ...(slugs[0] === undefined ? [] : [say`Begin:   kata start ${slugs[0]}`]),
  ];
  ctx.stdout.write(withoutControls(`${lines.join("\n")}\n`));
}

/** A namespace stands for one pack, and never for one of our own katas. */
async function requireFree(
  ctx: CliContext,
  { namespace }: Pack,
  known: string | undefined,
  { at }: LocatedPack,
): Promise<void> {
  if (known !== undefined && known !== sourceOf(at)) {
    const why = say`the pack in ${known} is called that`;
    const next = say`Forget that one first: kata pack remove ${namespace}`;
    throw new KataError("pack-clash", { what: namespace, why, next });
  }
  const own = await findKata({ root: ctx.root }, namespace).catch(() => undefined);
  if (own === undefined) return;
  const next = say`Tell its author: the pack needs another namespace in its package.json.`;
  throw new KataError("pack-clash", {
    what: namespace,
    why: say`it is a kata of kata itself`,
    next,
  });
}
