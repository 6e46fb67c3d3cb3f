import { readFileSync } from "node:fs";
import { KataError, say } from "../../../graders/reading.ts";
import { appendLine } from "../../workspace/append-line.ts";
import { cannotWrite } from "../../workspace/write-problem.ts";
import type { SessionEvent } from "./session-event.ts";

type Started = SessionEvent & { readonly kind: "started" };

/**
 * Adds one event as one line, and waits until the disk has it: what was said before a crash is there
 * after it. @throws KataError `cannot-write`
 */
export function appendSessionEvent(file: string, event: SessionEvent): void {
  try {
    appendLine(file, JSON.stringify(event));
  } catch (error) {
    throw cannotWrite(file, error);
  }
}

/**
 * The events of a log; a line that a crash cut short is left out.
 * @throws KataError `session-unreadable`
 */
export function readSessionLog(file: string): readonly [Started, ...SessionEvent[]] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const why =
      (error as NodeJS.ErrnoException).code === "ENOENT" ? say`it does not exist` : String(error);
    throw new KataError("session-unreadable", { file, why }, error);
  }
  const [first, ...rest] = text.split("\n").flatMap(parseEvent);
  if (first?.kind !== "started") {
    throw new KataError("session-unreadable", { file, why: say`it does not begin like a session` });
  }
  return [first, ...rest];
}

const KINDS: ReadonlySet<unknown> = new Set<SessionEvent["kind"]>([
  "started",
  "section",
  "note",
  "follow-up",
  "hint",
  "twist",
  "section-over",
  "time-up",
  "paused",
  "continued",
  "done",
]);

function parseEvent(line: string): SessionEvent[] {
  try {
    const value = JSON.parse(line) as Partial<Record<"at" | "kind", unknown>> | null;
    const fits =
      typeof value?.at === "number" && Number.isFinite(value.at) && KINDS.has(value.kind);
    return fits ? [value as SessionEvent] : [];
  } catch {
    return [];
  }
}
