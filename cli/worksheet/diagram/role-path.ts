import { type BoxRole, rolesOf } from "./box-role.ts";
import type { Box, Diagram } from "./diagram.ts";

/** One stop of a flow: any of these roles will do. */
export interface Stop {
  readonly roles: readonly BoxRole[];
  /** After it, anything may lie before the next stop, not only {@link PASSED_THROUGH}. */
  readonly open?: boolean;
}

/** Boxes that may lie on a way without being named: a request does not run on through a store. */
const PASSED_THROUGH: ReadonlySet<BoxRole> = new Set([
  "dns",
  "cdn",
  "lb",
  "gateway",
  "service",
  "cache",
  "unknown",
]);

const ASIDE: ReadonlySet<BoxRole> = new Set(["queue", "worker"]);

/** A diagram as a graph of roles. */
export class RoleGraph {
  readonly boxes: ReadonlyMap<string, Box>;
  readonly #roles = new Map<string, readonly [BoxRole, ...BoxRole[]]>();
  readonly #next: ReadonlyMap<string, readonly string[]>;

  /** @param against whether to walk the arrows backwards: some draw where the data go. */
  constructor(diagram: Diagram, against = false) {
    this.boxes = new Map(diagram.boxes.map((box) => [box.id, box]));
    for (const box of diagram.boxes) this.#roles.set(box.id, rolesOf(box));
    const next = new Map<string, string[]>();
    const link = (from: string, to: string): void => {
      next.set(from, [...(next.get(from) ?? []), to]);
    };
    for (const { from, to, both } of diagram.arrows) {
      link(...(against ? ([to, from] as const) : ([from, to] as const)));
      // A worker that asks the queue is drawn with its arrow the other way.
      const asks = this.roleOf(from) === "worker" && this.roleOf(to) === "queue";
      if (both || asks) link(...(against ? ([from, to] as const) : ([to, from] as const)));
    }
    this.#next = next;
    for (const { from, to } of diagram.arrows) this.#hireConsumer(from, to);
  }

  roleOf(id: string): BoxRole {
    return this.#roles.get(id)?.[0] ?? "unknown";
  }

  plays(id: string, roles: readonly BoxRole[]): boolean {
    return this.#roles.get(id)?.some((role) => roles.includes(role)) ?? false;
  }

  withRole(role: BoxRole): string[] {
    return [...this.boxes.keys()].filter((id) => this.roleOf(id) === role);
  }

  next(id: string): readonly string[] {
    return this.#next.get(id) ?? [];
  }

  /**
   * The shortest way from `start`, the first stop, past all other stops in order; O(boxes x stops).
   *
   * @param skip boxes that are taken as lost
   */
  findPath(
    start: string,
    stops: readonly Stop[],
    skip: (id: string, isLast: boolean) => boolean = () => false,
  ): string[] | undefined {
    interface Step {
      readonly id: string;
      readonly stop: number;
      readonly before: Step | undefined;
    }
    const last = stops.length - 1;
    const queue: Step[] = [{ id: start, stop: 0, before: undefined }];
    const seen = new Set<string>([`0 ${start}`]);
    for (let at = 0; at < queue.length; at += 1) {
      const step = queue[at] as Step;
      if (step.stop === last) {
        const path: string[] = [];
        for (let it: Step | undefined = step; it !== undefined; it = it.before) path.unshift(it.id);
        return path;
      }
      const enter = (id: string, stop: number): void => {
        if (seen.has(`${stop} ${id}`) || skip(id, stop === last)) return;
        seen.add(`${stop} ${id}`);
        queue.push({ id, stop, before: step });
      };
      for (const id of this.next(step.id)) {
        if (this.plays(id, stops[step.stop + 1]?.roles ?? [])) enter(id, step.stop + 1);
        if (this.#passes(id, stops[step.stop])) enter(id, step.stop);
      }
    }
    return undefined;
  }

  #passes(id: string, stop: Stop | undefined): boolean {
    const role = this.roleOf(id);
    if (PASSED_THROUGH.has(role) || stop?.open === true) return true;
    // Once the work is off the request, it may take any number of queues and workers.
    const isAside = stop?.roles.some((it) => ASIDE.has(it)) ?? false;
    return isAside && ASIDE.has(role);
  }

  /** A service that is fed by a queue does a worker's job. */
  #hireConsumer(from: string, to: string): void {
    const roles = this.#roles.get(to);
    if (this.roleOf(from) !== "queue" || roles?.[0] !== "service") return;
    if (!roles.includes("worker")) this.#roles.set(to, [...roles, "worker"]);
  }
}
