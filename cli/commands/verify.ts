import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { EXIT, KataError, type ExitCode, say } from "../../graders/reading.ts";
import { loadKata } from "../../graders/index.ts";
import type { CliContext } from "../context.ts";
import { untilInterrupted } from "../progress/interrupt.ts";
import { junitXml } from "../report/junit.ts";
import { matrixHtml } from "../report/matrix-html.ts";
import { matrixText } from "../report/matrix-text.ts";
import { verificationText } from "../report/verification.ts";
import { recordMutant, showMutants, type MutantArgs } from "../mutants/verify-mutants.ts";
import { chooseKatas, type KataChoice } from "../verify/choose-katas.ts";
import { proveKatas, type Proof } from "../verify/prove-katas.ts";
import { cannotWrite } from "../workspace/write-problem.ts";

interface Args extends KataChoice, MutantArgs {
  readonly fresh?: boolean;
  readonly html?: string;
  readonly junit?: string;
}

/** Proves katas: 0 when all are sound, 1 when there are findings. */
export async function run(ctx: CliContext, args: Args): Promise<ExitCode> {
  const katas = (await chooseKatas(ctx, args)).map((slug) => loadKata(ctx, slug));
  if (args.equivalent !== undefined || args.reason !== undefined) {
    return recordMutant(ctx, katas, args);
  }
  if (args.mutants === true) return showMutants(ctx, katas, args);
  const [only] = katas.length === 1 ? katas : [];
  if (args.html !== undefined && only === undefined) {
    const why = say`a page shows one kata: name it`;
    throw new KataError("bad-option", {
      option: "--html",
      value: say`${katas.length} katas`,
      why,
      command: "verify",
    });
  }
  const isText = args.json !== true;
  // The document comes at the end; until then, who waits for many katas hears of each.
  const lines = isText ? ctx.stdout : only === undefined ? ctx.stderr : undefined;
  const proofs = await untilInterrupted((signal) =>
    proveKatas(ctx, katas, {
      ...args,
      signal,
      onProof: ({ result, isCached }) => {
        lines?.write(verificationText(result, isCached, ctx));
      },
    }),
  );
  const results = proofs.map(({ result }) => result);
  if (!isText) ctx.stdout.write(`${JSON.stringify({ schemaVersion: 2, results }, null, 2)}\n`);
  const [first] = results;
  if (isText && only !== undefined && first !== undefined) {
    const text = matrixText(first, ctx);
    ctx.stdout.write(text === "" ? "" : `\n${text}`);
  }
  if (args.html !== undefined && first !== undefined) writeOut(ctx, args.html, matrixHtml(first));
  if (args.junit !== undefined) writeOut(ctx, args.junit, junitXml(results, ctx.cwd));
  if (isText) ctx.stdout.write(closing(proofs));
  return results.every(({ findings }) => findings.length === 0) ? EXIT.ok : EXIT.failed;
}

function closing(proofs: readonly Proof[]): string {
  if (proofs.length === 0) return say`Nothing has changed: there is nothing to verify.\n`;
  const sound = proofs.filter(({ result }) => result.findings.length === 0).length;
  return proofs.length > 1 ? say`${sound} of ${proofs.length} katas are sound.\n` : "";
}

function writeOut(ctx: CliContext, file: string, text: string): void {
  const path = resolve(ctx.cwd, file);
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw cannotWrite(path, error);
  }
  ctx.stderr.write(say`Wrote ${file}\n`);
}
