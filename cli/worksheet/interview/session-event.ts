import type { Overrides } from "../definition/assumption-values.ts";
import { type PlannedSection, type SectionId } from "./plan-sections.ts";

export const LEVELS = ["mid", "senior", "staff"] as const;
export type Level = (typeof LEVELS)[number];
export const ROLES = ["solo", "interviewer", "pair"] as const;
export type SessionRole = (typeof ROLES)[number];
export const LENGTHS = [35, 45, 60] as const;

/** What a session was begun with. */
export interface SessionSetup {
  readonly system: string;
  readonly version: number;
  readonly minutes: number;
  readonly level: Level;
  readonly role: SessionRole;
  readonly seed: number;
  readonly overrides: Overrides;
}

/** What happened; `at` is ms of the session, pauses and interruptions left out. */
export type SessionEvent = { readonly at: number } & (
  | {
      readonly kind: "started";
      readonly setup: SessionSetup;
      readonly plan: readonly PlannedSection[];
    }
  | { readonly kind: "section"; readonly id: SectionId; readonly skipped?: boolean }
  | { readonly kind: "note"; readonly text: string; readonly tag?: string }
  | { readonly kind: "follow-up"; readonly ask: string; readonly listenFor: readonly string[] }
  | { readonly kind: "hint"; readonly text: string }
  | { readonly kind: "twist"; readonly index: number }
  | { readonly kind: "section-over"; readonly id: SectionId }
  | { readonly kind: "time-up" }
  | { readonly kind: "paused" }
  | { readonly kind: "continued" }
  | { readonly kind: "done" }
);

/** What an event says, without its time. */
export type Happening = SessionEvent extends infer E
  ? E extends SessionEvent
    ? Omit<E, "at">
    : never
  : never;
