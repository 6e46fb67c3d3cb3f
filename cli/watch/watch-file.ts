import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { watch, type FSWatcher } from "chokidar";

/** A file counts as written once it has kept its size for so long. */
const STABLE_MS = 40;
/** How often the file itself is looked at, in case the system sends no events. */
const LOOK_MS = 1_500;
const POLL_MS = 300;

export interface FileEvents {
  /** The attempt, or a file beside it, was written, replaced or brought back. */
  onSave(): void;
  onGone(): void;
  /** The file changed and the system said nothing: from now on it is asked again and again. */
  onPolling(): void;
}

/**
 * Watches an attempt and the files beside it. Survives atomic saves, renames and deletion, and
 * where the system sends no events (network drives, some containers) it turns to polling by itself.
 */
export class FileWatch {
  readonly #file: string;
  readonly #events: FileEvents;
  readonly #look: NodeJS.Timeout;
  #watcher: FSWatcher;
  #isPolling = false;
  /** What the last event was about. */
  #known: string;
  /** What the last look found. */
  #seen = "";

  constructor(file: string, events: FileEvents, polls = false) {
    this.#file = resolve(file);
    this.#events = events;
    this.#known = stateOf(this.#file);
    this.#isPolling = polls;
    this.#watcher = this.#open();
    this.#look = setInterval(() => this.#lookItself(), LOOK_MS);
  }

  async close(): Promise<void> {
    clearInterval(this.#look);
    await this.#watcher.close();
  }

  /** Hears no more events, as on a drive that sends none: for tests. */
  async deafen(): Promise<void> {
    await this.#watcher.close();
  }

  #open(): FSWatcher {
    const watcher = watch(dirname(this.#file), {
      ignoreInitial: true,
      depth: 3,
      usePolling: this.#isPolling,
      interval: POLL_MS,
      awaitWriteFinish: { stabilityThreshold: STABLE_MS, pollInterval: STABLE_MS / 2 },
      ignored: (path, stats) => stats?.isFile() === true && !/\.[cm]?ts$/.test(path),
    });
    const saved = (): void => this.#report("save");
    watcher.on("add", saved).on("change", saved);
    watcher.on("unlink", (path) => {
      if (resolve(path) === this.#file) this.#report("gone");
    });
    watcher.on("error", () => {}); // A folder that went: the look below finds it again.
    return watcher;
  }

  #report(what: "save" | "gone"): void {
    this.#known = stateOf(this.#file);
    if (what === "gone" && this.#known === GONE) this.#events.onGone();
    else if (what === "save") this.#events.onSave();
  }

  /** An event that has not come by the next look is not going to come. */
  #lookItself(): void {
    const now = stateOf(this.#file);
    const before = this.#seen;
    this.#seen = now;
    // The event may still be on its way: only what was seen twice counts.
    if (now === this.#known || now !== before) return;
    this.#known = now;
    if (now === GONE) return this.#events.onGone();
    if (!this.#isPolling) {
      this.#isPolling = true;
      void this.#watcher.close();
      this.#watcher = this.#open();
      this.#events.onPolling();
    }
    this.#events.onSave();
  }
}

const GONE = "gone";

function stateOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? GONE : `${stats.mtimeMs} ${stats.size} ${stats.ino}`;
}
