import { say } from "../model/say.ts";
import { packageView } from "./package-view.ts";
import { probeLayers } from "./probe-layers.ts";
import {
  LAYERS,
  wrap,
  type Command,
  type Layer,
  type LayerId,
  type Layers,
  type View,
} from "./wrap.ts";

let probed: Layers | undefined;
let ownView: View | undefined;

export interface Sandboxed {
  /** Arguments of node: flags, script, arguments. */
  readonly args: readonly string[];
  /** What it may read besides this package and what that depends on. */
  readonly readable: View;
  readonly dataMb: number;
}

/** The command line that starts a worker inside every layer that works here and is wanted. */
export function sandbox({ args, readable, dataMb }: Sandboxed): Command {
  ownView ??= packageView();
  const paths = [...ownView.paths, ...readable.paths];
  const links = new Map([...(ownView.links ?? []), ...(readable.links ?? [])]);
  return wrap({ args, view: { paths, links }, dataMb }, sandboxLayers());
}

/**
 * The layers in use, and why the others are not. Each is on where it works; the environment
 * variable KATA_PROTECTIONS leaves some out: `basic` all of them, `permission,bwrap` all but these.
 */
export function sandboxLayers(): Layers {
  probed ??= probeLayers();
  const layers = probed;
  const wanted = wantedLayers();
  if (wanted === undefined) return layers;
  const leftOut: Layer = { why: say`KATA_PROTECTIONS leaves it out` };
  return Object.fromEntries(
    LAYERS.map((id) => [id, wanted.includes(id) ? layers[id] : leftOut]),
  ) as Record<LayerId, Layer>;
}

/** Whether an attempt is read for what it must not use before it runs: a choice of layers says no. */
export function checksBeforeRun(): boolean {
  return wantedLayers() === undefined;
}

/** The choice in KATA_PROTECTIONS. A word that nobody knows is a slip: it takes nothing away. */
function wantedLayers(): readonly string[] | undefined {
  const wish = process.env["KATA_PROTECTIONS"] ?? "";
  if (wish === "") return undefined;
  const wanted: readonly string[] = wish === "basic" ? [] : wish.split(",");
  return wanted.every((word) => (LAYERS as readonly string[]).includes(word)) ? wanted : undefined;
}
