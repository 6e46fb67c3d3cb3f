import { say } from "../../../graders/reading.ts";
import {
  COLUMNS,
  FORMAT_VERSION,
  type FrontMatter,
  MAX_ROWS,
  MAX_WORKSHEET_BYTES,
  SLOT_IDS,
  SLOT_MARKER,
  type SlotId,
  splitRow,
} from "./slots.ts";

/** A table row with a back-ticked id. Cells that the table does not have are "". */
export interface WorksheetRow {
  readonly id: string;
  /** First line of the file is 1. */
  readonly line: number;
  /** The answer to an estimate, or the candidate's own value of an assumption. */
  readonly answer: string;
  readonly how: string;
}

export interface WorksheetSlot {
  readonly id: SlotId;
  /** Line of the first line of `body`. */
  readonly line: number;
  readonly body: string;
}

export interface WorksheetProblem {
  readonly line: number;
  readonly severity: "error" | "warning";
  readonly message: string;
}

export interface Worksheet {
  /** Undefined when the front matter cannot be read; `problems` says why. */
  readonly front: FrontMatter | undefined;
  readonly rows: ReadonlyMap<string, WorksheetRow>;
  readonly slots: ReadonlyMap<SlotId, WorksheetSlot>;
  /** By line. Nothing is thrown: one broken slot leaves the others readable. */
  readonly problems: readonly WorksheetProblem[];
}

/** Reads a worksheet, blank or filled, as it was rendered or as editors and formatters leave it. */
export function parseWorksheet(text: string): Worksheet {
  const problems: WorksheetProblem[] = [];
  const report = (line: number, message: string, severity: "error" | "warning" = "error"): void => {
    if (problems.length < MAX_PROBLEMS) problems.push({ line, severity, message });
  };
  const empty: Worksheet = { front: undefined, rows: new Map(), slots: new Map(), problems };
  if (Buffer.byteLength(text) > MAX_WORKSHEET_BYTES) {
    report(1, say`the file is larger than ${MAX_WORKSHEET_BYTES / 1e6} MB`);
    return empty;
  }
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  const { front, next } = readFrontMatter(lines, report);
  const reader = new BodyReader(report);
  reader.read(lines, next);
  for (const id of SLOT_IDS) {
    if (!reader.slots.has(id) && !reader.broken.has(id)) {
      report(lines.length, say`the slot "${id}" is missing`);
    }
  }
  problems.sort((a, b) => a.line - b.line);
  return { front, rows: reader.rows, slots: reader.slots, problems };
}

/** Outside of fences; longer ones are no table row of ours. */
const MAX_LINE = 2000;
/** Of a file that is something else. */
const MAX_PROBLEMS = 200;

type Report = (line: number, message: string, severity?: "error" | "warning") => void;

/** Walks over the lines once: tables, slot markers and fences. */
class BodyReader {
  readonly rows = new Map<string, WorksheetRow>();
  readonly slots = new Map<SlotId, WorksheetSlot>();
  /** Slots that were named but could not be read. */
  readonly broken = new Set<string>();
  readonly #report: Report;
  #head: readonly string[] = [];
  #pending: { readonly id: string; readonly line: number } | undefined;

  constructor(report: Report) {
    this.#report = report;
  }

