import type { System } from "../definition/system.ts";
import { type PlannedSection, type SectionId, planSections } from "./plan-sections.ts";
import type { SessionEvent, SessionSetup } from "./session-event.ts";

const MINUTE_MS = 60_000;

/** Where a session stands after some events: nothing but what they say. */
export class Session {
  readonly system: System;
  readonly setup: SessionSetup;
  readonly events: SessionEvent[] = [];
  readonly usedMs = new Map<SectionId, number>();
  readonly askedIn = new Map<SectionId, number>();
  readonly asked = new Set<string>();
  readonly over = new Set<SectionId>();
  plan: readonly PlannedSection[];
  /** Index into the plan. */
  current = 0;
  /** Ms of the session at the last event. */
  at = 0;
  hints = 0;
  twist: number | undefined;
  isPaused = false;
  isTimeUp = false;
  isDone = false;

  /** @param started the first event of every session */
  constructor(system: System, started: SessionEvent & { readonly kind: "started" }) {
    this.system = system;
    this.setup = started.setup;
    this.plan = started.plan;
    this.events.push(started);
  }

  get section(): PlannedSection {
    const section = this.plan[this.current] ?? this.plan.at(-1);
    if (section === undefined) throw new Error("a plan without sections");
    return section;
  }

  get totalMs(): number {
    return this.setup.minutes * MINUTE_MS;
  }

  /** Ms that the current section has been going on, at an instant of the session. */
  usedAt(at: number): number {
    return (this.usedMs.get(this.section.id) ?? 0) + Math.max(0, at - this.at);
  }

  get sectionMs(): number {
    return this.section.minutes * MINUTE_MS;
  }

  apply(event: SessionEvent): void {
    this.usedMs.set(this.section.id, this.usedAt(event.at));
    this.at = Math.max(this.at, event.at);
    this.events.push(event);
    switch (event.kind) {
      case "section":
        this.#enter(event.id);
        break;
      case "follow-up":
        this.asked.add(event.ask);
        this.askedIn.set(this.section.id, (this.askedIn.get(this.section.id) ?? 0) + 1);
        break;
      case "hint":
        this.hints += 1;
        break;
      case "twist":
        this.twist = event.index;
        break;
      case "section-over":
        this.over.add(event.id);
        break;
      case "time-up":
        this.isTimeUp = true;
        break;
      case "paused":
      case "continued":
        this.isPaused = event.kind === "paused";
        break;
      case "done":
        this.isDone = true;
        break;
      case "started":
      case "note":
        break;
    }
  }

  /** Going on late shrinks what is left, in proportion; going back changes no plan. */
  #enter(id: SectionId): void {
    const index = this.plan.findIndex((section) => section.id === id);
    if (index === -1) return;
    const isForward = index > this.current;
    this.current = index;
    if (!isForward) return;
    const left = this.plan.slice(index);
    const leftMinutes = Math.max(0, Math.floor(this.setup.minutes - this.at / MINUTE_MS));
    if (left.reduce((sum, { minutes }) => sum + minutes, 0) <= leftMinutes) return;
    this.plan = [...this.plan.slice(0, index), ...planSections(left, leftMinutes)];
  }
}
