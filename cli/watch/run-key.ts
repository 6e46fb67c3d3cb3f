import { type ExitCode, say } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { run as hint } from "../commands/hint.ts";
import { run as list } from "../commands/list.ts";
import { run as show } from "../commands/show.ts";
import { run as start } from "../commands/start.ts";
import { nextKata } from "../loop/next-kata.ts";
import type { WatchSession } from "./watch-session.ts";

/** What a key leads to. */
export type KeyAction =
  | { readonly kind: "stay" }
  | { readonly kind: "quit" }
  | { readonly kind: "switch"; readonly slug: string }
  /** Something else on the screen, until the next key. */
  | { readonly kind: "cover"; readonly text: string };

export interface Watched {
  readonly slug: string;
  readonly session: WatchSession;
}

const STAY: KeyAction = { kind: "stay" };
/** Pressed once: the next key says whether it is meant. */
let resetAsked = false;

/** Does what a key says. */
export async function runKey(
  ctx: CliContext,
  key: string,
  { slug, session }: Watched,
): Promise<KeyAction> {
  const isConfirmed = resetAsked && key === "y";
  resetAsked = false;
  if (isConfirmed) {
    const text = await output(ctx, (captured) => start(captured, { slug, again: true }));
    session.run(text.split("\n")[0]);
    return STAY;
  }
  switch (key) {
    case "r":
      session.run();
      return STAY;
    case "b":
      session.time();
      return STAY;
    case "f":
      session.toggleFocus();
      return STAY;
    case "h":
      return { kind: "cover", text: await output(ctx, (captured) => hint(captured, { slug })) };
    case "s":
      return { kind: "cover", text: await output(ctx, (captured) => show(captured, { slug })) };
    case "l":
      return { kind: "cover", text: await output(ctx, (captured) => list(captured, {})) };
    case "x":
      resetAsked = true;
      session.remark(say`Begin anew? Your work is kept beside it. Press y to do so.`);
      return STAY;
    case "n":
      return await goOn(ctx, slug, session);
    case "q":
      return { kind: "quit" };
    default:
      return STAY;
  }
}

async function goOn(ctx: CliContext, slug: string, session: WatchSession): Promise<KeyAction> {
  const next = await nextKata(ctx, slug);
  if (next === undefined) {
    session.remark(say`There is no other kata to go on with.`);
    return STAY;
  }
  if (next.verb === "start") await output(ctx, (captured) => start(captured, { slug: next.slug }));
  return { kind: "switch", slug: next.slug };
}

/** What a command prints, as text. */
async function output(
  ctx: CliContext,
  command: (ctx: CliContext) => Promise<ExitCode>,
): Promise<string> {
  let text = "";
  const stdout = { write: (part: string) => (text += part) };
  await command({ ...ctx, stdout });
  return text;
}