  read(lines: readonly string[], from: number): void {
    let previous = "";
    for (let at = from; at < lines.length; at += 1) {
      const line = lines[at] ?? "";
      if (line.length > MAX_LINE) {
        this.#report(
          at + 1,
          say`a line of ${line.length} characters is not read (at most ${MAX_LINE})`,
        );
        continue;
      }
      const ticks = /^ {0,3}(`{3,}|~{3,})(?!.*`)/.exec(line)?.[1];
      if (ticks !== undefined) {
        at = this.#readFence(lines, at, ticks);
      } else if (SLOT_MARKER.test(line)) {
        this.#openSlot(SLOT_MARKER.exec(line)?.[1] ?? "", at + 1);
      } else if (/^\s*\|?[\s:|-]*---[\s:|-]*$/.test(line) && line.includes("|")) {
        this.#head = (splitRow(previous) ?? []).map((name) => name.toLowerCase());
      } else {
        if (line.trim() !== "") this.#closeSlot(at + 1);
        this.#readRow(line, at + 1);
      }
      previous = line;
    }
    this.#closeSlot(lines.length);
  }

  #openSlot(id: string, line: number): void {
    this.#closeSlot(line);
    this.#pending = { id, line };
  }

  /** A marker whose fence did not come. */
  #closeSlot(line: number): void {
    if (this.#pending === undefined) return;
    const { id } = this.#pending;
    this.#report(line, say`the slot "${id}" has no fenced block after its marker`);
    this.broken.add(id);
    this.#pending = undefined;
  }

  /** The index of the last line that belongs to the fence. */
  #readFence(lines: readonly string[], open: number, ticks: string): number {
    let close = open + 1;
    while (close < lines.length && !closes(lines[close] ?? "", ticks)) close += 1;
    const pending = this.#pending;
    this.#pending = undefined;
    if (close === lines.length) this.#report(open + 1, say`this fenced block is never closed`);
    if (pending !== undefined) {
      this.#fillSlot(pending, { line: open + 2, body: lines.slice(open + 1, close).join("\n") });
    }
    return close;
  }

  #fillSlot(
    { id, line }: { readonly id: string; readonly line: number },
    content: { readonly line: number; readonly body: string },
  ): void {
    const known = SLOT_IDS.find((slot) => slot === id);
    if (known === undefined) {
      this.#report(line, say`there is no slot "${id}"`, "warning");
    } else if (this.slots.has(known)) {
      this.#report(line, say`the slot "${id}" stands here twice; the first counts`);
    } else {
      this.slots.set(known, { id: known, ...content });
    }
  }

  #readRow(line: string, at: number): void {
    const cells = splitRow(line);
    if (cells === undefined) {
      this.#head = [];
      return;
    }
    const id = /^`([^`]+)`$/.exec(cells[this.#columnOf(COLUMNS.id) ?? 0] ?? "")?.[1]?.trim();
    if (id === undefined) return;
    if (this.rows.has(id)) {
      this.#report(at, say`the row "${id}" stands here twice; the first counts`);
    } else if (this.rows.size >= MAX_ROWS) {
      if (this.rows.size === MAX_ROWS)
        this.#report(at, say`more than ${MAX_ROWS} rows; the rest is not read`);
    } else {
      const text = (name: string): string => cells[this.#columnOf(name) ?? -1] ?? "";
      const answer = text(COLUMNS.answer) || text(COLUMNS.yours);
      this.rows.set(id, { id, line: at, answer, how: unquote(text(COLUMNS.how)) });
    }
  }

  /** Columns are found by their heads, so that others may be added and all be moved. */
  #columnOf(name: string): number | undefined {
    const at = this.#head.indexOf(name);
    return at === -1 ? undefined : at;
  }
}

function closes(line: string, ticks: string): boolean {
  const run = line.trim();
  return run.length >= ticks.length && run === ticks.charAt(0).repeat(run.length);
}

/** A formula may stand in backticks, and editors escape its stars. */
function unquote(text: string): string {
  return text.replace(/^`(.*)`$/, "$1").replace(/\\([*^_])/g, "$1");
}

function readFrontMatter(
  lines: readonly string[],
  report: Report,
): { readonly front: FrontMatter | undefined; readonly next: number } {
  const first = lines.findIndex((line) => line.trim() !== "");
  const last = lines.findIndex((line, at) => at > first && line.trim() === "---");
  if (lines[first]?.trim() !== "---" || last === -1) {
    report(1, say`the front matter is missing: the lines between --- that name the system`);
    return { front: undefined, next: 0 };
  }
  const block = lines.slice(first + 1, last);
  const next = last + 1;
  const field = (name: string): string | undefined =>
    block
      .find((line) => line.startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim();
  const format = field("kata-worksheet");
  const system = field("system");
  const version = Number(field("version"));
  if (format !== String(FORMAT_VERSION)) {
    report(first + 1, say`"kata-worksheet: ${FORMAT_VERSION}" is missing from the front matter`);
    return { front: undefined, next };
  }
  if (system === undefined || system === "" || !Number.isInteger(version)) {
    report(first + 1, say`the front matter names no system and version`);
    return { front: undefined, next };
  }
  return { front: { system: bare(system), version, set: readSet(block) }, next };
}

/** `set: { a: "1", b: "2" }` on one line or many, or one indented line each. */
function readSet(block: readonly string[]): Record<string, string> {
  const from = block.findIndex((line) => line.startsWith("set:"));
  if (from === -1) return {};
  const rest = block.slice(from + 1);
  const until = rest.findIndex((line) => /^\S/.test(line) && line.trim() !== "}");
  const inside = [
    block[from]?.slice("set:".length),
    ...rest.slice(0, until === -1 ? undefined : until),
  ];
  const pairs = inside
    .join("\n")
    .matchAll(/([A-Za-z][A-Za-z0-9]*)\s*:\s*("[^"\n]*"|'[^'\n]*'|[^,}\n]+)/g);
  return Object.fromEntries([...pairs].map(([, name = "", value = ""]) => [name, bare(value)]));
}

function bare(text: string): string {
  return text.trim().replace(/^(["'])(.*)\1$/, "$2");
}
