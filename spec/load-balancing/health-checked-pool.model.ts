/** What `health-checked-pool` is judged by: scripts in time, and a desk that follows the choices. */
import fc from "fast-check";
import { callAt, equal, holds, literal, names, type Script, type TimedCall } from "kata/harness";
import type * as Stub from "../../katas/load-balancing/health-checked-pool/stub.ts";

export type Numbers = Omit<Stub.PoolOptions, "clock">;
export type Method = "add" | "remove" | "drain" | "report" | "pick" | "state";
export type Step = TimedCall<Method>;
export type Referee = (setup: Numbers) => (step: Step, answer: unknown) => void;

interface Backend {
  readonly id: string;
  up: boolean;
  draining: boolean;
  /** Results in a row of either kind, since the last change of health. */
  good: number;
  bad: number;
}

/** The rules word by word, but for the choice: it goes along with the subject's. */
class Desk {
  readonly #numbers: Required<Numbers>;
  #backends: Backend[] = [];
  readonly #sessions = new Map<string, { backend: Backend; lastMs: number }>();
  #nowMs = 0;

  constructor({ rise = 2, fall = 3, sessionIdleMs = 600_000 }: Numbers) {
    this.#numbers = { rise, fall, sessionIdleMs };
  }

  /** Those who may get new work. */
  get eligible(): string[] {
    return this.#backends.filter(({ up, draining }) => up && !draining).map(({ id }) => id);
  }

  /** Makes a step that is no pick, and tells the answer that it must have. */
  answer({ method, args }: Step): unknown {
    const [id, flag] = args as [string, boolean];
    const backend = this.#find(id);
    if (method === "add") {
      if (backend !== undefined) return false;
      this.#backends.push({ id, up: true, draining: false, good: 0, bad: 0 });
      return true;
    }
    if (method === "remove") {
      this.#backends = this.#backends.filter((each) => each !== backend);
      return backend !== undefined;
    }
    if (method === "drain") {
      const changes = backend !== undefined && backend.draining !== flag;
      if (changes) backend.draining = flag;
      return changes;
    }
    if (backend === undefined) return undefined;
    if (method === "report") this.#report(backend, flag);
    const health = backend.up ? "up" : "down";
    return method === "report" ? health : { health, draining: backend.draining };
  }

  /** The backend that a session is bound to and may go on with. */
  boundTo({ args: [session], atMs }: Step): string | undefined {
    if (session === undefined) return undefined;
    this.#nowMs = Math.max(this.#nowMs, atMs);
    const { backend, lastMs } = this.#sessions.get(session as string) ?? {};
    if (backend === undefined || lastMs === undefined) return undefined;
    const isThere = this.#backends.includes(backend) && backend.up;
    return isThere && this.#nowMs - lastMs < this.#numbers.sessionIdleMs ? backend.id : undefined;
  }

  /** Notes what a session was given. */
  bind({ args: [session] }: Step, picked: unknown): void {
    if (session === undefined) return;
    const backend = this.#find(picked as string);
    if (backend === undefined) this.#sessions.delete(session as string);
    else this.#sessions.set(session as string, { backend, lastMs: this.#nowMs });
  }

  #find(id: string): Backend | undefined {
    return this.#backends.find((backend) => backend.id === id);
  }

  #report(backend: Backend, ok: boolean): void {
    backend.good = ok ? backend.good + 1 : 0;
    backend.bad = ok ? 0 : backend.bad + 1;
    const { rise, fall } = this.#numbers;
    if (backend.up ? backend.bad < fall : backend.good < rise) return;
    backend.up = !backend.up;
    Object.assign(backend, { good: 0, bad: 0 });
  }
}

/** Rules 1, 2, 6 and 7: all answers but those of picks. */
export const facts: Referee = (setup) => {
  const desk = new Desk(setup);
  return (step, answer) => {
    if (step.method !== "pick") equal(answer, desk.answer(step), "the answer");
  };
};

const follow =
  (
    judge: (picked: unknown, bound: string | undefined, eligible: readonly string[]) => void,
  ): Referee =>
  (setup) => {
    const desk = new Desk(setup);
    return (step, answer) => {
      if (step.method !== "pick") {
        desk.answer(step);
        return;
      }
      judge(answer, desk.boundTo(step), desk.eligible);
      desk.bind(step, answer);
    };
  };

/** Rules 2 and 4: a backend that may get this request; nobody only if there is none. */
export const onlyEligible = follow((picked, bound, eligible) => {
  const allowed: unknown[] = bound === undefined ? [...eligible] : [...eligible, bound];
  const expected = allowed.length === 0 ? "undefined" : `one of ${literal(allowed)}`;
  if (allowed.length === 0) allowed.push(undefined);
  holds(allowed.includes(picked), "the backend", expected, literal(picked));
});

/** Rules 4 to 7: a session that is bound goes to its backend. */
export const sticky = follow((picked, bound, eligible) => {
  if (bound !== undefined) equal(picked, bound, "the backend that the session is bound to");
  else if (eligible.length > 0) {
    const expected = `one of ${literal(eligible)}, as the session is bound to none`;
    holds(eligible.includes(picked as string), "the backend", expected, literal(picked));
  } else equal(picked, undefined, "the backend, as nobody may take new work");
});

