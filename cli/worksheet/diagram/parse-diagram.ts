import { say } from "../../../graders/reading.ts";
import type { Arrow, Box, Diagram, DiagramProblem } from "./diagram.ts";
import { LineCursor } from "./line-cursor.ts";
import { type ArrowMention, readArrow } from "./read-arrow.ts";
import { type BoxMention, cleanLabel, readBox } from "./read-box.ts";

const MAX_LINE = 2000;
const MAX_BOXES = 400;
const MAX_ARROWS = 2000;
const MAX_PROBLEMS = 50;

const HEADER = /^(?:flowchart|graph)(?:-elk)?(?:\s+(?:TB|TD|BT|RL|LR)\b|(?=\s*(?:;|$)))\s*;?\s*/i;
const OTHER_KIND =
  /^(sequenceDiagram|classDiagram|stateDiagram|erDiagram|journey|gantt|pie|mindmap|timeline|gitGraph|C4\w+|requirementDiagram|quadrantChart|sankey|block|architecture)(?:-beta|-v2)?\b(?!.*[-→])/;
const LOOKS_ONLY = /^(?:style|classDef|click|linkStyle|direction|accTitle|accDescr)\b/;
const PLAIN_ID = /^[\p{L}\p{N}_.-]+$/u;

/**
 * Reads the boxes and arrows of a Mermaid flowchart, or of a list of arrows (`Client -> API -> DB`).
 * Whatever cannot be read becomes a problem with its line; it never throws.
 *
 * @param firstLine the 1-based number of the first line in the file that holds the diagram
 */
export function parseDiagram(text: string, firstLine = 1): Diagram {
  const reader = new DiagramReader();
  let frontMatter = false;
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const line = raw.trim();
    if (line === "---" && (index === 0 || frontMatter)) {
      frontMatter = !frontMatter;
      continue;
    }
    if (frontMatter || line === "" || line.startsWith("%%")) continue;
    if (!reader.readLine(line, firstLine + index)) break;
  }
  return reader.finish();
}

type Link = Omit<Arrow, "line">;

interface Statement {
  readonly boxes: readonly BoxMention[];
  readonly links: readonly Link[];
}

class DiagramReader {
  readonly #boxes = new Map<string, Box>();
  readonly #arrows: Arrow[] = [];
  readonly #problems: DiagramProblem[] = [];
  readonly #classes = new Map<string, string[]>();
  readonly #members = new Map<string, Set<string>>();
  readonly #open: string[] = [];
  #isFull = false;

