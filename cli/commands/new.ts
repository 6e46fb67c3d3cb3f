import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, sep } from "node:path";
import { EXIT, KataError, type ExitCode, slugIn, say } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { describeKata, type NewArgs } from "../new/describe-kata.ts";
import { authoredCollection } from "../packs/authored-collection.ts";
import { pathFrom } from "../report/path-from.ts";
import { kataFiles } from "../scaffold/kata-files.ts";
import { cannotWrite } from "../workspace/write-problem.ts";

/** Writes every file of a new kata: it compiles, runs, and is red where it is not written yet. */
export async function run(ctx: CliContext, args: NewArgs): Promise<ExitCode> {
  const { root, pack, command } = authoredCollection(ctx);
  if (root.split(sep).includes("node_modules")) {
    throw new KataError("installed-collection", { root });
  }
  const kata = await describeKata(ctx, root, args);
  const slug = slugIn(pack?.namespace, kata.slug);
  for (const [file, text] of kataFiles(root, kata)) {
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text, { flag: "wx" });
    } catch (error) {
      throw cannotWrite(pathFrom(ctx.cwd, file), error);
    }
    ctx.stdout.write(say`Wrote ${pathFrom(ctx.cwd, file)}\n`);
  }
  ctx.stdout.write(
    [
      "",
      say`What it lacks, in the order to do it:  ${command} verify ${slug}`,
      ...(pack === undefined
        ? [say`Try it as a candidate would:           kata start ${slug}`]
        : []),
      say`How to write a kata that judges fairly: AUTHORING.md`,
      "",
    ].join("\n"),
  );
  return EXIT.ok;
}
