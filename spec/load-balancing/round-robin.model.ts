/** What `round-robin` is judged by: scripts of calls, and referees who follow the picks. */
import fc from "fast-check";
import { call, equal, holds, literal, names, type Call, type Script } from "kata/harness";

export type Step = Call<"add" | "remove" | "pick">;
/** The ids that the pool is built from. */
export type Setup = readonly string[];
export type Referee = (setup: Setup) => (step: Step, answer: unknown) => void;

/** Scripts over up to `most` ids, of which some are in the pool from the start. */
export function scripts(most: number, longestRun: number): fc.Arbitrary<Script<Setup, Step>> {
  const move = fc.record({
    kind: fc.constantFrom("pick", "pick", "remove", "add"),
    who: fc.nat({ max: most - 1 }),
    picks: fc.integer({ min: 1, max: longestRun }),
  });
  return fc
    .record({
      ids: names(1, most),
      built: fc.nat({ max: most }),
      moves: fc.array(move, { maxLength: 20, size: "max" }),
    })
    .map(({ ids, built, moves }) => ({
      setup: ids.slice(0, built),
      steps: moves.flatMap(({ kind, who, picks }): Step[] => {
        if (kind === "pick") return Array.from({ length: picks }, () => call("pick"));
        return [call(kind as "add" | "remove", ids[who % ids.length])];
      }),
    }));
}

export function script(setup: Setup, ...steps: Step[]): Script<Setup, Step> {
  return { setup, steps };
}
export const pick = call("pick");

/** Follows the members; tells each change of membership and each pick while there are members. */
function follow(
  setup: Setup,
  onChange: (id: string, joined: boolean) => void,
  onPick: (picked: string, members: ReadonlySet<string>) => void,
) {
  const members = new Set(setup);
  return ({ method, args }: Step, answer: unknown): void => {
    const id = args[0] as string;
    if (method === "pick" && members.size > 0) onPick(answer as string, members);
    if (method === "add" && !members.has(id)) onChange(id, true);
    if (method === "add") members.add(id);
    if (method === "remove" && members.delete(id)) onChange(id, false);
  };
}

/** Rule 2: as many picks in a row as there are members contain each of them. */
export const everyoneInEachWindow: Referee = (setup) => {
  let picks: string[] = [];
  const restart = (): string[] => (picks = []);
  return follow(setup, restart, (picked, members) => {
    picks.push(picked);
    if (picks.length < members.size) return;
    const window = picks.slice(-members.size);
    const missing = [...members].find((id) => !window.includes(id));
    const what = `the last ${members.size} picks from ${members.size} backends`;
    holds(missing === undefined, what, `one of them is ${literal(missing)}`, literal(window));
  });
};

/**
 * Rules 1, 3 and 5: while two are in the pool they are picked in turn. `heldBack` says for a member
 * who must be picked before it; at the start, all that stand in front of it.
 */
export const inTurn: Referee = (setup) => {
  const heldBack = new Map(setup.map((id, index) => [id, new Set(setup.slice(0, index))]));
  const onChange = (id: string, joined: boolean): void => {
    if (joined) heldBack.set(id, new Set());
    else heldBack.delete(id);
    for (const before of heldBack.values()) before.delete(id);
  };
  return follow(setup, onChange, (picked, members) => {
    const before = heldBack.get(picked);
    if (before === undefined) return;
    const [passedOver] = before;
    const expected = `${literal(passedOver)} has its turn before ${literal(picked)}`;
    holds(passedOver === undefined, "the backend", expected, literal(picked));
    for (const id of members) {
      if (id !== picked) before.add(id);
      heldBack.get(id)?.delete(picked);
    }
  });
};

/** Rule 4: who joined is among the next `size` picks. */
export const newcomersSoon: Referee = (setup) => {
  const waiting = new Set<string>();
  let picks = 0;
  const onChange = (id: string, joined: boolean): void => {
    if (joined) waiting.add(id);
    else waiting.delete(id);
    picks = 0;
  };
  return follow(setup, onChange, (picked, members) => {
    waiting.delete(picked);
    picks += 1;
    if (picks < members.size) return;
    const [late] = waiting;
    const expected = `${literal(late)} was picked by now, ${picks} picks after the last change`;
    holds(late === undefined, "the newcomer", expected, "not yet");
  });
};

/** Rule 5: only members are picked. */
export const membersOnly: Referee = (setup) =>
  follow(
    setup,
    () => undefined,
    (picked, members) => {
      const expected = `one of ${literal([...members])}`;
      holds(members.has(picked), "the backend", expected, literal(picked));
    },
  );

/** Rules 6 and 7: a set of ids tells all answers but those of a pick from a pool with members. */
export const likeSet: Referee = (setup) => {
  const members = new Set(setup);
  return ({ method, args }, answer) => {
    const id = args[0] as string;
    let returned: unknown = (answer as { returned: unknown }).returned;
    if (method === "pick" && members.size === 0) returned = undefined;
    if (id === "") returned = "TypeError";
    else if (method === "add") returned = members.size < members.add(id).size;
    else if (method === "remove") returned = members.delete(id);
    equal(answer, { returned, size: members.size }, "the answer, and size after it");
  };
};
