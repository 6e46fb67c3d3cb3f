import { EXIT, type ExitCode, KataError, say } from "../../graders/reading.ts";
import type { CliContext } from "../context.ts";
import { addPack } from "../packs/add-pack.ts";
import { listPacks } from "../packs/list-packs.ts";
import { newPack } from "../packs/new-pack.ts";
import { removePack } from "../packs/remove-pack.ts";

export interface PackArgs {
  readonly action?: string;
  readonly name?: string;
  readonly author?: string;
  readonly license?: string;
  readonly json?: boolean;
}

/** Adds, lists, removes and begins packs: collections of katas from outside this package. */
export async function run(ctx: CliContext, args: PackArgs): Promise<ExitCode> {
  const { action = "list", name, json } = args;
  switch (action) {
    case "list":
      await listPacks(ctx, json === true);
      return EXIT.ok;
    case "add":
      await addPack(ctx, required(name, say`a folder or an npm package`));
      return EXIT.ok;
    case "remove":
      removePack(ctx, required(name, say`the namespace of a pack`));
      return EXIT.ok;
    case "new":
      newPack(ctx, required(name, say`a name for the pack, in kebab-case`), args);
      return EXIT.ok;
    default: {
      const why = say`it is one of list, add, remove and new`;
      throw new KataError("bad-option", { ...PACK, value: `"${action}"`, why });
    }
  }
}

const PACK = { option: "pack", command: "pack" };

function required(name: string | undefined, what: string): string {
  if (name !== undefined && name.trim() !== "") return name;
  throw new KataError("bad-option", { ...PACK, value: say`nothing`, why: say`name ${what}` });
}
