import { existsSync, readFileSync, realpathSync } from "node:fs";
import { basename, dirname, join, sep } from "node:path";
import { BUILT, PACKAGE_ROOT } from "../catalog/paths.ts";
import type { View } from "./wrap.ts";

/** Packages that a worker loads. */
export const LOADED = ["vitest", "fast-check", "tinybench", "zod"] as const;
/** A worker takes from these only modules that import nothing. */
const WITHOUT_DEPENDENCIES = new Set(["vite"]);

/**
 * What a worker reads of this package and of what it depends on, wherever they are installed: next
 * to each other, one inside the other, or in a store full of links. Never solutions/.
 */
export function packageView(): View {
  const walk = new Walk();
  for (const name of LOADED) walk.visit(dirname(BUILT.specWorker), name);
  const own = [join(PACKAGE_ROOT, "dist"), join(PACKAGE_ROOT, "package.json")];
  return { paths: [...own, ...walk.paths], links: walk.links };
}

class Walk implements View {
  readonly links = new Map<string, string>();
  readonly #packages = new Set<string>();
  readonly #found = new Set<string>();

  get paths(): string[] {
    return [...this.#found];
  }

  /** Looks for a package as node does, and then for what it depends on. */
  visit(from: string, name: string): void {
    const place = find(from, name);
    if (place === undefined) return; // Optional and not there.
    const dir = realpathSync(place);
    if (dir !== place && !this.#found.has(nearestModules(place) ?? "")) this.links.set(place, dir);
    if (this.#packages.has(dir)) return;
    this.#packages.add(dir);
    // A whole node_modules where that is safe: one path in place of fifty.
    const container = nearestModules(dir);
    this.#found.add(container === undefined || isInside(container, PACKAGE_ROOT) ? dir : container);
    if (WITHOUT_DEPENDENCIES.has(name)) return;
    const manifest = JSON.parse(readFileSync(join(dir, "package.json"), "utf8")) as {
      dependencies?: Record<string, string>;
    };
    for (const dependency of Object.keys(manifest.dependencies ?? {})) this.visit(dir, dependency);
  }
}

function find(from: string, name: string): string | undefined {
  for (let dir = from; ; dir = dirname(dir)) {
    const place = join(dir, "node_modules", name);
    if (basename(dir) !== "node_modules" && existsSync(join(place, "package.json"))) return place;
    if (dir === dirname(dir)) return undefined;
  }
}

function nearestModules(dir: string): string | undefined {
  const end = dir.lastIndexOf(`${sep}node_modules${sep}`);
  return end === -1 ? undefined : dir.slice(0, end + `${sep}node_modules`.length);
}

function isInside(folder: string, path: string): boolean {
  return path.startsWith(folder + sep);
}
