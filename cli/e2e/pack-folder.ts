import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { awkwardFolder, runCli, type CliRun } from "./run-cli.ts";

/** The example kata of a fresh pack. */
export const EXAMPLE = "basics/high-water-mark";

/** A correct attempt at it. */
export const SOUND = `export class HighWaterMark {
  #highest = 0;
  advance(offset: number): boolean {
    if (!Number.isSafeInteger(offset) || offset < 0) throw new RangeError("not an offset");
    if (offset <= this.#highest) return false;
    this.#highest = offset;
    return true;
  }
  value(): number {
    return this.#highest;
  }
}
`;

/** A pack as `kata pack new` writes it, and a candidate's folder beside it. */
export class PackFolder {
  readonly namespace: string;
  readonly pack: string;
  readonly workspace: string;

  private constructor(namespace: string, base: string) {
    this.namespace = namespace;
    this.pack = join(base, namespace);
    this.workspace = join(base, "work");
    mkdirSync(this.workspace);
  }

  static async create(namespace: string, ...options: string[]): Promise<PackFolder> {
    const base = awkwardFolder();
    const args = ["pack", "new", namespace, "--author", "Ada Lovelace", ...options];
    const { code, stderr } = await runCli(base, args);
    if (code !== 0) throw new Error(stderr);
    return new PackFolder(namespace, base);
  }

  kata(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CliRun> {
    return runCli(this.workspace, args, env);
  }

  read(file: string): string {
    return readFileSync(join(this.pack, file), "utf8");
  }

  write(file: string, text: string): void {
    const path = join(this.pack, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  /** Changes a JSON file of the pack. */
  change(file: string, changes: Readonly<Record<string, unknown>>): void {
    const json = JSON.parse(this.read(file)) as object;
    this.write(file, JSON.stringify({ ...json, ...changes }));
  }
}
