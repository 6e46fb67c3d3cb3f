import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";

/** Debian's name, and those of others. */
const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** The browser of this machine, undefined when there is none. */
export function findBrowser(): string | undefined {
  return NAMES.find((name) => spawnSync(name, ["--version"]).status === 0);
}

const CLOSE_MS = 10_000;

type Params = Readonly<Record<string, unknown>>;

/** One page of a headless Chromium, spoken to over two pipes in its DevTools protocol. */
export class Browser {
  readonly #process: ChildProcess;
  readonly #profile: string;
  readonly #pending = new Map<number, (message: { result?: Params; error?: Params }) => void>();
  #session: string | undefined;
  #next = 1;

  private constructor(command: string) {
    this.#profile = mkdtempSync(join(tmpdir(), "kata-browser-"));
    const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe"];
    this.#process = spawn(command, [...flags, `--user-data-dir=${this.#profile}`], {
      stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
    });
    let rest = "";
    (this.#process.stdio[4] as Readable).on("data", (chunk: Buffer) => {
      const messages = (rest + chunk.toString("utf8")).split("\0");
      rest = messages.pop() ?? "";
      for (const text of messages) {
        const message = JSON.parse(text) as { id?: number; result?: Params; error?: Params };
        if (message.id !== undefined) this.#pending.get(message.id)?.(message);
      }
    });
  }

  static async open(command: string, downloads: string): Promise<Browser> {
    const browser = new Browser(command);
    const { targetId } = await browser.send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await browser.send("Target.attachToTarget", { targetId, flatten: true });
    await browser.send("Browser.setDownloadBehavior", {
      behavior: "allow",
      downloadPath: downloads,
    });
    browser.#session = sessionId as string;
    return browser;
  }

  /** Opens a page and waits until it has loaded. */
  async visit(url: string): Promise<void> {
    await this.send("Page.navigate", { url });
    await this.evaluate(
      "new Promise((done) => document.readyState === 'complete' ? done() : addEventListener('load', () => done()))",
    );
  }

  /** Loads the page again, as its reader would, and waits until that is done. */
  async reload(): Promise<void> {
    await this.evaluate("window.isOld = true");
    await this.send("Page.reload");
    const isNew = "window.isOld === undefined && document.readyState === 'complete'";
    while ((await this.evaluate(isNew).catch(() => false)) !== true) {
      await new Promise((done) => setTimeout(done, 20));
    }
  }

  /** The value of an expression in the page, a promise awaited. */
  async evaluate(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return (result as { value?: unknown }).value;
  }

  send(method: string, params: Params = {}): Promise<Params> {
    const id = this.#next;
    this.#next += 1;
    const session = this.#session === undefined ? {} : { sessionId: this.#session };
    const message = JSON.stringify({ id, method, params, ...session });
    return new Promise((resolve, reject) => {
      this.#pending.set(id, ({ result, error }) => {
        this.#pending.delete(id);
        if (error === undefined) resolve(result ?? {});
        else reject(new Error(`${method}: ${JSON.stringify(error)}`));
      });
      (this.#process.stdio[3] as Writable).write(`${message}\0`);
    });
  }

  async close(): Promise<void> {
    const ended = new Promise((done) => this.#process.once("exit", done));
    // Asked, it ends its own processes, which write to the profile; killed, it leaves them behind.
    (this.#process.stdio[3] as Writable).write(`{"id":0,"method":"Browser.close"}\0`);
    const patience = setTimeout(() => this.#process.kill("SIGKILL"), CLOSE_MS);
    await ended;
    clearTimeout(patience);
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
