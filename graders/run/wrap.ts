import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname } from "node:path";
import { PACKAGE_ROOT } from "../catalog/paths.ts";

/** Layers around a worker that a machine may or may not have, in the order in which they are tried. */
export const LAYERS = ["permission", "no-eval", "prlimit", "setpriv", "bwrap"] as const;
export type LayerId = (typeof LAYERS)[number];

/** What there is of a layer: `use` is the flag or program that brings it. */
export type Layer = { readonly use: string } | { readonly why: string };
export type Layers = Readonly<Record<LayerId, Layer>>;

/** All that a worker sees of the disk, besides node itself. */
export interface View {
  /** Files and folders that it may read. */
  readonly paths: readonly string[];
  /** Links on the way to them, with their targets. */
  readonly links?: ReadonlyMap<string, string>;
}

export interface Wrapped {
  /** Arguments of node: flags, script, arguments. */
  readonly args: readonly string[];
  readonly view: View;
  /** What the process may have of writable memory, on the heap and off it. */
  readonly dataMb: number;
}

export interface Command {
  readonly command: string;
  readonly args: string[];
  readonly cwd: string;
  /** Whether a death by signal n arrives as exit code 128 + n. */
  readonly turnsSignalsIntoCodes: boolean;
}

/** Where a dynamic linker looks, on any distribution. */
const LIBRARY_FOLDERS = ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/lib32"];

const APART = "--unshare-all --die-with-parent --cap-drop ALL --proc /proc --dev /dev".split(" ");
const NOWHERE_TO_WRITE = "--remount-ro /dev --remount-ro /".split(" ");

/** Puts the layers around node: the command line that starts a worker inside them. */
export function wrap({ args, view, dataMb }: Wrapped, layers: Layers): Command {
  const use = (id: LayerId): string | undefined => {
    const layer = layers[id];
    return "use" in layer ? layer.use : undefined;
  };
  const permission = use("permission");
  const noEval = use("no-eval");
  const bwrap = use("bwrap");
  const prlimit = use("prlimit");
  const setpriv = use("setpriv");
  const line = [
    // bubblewrap does the same by itself.
    ...(setpriv === undefined || bwrap !== undefined ? [] : [setpriv, "--pdeathsig", "KILL", "--"]),
    ...(prlimit === undefined ? [] : [prlimit, ...memoryLimits(dataMb), "--"]),
    ...(bwrap === undefined ? [] : [bwrap, ...mounts(view), "--"]),
    process.execPath,
    ...(permission === undefined ? [] : [permission, ...readGrants(view)]),
    ...(noEval === undefined ? [] : [noEval]),
    ...args,
  ];
  const [command = process.execPath, ...rest] = line;
  return { command, args: rest, cwd: PACKAGE_ROOT, turnsSignalsIntoCodes: bwrap !== undefined };
}

/** Not the address space: V8 reserves far more of it than it ever uses. */
function memoryLimits(dataMb: number): string[] {
  return [`--data=${dataMb * 1024 * 1024}`, "--core=0"];
}

/** Reading is all that is granted: no writing, no processes, no threads, no addons. */
function readGrants({ paths, links = new Map() }: View): string[] {
  return [...withRealPaths(paths), ...links.keys()].map((path) => `--allow-fs-read=${path}`);
}

/** No network, no other processes, no capabilities, nowhere to write; of the disk only the view. */
function mounts({ paths, links = new Map() }: View): string[] {
  return [
    ...APART,
    ...[...LIBRARY_FOLDERS, ...loadedLibraries()].flatMap((dir) => ["--ro-bind-try", dir, dir]),
    ...[process.execPath, ...withRealPaths(paths)].flatMap((path) => ["--ro-bind", path, path]),
    ...[...links].flatMap(([link, target]) => ["--symlink", target, link]),
    ...NOWHERE_TO_WRITE,
    "--chdir",
    PACKAGE_ROOT,
  ];
}

/** Folders with libraries of this very node that lie elsewhere, as Nix and Homebrew have them. */
function loadedLibraries(): string[] {
  const maps = existsSync("/proc/self/maps") ? readFileSync("/proc/self/maps", "utf8") : "";
  const files = maps.match(/(?<= )\/\S+\.so(?:\.[\d.]+)?$/gm) ?? [];
  const elsewhere = files
    .map((file) => dirname(file))
    .filter((dir) => !LIBRARY_FOLDERS.some((known) => `${dir}/`.startsWith(`${known}/`)));
  return [...new Set(elsewhere)];
}

/** A path may lead through links, as macOS's temporary folders do; both ends are named then. */
function withRealPaths(paths: readonly string[]): string[] {
  return [...new Set(paths.flatMap((path) => [path, realpathSync(path)]))];
}
