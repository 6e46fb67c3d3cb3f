import type { Json } from "./node.ts";
import type { RunStats } from "./run.ts";

/** Counts messages and writes. */
export class Traffic {
  sent = 0;
  delivered = 0;
  dropped = 0;
  duplicated = 0;
  bytes = 0;
  writes = 0;
  readonly #byType = new Map<string, number>();

  send(message: Json, size: number): void {
    this.sent += 1;
    this.bytes += size;
    if (typeof message !== "object" || message === null || Array.isArray(message)) return;
    const type = message["type"];
    if (typeof type === "string") this.#byType.set(type, (this.#byType.get(type) ?? 0) + 1);
  }

  stats(): RunStats {
    const { sent, delivered, dropped, duplicated, bytes, writes } = this;
    const byType = Object.fromEntries(this.#byType);
    return { sent, delivered, dropped, duplicated, bytes, writes, byType };
  }

  /** The three types that were sent most. */
  busiest(): string {
    const most = [...this.#byType].toSorted((a, b) => b[1] - a[1]).slice(0, 3);
    if (most.length === 0) return `${this.sent} messages sent`;
    return `most sent: ${most.map(([type, count]) => `${type} ${count}`).join(", ")}`;
  }
}
