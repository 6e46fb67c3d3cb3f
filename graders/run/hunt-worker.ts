import { pathToFileURL } from "node:url";
import { installAmbientGuard, withGuard } from "../harness/ambient-guard.ts";
import { CallCounter } from "../harness/call-counter.ts";
import { captureConsole, emit, openChannel } from "../harness/sink.ts";
import { watchSubject } from "../harness/watch-subject.ts";
import type { HuntPlan, HuntRecord } from "../model/hunt.ts";

/**
 * Entry of the process of a hunt: loads one subject, hands it to the hunt behind facades, and tells
 * whether that threw. The hunt is loaded last, when all that watches it is in place.
 */
// oxlint-disable-next-line no-restricted-properties -- taken before the hunt can replace it
const exit = process.exit.bind(process);
const LONGEST = 500;
const { fromEntries } = Object;

async function main({ subject, hunt }: HuntPlan): Promise<HuntRecord> {
  const counter = new CallCounter();
  const loaded = (await import(pathToFileURL(subject).href)) as object;
  const watched = watchSubject(fromEntries(Object.entries(loaded)), counter);
  const { hunt: run } = (await import(pathToFileURL(hunt).href)) as { hunt?: unknown };
  if (typeof run !== "function") {
    return { t: "hunt-broken", message: "it does not export a function called hunt" };
  }
  emit({ t: "hunting" });
  try {
    await withGuard((): unknown => (run as (subject: object) => unknown)(watched));
    return { t: "hunted", calls: counter.total };
  } catch (error) {
    return { t: "hunted", threw: tell(error), calls: counter.total };
  }
}

function tell(error: unknown): string {
  try {
    return String(error).slice(0, LONGEST);
  } catch {
    return "something that cannot be shown";
  }
}

try {
  const plan = openChannel<HuntPlan>();
  captureConsole();
  installAmbientGuard();
  emit(await main(plan));
} catch (error) {
  emit({ t: "hunt-broken", message: tell(error) });
}
// A hunt may have left timers behind.
exit(0);
