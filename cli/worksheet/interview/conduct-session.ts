import type { Command } from "./read-command.ts";
import { readCommand } from "./read-command.ts";
import { type Happening, type SessionEvent } from "./session-event.ts";
import { type SheetView, nextDue, obey, stamp } from "./conduct.ts";
import type { Session } from "./session.ts";

/** What an interview needs from outside. */
export interface SessionPorts {
  /** Ms from any origin; it may step back. */
  now(): number;
  /** The next line within `ms`, undefined when the time is up, null at the end of input. */
  nextLine(ms: number): Promise<string | undefined | null>;
  /** The worksheet as it is now. */
  sheet(): SheetView;
  /** Keeps an event, before anything is shown of it. */
  keep(event: SessionEvent): void;
  show(event: SessionEvent): void;
  /** Answers to a command that changes nothing: /time, /help and unknown words. */
  answer(command: Command, at: number): void;
  /** When a command had no effect. */
  idle(command: Command): void;
}

const LONGEST_WAIT_MS = 60_000;

/**
 * Runs a session until it is done or the input ends. Time is that of the session: it stands still
 * while paused, and does not run backwards when the clock does.
 */
export async function conductSession(session: Session, ports: SessionPorts): Promise<void> {
  let elapsed = session.at;
  let read = ports.now();
  const advance = (): number => {
    const now = ports.now();
    if (!session.isPaused) elapsed += Math.max(0, now - read);
    read = now;
    return elapsed;
  };
  const happen = (happening: Happening, at: number): void => {
    const event = stamp(happening, at);
    ports.keep(event);
    session.apply(event);
    ports.show(event);
  };
  /** What came by itself up to now, each at its own time. */
  const catchUp = (): void => {
    for (;;) {
      const due = nextDue(session, ports.sheet());
      if (due === undefined || due.at > elapsed) return;
      happen(due.happening, Math.max(session.at, due.at));
    }
  };
  while (!session.isDone) {
    advance();
    catchUp();
    const due = nextDue(session, ports.sheet());
    const wait = due === undefined ? LONGEST_WAIT_MS : due.at - elapsed;
    const line = await ports.nextLine(Math.min(LONGEST_WAIT_MS, Math.max(0, wait)));
    if (line === null) return;
    const at = advance();
    catchUp();
    const command = line === undefined ? undefined : readCommand(line);
    if (command === undefined) continue;
    if (["time", "help", "unknown"].includes(command.kind)) {
      ports.answer(command, at);
      continue;
    }
    const happenings = obey(session, command, ports.sheet());
    if (happenings.length === 0) ports.idle(command);
    for (const happening of happenings) happen(happening, at);
  }
}