  /** False when nothing after this line can be read. */
  readLine(text: string, line: number): boolean {
    if (text.length > MAX_LINE) {
      this.#report(
        line,
        say`a line of ${text.length} characters was skipped (at most ${MAX_LINE})`,
      );
      return true;
    }
    const other = OTHER_KIND.exec(text)?.[1];
    if (other !== undefined) {
      this.#report(line, say`a ${other} is not scored: draw a flowchart`);
      return false;
    }
    const rest = text.replace(HEADER, "");
    if (rest !== "" && !LOOKS_ONLY.test(rest)) this.#readStatement(rest, line);
    return !this.#isFull;
  }

  finish(): Diagram {
    for (const id of this.#members.keys()) this.#boxes.delete(id);
    const boxes = [...this.#boxes.values()].map((box) => ({
      ...box,
      classes: [...new Set([...box.classes, ...(this.#classes.get(box.id) ?? [])])],
    }));
    const arrows: Arrow[] = [];
    for (const arrow of this.#arrows) {
      if (arrows.length >= MAX_ARROWS) break;
      arrows.push(...this.#unfold(arrow, MAX_ARROWS - arrows.length));
    }
    return { boxes, arrows, problems: this.#problems };
  }

  #readStatement(text: string, line: number): void {
    const group = /^subgraph\b\s*(.*)$/.exec(text);
    if (group !== null) return this.#openGroup(group[1] ?? "");
    if (/^end\b\s*;?$/.test(text)) return void this.#open.pop();
    const named = /^class\s+([^;]+?)\s+([\w-]+)\s*;?$/.exec(text);
    if (named !== null) return this.#addClass((named[1] ?? "").split(","), named[2] ?? "");
    const statement = readChains(text) ?? readArrowList(text);
    if (statement === undefined) {
      this.#report(line, say`cannot read "${text.slice(0, 60)}"`);
      return;
    }
    for (const mention of statement.boxes) this.#addBox(mention, line);
    for (const link of statement.links) this.#addArrow({ ...link, line });
  }

  #openGroup(words: string): void {
    const id = /^([^\s["]+)\s*(?:\[.*)?$/.exec(words)?.[1] ?? cleanLabel(words);
    this.#open.push(id);
    if (!this.#members.has(id)) this.#members.set(id, new Set());
  }

  #addClass(ids: readonly string[], name: string): void {
    for (const id of ids.map((it) => it.trim())) {
      this.#classes.set(id, [...(this.#classes.get(id) ?? []), name]);
    }
  }

  #addBox({ id, label, shape, classes }: BoxMention, line: number): void {
    const known = this.#boxes.get(id);
    if (known === undefined && this.#boxes.size >= MAX_BOXES) return this.#overflow(line, "boxes");
    this.#boxes.set(id, {
      id,
      // A name without a shape (in a list of arrows) does not rename the box.
      label: (shape === undefined ? known?.label : undefined) ?? label ?? known?.label ?? id,
      shape: shape ?? known?.shape ?? "",
      classes: [...(known?.classes ?? []), ...classes],
      line: known?.line ?? line,
    });
    for (const group of this.#open) if (group !== id) this.#members.get(group)?.add(id);
  }

  #addArrow(arrow: Arrow): void {
    if (this.#arrows.length >= MAX_ARROWS) return this.#overflow(arrow.line, "arrows");
    if (this.#boxes.has(arrow.from) && this.#boxes.has(arrow.to)) this.#arrows.push(arrow);
  }

  /** An arrow to a subgraph goes to each of its boxes; at most `room` arrows. */
  #unfold(arrow: Arrow, room: number): Arrow[] {
    const ends = (id: string): readonly string[] =>
      [...(this.#members.get(id) ?? [id])].filter((it) => this.#boxes.has(it));
    const all: Arrow[] = [];
    const targets = ends(arrow.to);
    for (const from of ends(arrow.from)) {
      all.push(...targets.slice(0, room - all.length).map((to) => ({ ...arrow, from, to })));
    }
    return all;
  }

  #overflow(line: number, what: string): void {
    if (this.#isFull) return;
    this.#isFull = true;
    this.#report(line, say`too many ${what}: the rest of the diagram was not read`);
  }

  #report(line: number, text: string): void {
    if (this.#problems.length < MAX_PROBLEMS) this.#problems.push({ line, text });
  }
}

/** `A --> B & C -.-> D; E --> F`. */
function readChains(text: string): Statement | undefined {
  const cursor = new LineCursor(text);
  const boxes: BoxMention[] = [];
  const links: Link[] = [];
  while (!cursor.isAtEnd) {
    let left = readFan(cursor);
    if (left === undefined) return undefined;
    boxes.push(...left);
    for (;;) {
      cursor.skipSpace();
      const arrow = readArrow(cursor);
      if (arrow === undefined) break;
      const right = readFan(cursor);
      if (right === undefined) return undefined;
      boxes.push(...right);
      if (left.length * right.length + links.length > MAX_ARROWS) return undefined;
      if (!arrow.invisible) links.push(...between(left, arrow, right));
      left = right;
    }
    cursor.skipSpace();
    if (cursor.isAtEnd) break;
    if (!cursor.skip(";")) return undefined;
    cursor.skipSpace();
  }
  return { boxes, links };
}

function readFan(cursor: LineCursor): BoxMention[] | undefined {
  const boxes: BoxMention[] = [];
  do {
    cursor.skipSpace();
    const box = readBox(cursor);
    if (box === undefined) return undefined;
    boxes.push(box);
    cursor.skipSpace();
  } while (cursor.skip("&"));
  return boxes;
}

function between(
  left: readonly BoxMention[],
  { label, async, direction }: ArrowMention,
  right: readonly BoxMention[],
): Link[] {
  const [from, to] = direction === "back" ? [right, left] : [left, right];
  const both = direction === "both";
  return from.flatMap((a) => to.map((b) => ({ from: a.id, to: b.id, label, async, both })));
}

/** `- Load balancer -> API service -> User DB, Cache`: names of several words, no shapes. */
function readArrowList(text: string): Statement | undefined {
  const steps = text.replace(/^[-*+]\s+/, "").split(/\s*(?:-{1,2}>|→|⟶|=>|⇒)\s*/);
  if (steps.length < 2 || /[[\]{}|"]/.test(text)) return undefined;
  const fans = steps.map((step) =>
    step
      .split(/\s*[,&]\s*/)
      .map((name) => cleanLabel(name))
      .filter((name) => name !== "")
      .map((label) => ({
        id: PLAIN_ID.test(label) ? label : label.toLowerCase(),
        label,
        classes: [],
      })),
  );
  if (fans.some((fan) => fan.length === 0)) return undefined;
  const arrow: ArrowMention = { label: "", async: false, direction: "forward", invisible: false };
  const links = fans.slice(1).flatMap((fan, index) => between(fans[index] ?? [], arrow, fan));
  return links.length > MAX_ARROWS ? undefined : { boxes: fans.flat(), links };
}
