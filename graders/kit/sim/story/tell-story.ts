import type { Run } from "../run.ts";
import type { Scenario } from "../scenario.ts";
import type { EventKind, TraceEvent } from "../trace-event.ts";
import { causalCone } from "./causal-cone.ts";
import { label } from "./label.ts";
import { tellFault } from "./tell-fault.ts";

/** How a row of a story is drawn. */
export type RowKind =
  "message" | "lost" | "timer" | "boot" | "crash" | "write" | "output" | "client" | "note";

/** One line of a story; an arrow when it has a sender. */
export interface StoryRow {
  /** True time, in ms: of the arrival, for a message. */
  readonly at: number;
  /** The node or client that it happens to. */
  readonly lane: string;
  readonly kind: RowKind;
  readonly text: string;
  readonly from?: string;
  readonly sentAt?: number;
}

/** A run for a reader: what of it led to the end, and how many events did not. */
export interface Story {
  /** `3 nodes, 5 ms a message, seed 7`. */
  readonly setting: string;
  readonly faults: string[];
  readonly lanes: string[];
  readonly rows: StoryRow[];
  readonly hidden: number;
}

const MOST_ROWS = 60;
/** Of a story without an end, so many rows are its beginning. */
const FIRST_ROWS = 40;

/**
 * Tells a traced run. With `end`, the number of an event, only what led to it; without, what led to
 * the outputs, the answers and the silences.
 */
export function tellStory(scenario: Scenario<unknown, unknown>, run: Run, end?: number): Story {
  const { trace } = run;
  const past = end === undefined ? trace : trace.filter(({ index }) => index <= end);
  const roots =
    end === undefined
      ? past.filter(({ kind }) => TURNS.includes(kind)).map(({ index }) => index)
      : [end];
  const cone = causalCone(past, roots);
  const byIndex = new Map(trace.map((event) => [event.index, event]));
  const told = cone.flatMap((event) => rowOf(event, byIndex) ?? []);
  const rows = fold(told, end === undefined ? FIRST_ROWS : 0);
  if (end === undefined) rows.push({ at: run.endedAt, lane: "", kind: "note", text: endOf(run) });
  const lanes = new Set(rows.flatMap(({ lane, from = lane }) => [lane, from]));
  lanes.delete("");
  return {
    setting: settingOf(scenario),
    faults: scenario.faults.map(tellFault),
    lanes: [...lanes].toSorted(byLane),
    rows,
    hidden: past.filter((event) => rowOf(event, byIndex) !== undefined).length - told.length,
  };
}

function endOf({ outcome, endedAt }: Run): string {
  return outcome === "idle"
    ? `nothing more happens after ${endedAt} ms`
    : `the run ends at ${endedAt} ms`;
}

/** The first and the last rows, with a word on what lies between. */
function fold(rows: readonly StoryRow[], first: number): StoryRow[] {
  if (rows.length <= MOST_ROWS) return [...rows];
  const last = rows.slice(first - MOST_ROWS);
  const text = `… ${rows.length - MOST_ROWS} rows are left out here`;
  return [...rows.slice(0, first), { at: last[0]?.at ?? 0, lane: "", kind: "note", text }, ...last];
}

/** What anybody would want to know of, when no event alone ended the run. */
const TURNS: readonly EventKind[] = [
  "emit",
  "return",
  "give-up",
  "unreachable",
  "crash",
  "boot",
  "lost",
  "pause",
  "skew",
];

const EFFECTS: Readonly<Record<string, string>> = { commit: "write", recv: "message" };

function rowOf(event: TraceEvent, byIndex: ReadonlyMap<number, TraceEvent>): StoryRow | undefined {
  const { at, node: lane, kind, data, note, peer } = event;
  const row = (as: RowKind, text: string): StoryRow => ({ at, lane, kind: as, text });
  const arrow = (as: RowKind, text: string): StoryRow => {
    const sentAt = byIndex.get(event.cause)?.at ?? at;
    return { ...row(as, text), ...(peer === undefined ? {} : { from: peer, sentAt }) };
  };
  switch (kind) {
    case "deliver":
      return arrow("message", label(data));
    case "lost":
      return arrow("lost", `${label(data)} is ${note === "cut" ? "cut off" : "lost"}`);
    case "dead":
      return arrow("lost", `${label(data)} finds nobody`);
    case "request":
      return arrow("client", `asks ${label(data)}`);
    case "return":
      return arrow("client", `answers ${label(data)}`);
    case "boot":
      return data === 1 ? undefined : row("boot", `boots again (boot ${label(data)})`);
    case "crash":
      return row(
        "crash",
        note === undefined ? "crashes" : `crashes right after this ${EFFECTS[note] ?? note}`,
      );
    case "skipped":
      return undefined;
    case "pause":
      return row("note", "pauses");
    case "resume":
      return row("note", "goes on");
    case "skew":
      return row("note", `its clock jumps by ${label(data)} ms`);
    case "timer":
      return row("timer", `timer ${note ?? ""}`);
    case "write":
      return row("write", `stores ${note ?? ""} = ${label(data, 40)}`);
    case "delete":
      return row("write", `deletes ${note ?? ""}`);
    case "emit":
      return row("output", `outputs ${label(data)}`);
    case "give-up":
      return row("client", `waits no longer for ${peer ?? ""}`);
    case "unreachable":
      return row("client", `finds ${peer ?? ""} down`);
    // The other end of what is told already.
    case "send":
    case "invoke":
    case "reply":
      return undefined;
  }
}

function settingOf({ nodes, profile, seed }: Scenario<unknown, unknown>): string {
  const { base, jitter, drop, dup, crash } = profile;
  const noise = [
    jitter > 0 ? `up to ${jitter} ms late` : "",
    drop > 0 ? `${drop / 10} % lost` : "",
    dup > 0 ? `${dup / 10} % doubled` : "",
    crash > 0 ? `${crash / 10} % of effects crash the node` : "",
  ].filter((part) => part !== "");
  const cluster = `${nodes} ${nodes === 1 ? "node" : "nodes"}, ${base} ms a message`;
  return [cluster, ...noise, `seed ${seed}`].join(", ");
}

/** Clients first, then nodes, by number. */
function byLane(a: string, b: string): number {
  if (a[0] !== b[0]) return a < b ? -1 : 1;
  return Number(a.slice(1)) - Number(b.slice(1));
}
