import type { LineCursor } from "./line-cursor.ts";
import { cleanLabel } from "./read-box.ts";

/** What stands between two boxes. */
export interface ArrowMention {
  readonly label: string;
  readonly async: boolean;
  readonly direction: "forward" | "back" | "both";
  /** `~~~` only arranges boxes. */
  readonly invisible: boolean;
}

const EDGE_ID = /[\w-]+@(?=[-=<~.xo])/y;
const INVISIBLE = /~{3,}/y;
const LABEL = /\|([^|]*)\|/y;

/**
 * Each kind of line: with its label inside (`-- text -->`), then without. A head of `x` or `o` must
 * end the arrow, for in `A---orders` it begins a name.
 */
const HEAD = "(>|[xo](?=\\s))?";
const TAIL = "(<|[xo](?=[-=]))?";
const LINES: readonly { readonly pattern: RegExp; readonly async: boolean }[] = [
  { pattern: new RegExp(`${TAIL}-\\.+()-${HEAD}`, "y"), async: true },
  { pattern: new RegExp(`${TAIL}-\\.(?![-.])(.+?)\\.+-${HEAD}`, "y"), async: true },
  { pattern: new RegExp(`${TAIL}={2,}()>`, "y"), async: false },
  { pattern: new RegExp(`${TAIL}={3,}()${HEAD}`, "y"), async: false },
  { pattern: new RegExp(`${TAIL}==(?![=>])(.+?)={2,}${HEAD}`, "y"), async: false },
  { pattern: new RegExp(`${TAIL}-{2,}()(>)`, "y"), async: false },
  { pattern: new RegExp(`${TAIL}-{3,}()${HEAD}`, "y"), async: false },
  { pattern: new RegExp(`${TAIL}--(?![->])(.+?)-{2,}${HEAD}`, "y"), async: false },
  { pattern: new RegExp(`${TAIL}--()${HEAD}`, "y"), async: false },
  { pattern: /(<)?-()(>)/y, async: false },
  { pattern: /()()([→⟶⇒]|=>)/y, async: false },
  { pattern: /(↔|⟷)()()/y, async: false },
];

export function readArrow(cursor: LineCursor): ArrowMention | undefined {
  cursor.take(EDGE_ID);
  if (cursor.take(INVISIBLE) !== undefined) {
    return { label: "", async: false, direction: "forward", invisible: true };
  }
  for (const { pattern, async } of LINES) {
    const match = cursor.take(pattern);
    if (match === undefined) continue;
    // The third pattern ends in its head, so that its group is missing.
    const hasHead = match[3] !== undefined ? match[3] !== "" : match[0].endsWith(">");
    cursor.skipSpace();
    const label = cursor.take(LABEL)?.[1] ?? match[2] ?? "";
    const direction = directionOf(match[1] !== undefined && match[1] !== "", hasHead);
    return { label: cleanLabel(label), async, direction, invisible: false };
  }
  return undefined;
}

function directionOf(hasTail: boolean, hasHead: boolean): ArrowMention["direction"] {
  if (hasTail === hasHead) return "both";
  return hasTail ? "back" : "forward";
}