/** Rule 3, for picks without a session and for new sessions, as long as nothing else happens. */
export const fair: Referee = (setup) => {
  const desk = new Desk(setup);
  const known = new Set<unknown>();
  let [picks, kind]: [unknown[], string] = [[], ""];
  return (step, answer) => {
    const before = literal(desk.eligible);
    const [session] = step.args;
    if (step.method !== "pick") desk.answer(step);
    const isNew = step.method === "pick" && session !== undefined && !known.has(session);
    const isPlain = step.method === "pick" && session === undefined;
    const now = isPlain ? "picks without a session" : isNew ? "picks of new sessions" : "";
    const goesOn = now === kind || (step.method !== "pick" && step.method !== "state");
    if (!goesOn || before !== literal(desk.eligible) || (now === "" && step.method === "pick")) {
      [picks, kind] = [[], now];
    }
    if (isNew) known.add(session);
    if (now === "") return;
    [picks, kind] = [now === kind ? [...picks, answer] : [answer], now];
    const { eligible } = desk;
    if (eligible.length === 0 || picks.length < eligible.length) return;
    const window = picks.slice(-eligible.length);
    const missing = eligible.find((id) => !window.includes(id));
    const what = `the last ${window.length} ${now}`;
    holds(missing === undefined, what, `one of them is ${literal(missing)}`, literal(window));
  };
};

const IDLE_MS = 100;
const numbers: fc.Arbitrary<Numbers> = fc
  .record({
    rise: fc.constantFrom(undefined, 1, 2, 3, 4),
    fall: fc.constantFrom(undefined, 1, 2, 3, 4),
    sessionIdleMs: fc.constantFrom(IDLE_MS, IDLE_MS, IDLE_MS, 1, undefined),
  })
  .map((options) => {
    const given = Object.entries(options).filter(([, value]) => value !== undefined);
    return Object.fromEntries(given);
  });

/** Single steps, and short sequences of steps. */
type Kind =
  | Exclude<Method, "pick">
  | "plain pick"
  | "session"
  | "new session"
  | "outage"
  | "repair"
  /** It fails while it is draining, a session comes, it recovers, the session comes again. */
  | "lost and found"
  /** It is removed and added again, and then perhaps drained. */
  | "replace"
  /** The first one, draining, fails or recovers, which concerns no new work. */
  | "bystander";
const GAPS_MS = [
  0,
  1,
  IDLE_MS / 2,
  IDLE_MS / 2,
  IDLE_MS - 1,
  IDLE_MS,
  2 * IDLE_MS,
  600_000 - 1,
  600_000,
  -1,
  -IDLE_MS,
];

/** Scripts over up to `most` ids, of which `joined` join first; each kind of step has a weight. */
export function scripts(
  most: number,
  weights: Partial<Record<Kind, number>>,
): fc.Arbitrary<Script<Numbers, Step>> {
  const kinds = Object.entries(weights).map(([kind, weight]) => {
    return { arbitrary: fc.constant(kind as Kind), weight };
  });
  const plan = fc.record({
    kind: fc.oneof(...kinds),
    who: fc.nat({ max: 99 }),
    flag: fc.boolean(),
    times: fc.integer({ min: 1, max: 5 }),
    gapMs: fc.oneof({ arbitrary: fc.constant(0), weight: 2 }, fc.constantFrom(...GAPS_MS)),
  });
  return fc
    .record({
      setup: numbers,
      ids: names(1, most),
      joined: fc.oneof(fc.constant(most), fc.nat({ max: most })),
      sessions: names(1, 3),
      plans: fc.array(plan, { maxLength: 24, size: "max" }),
    })
    .map(({ setup, ids, joined, sessions, plans }) => {
      let atMs = 1_000;
      let fresh = 0;
      const steps = ids.slice(0, joined).map((id): Step => callAt(atMs, "add", id));
      const { rise = 2, fall = 3 } = setup;
      const reports = (id: string, count: number, ok: boolean): Step[] =>
        Array.from({ length: count }, () => callAt(atMs, "report", id, ok));
      for (const { kind, who, flag, times, gapMs } of plans) {
        atMs = Math.max(0, atMs + gapMs);
        const id = ids[who % ids.length]!;
        const session = sessions[who % sessions.length];
        const picks = (args: () => unknown[]): Step[] =>
          Array.from({ length: times }, () => callAt(atMs, "pick", ...args()));
        const drain = (which: string): Step => callAt(atMs, "drain", which, true);
        if (kind === "lost and found") {
          const pick = callAt(atMs, "pick", session);
          steps.push(drain(id), ...reports(id, fall, false), pick);
          steps.push(...reports(id, rise, true), pick);
        } else if (kind === "replace") {
          steps.push(callAt(atMs, "remove", id), callAt(atMs, "add", id));
          if (flag) steps.push(drain(id));
        } else if (kind === "bystander") {
          steps.push(drain(ids[0]!), ...reports(ids[0]!, flag ? rise : fall, flag));
        } else if (kind === "outage") steps.push(...reports(id, fall, false));
        else if (kind === "repair") steps.push(...reports(id, rise, true));
        else if (kind === "plain pick") steps.push(...picks(() => []));
        else if (kind === "session") steps.push(callAt(atMs, "pick", session));
        else if (kind === "new session") steps.push(...picks(() => [`new-${(fresh += 1)}`]));
        else if (kind === "drain" || kind === "report") steps.push(callAt(atMs, kind, id, flag));
        else steps.push(callAt(atMs, kind, id));
      }
      return { setup, steps };
    });
}
