import { Calls } from "../../kit/async/calls.ts";
import { Interleaving } from "../../kit/async/interleaving.ts";
import { VirtualScheduler } from "../../kit/virtual-scheduler.ts";
import { drainMicrotasks } from "../ambient-guard.ts";
import { Violation, literal } from "../violation.ts";
import { watchRejections } from "./unheard-rejections.ts";

/** What a script of promise calls is played on. */
export interface Stage {
  readonly scheduler: VirtualScheduler;
  readonly interleaving: Interleaving;
  readonly calls: Calls;
  /**
   * Lets everything happen that can: whoever waits at a scheduling point goes on first, then time
   * moves to the next timer, until neither is left.
   */
  readonly idle: () => Promise<void>;
  /** What a failure tells; as long as it is empty, the scheduling points and the calls. */
  readonly story: string[];
}

/**
 * Plays a script of promise calls in virtual time, and lets everything happen that can. Breaks the
 * rule when a call is still pending then, unless `mayPend` says so by its label, or when a promise
 * was rejected that nobody listened to. A rule that the script finds broken is told with its story.
 * @param picks which of those that wait at a scheduling point goes on: see `Interleaving`
 */
export async function play(
  script: (stage: Stage) => void | Promise<void>,
  {
    picks = [],
    mayPend = () => false,
  }: { readonly picks?: readonly number[]; readonly mayPend?: (label: string) => boolean } = {},
): Promise<Calls> {
  const scheduler = new VirtualScheduler(drainMicrotasks);
  const interleaving = new Interleaving(picks, drainMicrotasks);
  const calls = new Calls(scheduler);
  const idle = async (): Promise<void> => {
    for (;;) {
      await interleaving.run();
      const dueMs = scheduler.nextDueMs;
      if (dueMs === undefined) return;
      await scheduler.advance(dueMs - scheduler.now());
    }
  };
  const story: string[] = [];
  const rejections = watchRejections();
  try {
    await script({ scheduler, interleaving, calls, idle, story });
    await idle();
    await drainMicrotasks();
  } catch (error) {
    if (!(error instanceof Violation) || story.length === 0) throw error;
    throw new Violation({ ...error.failure, steps: story });
  } finally {
    rejections.stop();
  }
  const steps = story.length > 0 ? story : tell(calls, interleaving);
  const [unheard] = rejections.unheard;
  if (unheard !== undefined) {
    throw new Violation({
      what: "a promise of its own was rejected, and nobody listens to it",
      expected: "every rejection reaches the caller, or is caught",
      actual: String(unheard.reason),
      steps,
    });
  }
  const [pending] = calls.pending.filter((label) => !mayPend(label));
  if (pending !== undefined) {
    throw new Violation({
      what: `${pending}, when nothing more can happen`,
      expected: "it has settled",
      actual: "still pending",
      steps,
    });
  }
  return calls;
}

function tell(calls: Calls, interleaving: Interleaving): string[] {
  return [
    ...interleaving.story,
    ...calls.all.map(({ label, startedMs, ...call }) => {
      const came =
        call.state === "pending"
          ? "still pending"
          : call.state === "threw"
            ? `threw ${String(call.error)} at ${call.settledMs} ms`
            : `${literal(call.value)} at ${call.settledMs} ms`;
      return `${label} at ${startedMs} ms -> ${came}`;
    }),
  ];
}
