import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { KataError, say, sayKnown } from "../../../graders/reading.ts";
import type { CliContext } from "../../context.ts";
import { createStyle, textWidth } from "../../report/style.ts";
import { findSystems } from "../definition/find-systems.ts";

interface SystemHead {
  readonly slug: string;
  readonly title: string;
  readonly level: string;
  readonly estimates: number;
  /** Whether worksheets/<slug>.md stands in the workspace. */
  readonly started: boolean;
}

const LEVEL_ORDER = ["beginner", "intermediate", "advanced"];

/** Prints every system. Definitions are not checked here: that would take longer than the rest. */
export function listSystems(ctx: CliContext, workspace: string, json: boolean): void {
  const systems = [...findSystems(workspace)]
    .map(([slug, file]) => readHead(workspace, slug, file))
    .toSorted((a, b) => LEVEL_ORDER.indexOf(a.level) - LEVEL_ORDER.indexOf(b.level));
  if (json) {
    ctx.stdout.write(`${JSON.stringify({ schemaVersion: 1, systems }, null, 2)}\n`);
    return;
  }
  const { bold, dim } = createStyle(ctx.color);
  const width = Math.max(...systems.map(({ slug }) => textWidth(slug)));
  const titles = Math.max(...systems.map(({ title }) => textWidth(title)));
  const lines = systems.map(({ slug, title, level, estimates, started }) => {
    const state = started ? `worksheets/${slug}.md` : dim(say`${estimates} estimates`);
    return `  ${slug.padEnd(width)}  ${title.padEnd(titles)}  ${sayKnown(level).padEnd(12)}  ${state}`.trimEnd();
  });
  const next = systems.find(({ started }) => !started) ?? systems[0];
  ctx.stdout.write(
    `${bold(say`Design-interview worksheets`)}\n${lines.join("\n")}\n\n${say`Next: kata worksheet ${next?.slug}`}\n`,
  );
}

function readHead(workspace: string, slug: string, file: string): SystemHead {
  try {
    const { title, level, estimates } = JSON.parse(readFileSync(file, "utf8")) as {
      title?: unknown;
      level?: unknown;
      estimates?: object;
    };
    const started = existsSync(join(workspace, "worksheets", `${slug}.md`));
    const count = Object.keys(estimates ?? {}).length;
    return { slug, title: String(title), level: String(level), estimates: count, started };
  } catch (error) {
    const why = say`it is not JSON: ${(error as Error).message}`;
    throw new KataError("definition-invalid", { slug, why }, error);
  }
}
