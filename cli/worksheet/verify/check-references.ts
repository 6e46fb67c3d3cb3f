import { say } from "../../../graders/reading.ts";
import type { System } from "../definition/system.ts";
import { SLOT_IDS } from "../document/slots.ts";
import type { Fault } from "./finding.ts";

/** Everything that is named must exist, and everything that is required must be served. */
export function checkReferences(system: System): Fault[] {
  const { assumptions, estimates, components, requirements, operations } = system;
  const boxes = new Set(components.map(({ id }) => id));
  const needs = new Set(requirements.map(({ id }) => id));
  const rows = new Set([...Object.keys(estimates), ...SLOT_IDS, ...Object.keys(assumptions)]);
  return [
    ...listsOfIds(system).flatMap(([name, ids]) => repeated(name, ids)),
    ...Object.keys(estimates)
      .filter((id) => Object.hasOwn(assumptions, id))
      .map((id) =>
        unknown(id, say`"${id}" is an assumption and an estimate`, say`Rename one of them.`),
      ),
    ...operations
      .filter(({ requirement }) => !needs.has(requirement))
      .map(({ id, requirement }) => missing(id, say`requirement "${requirement}"`)),
    ...requirements
      .filter(
        ({ kind, id, noApi }) =>
          kind === "functional" && noApi === undefined && !isServed(id, operations),
      )
      .map(({ id }) => ({
        check: "served",
        near: `"${id}"`,
        message: say`No operation serves the requirement "${id}".`,
        fix: say`Add an operation that names it, or say in noApi why there is none.`,
      })),
    ...system.edges.flatMap(({ from, to }) =>
      [from, to]
        .filter((id) => !boxes.has(id))
        .map((id) => missing(say`${from} to ${to}`, say`component "${id}"`)),
    ),
    ...system.flows.flatMap(({ id, from, to, via }) =>
      [from, ...via, to]
        .filter((box) => !boxes.has(box))
        .map((box) => missing(id, say`component "${box}"`)),
    ),
    ...system.decisions
      .filter(({ choice, options }) => !options.some(({ name }) => name === choice))
      .map(({ id, choice }) => missing(id, say`option "${choice}"`)),
    ...system.twists.flatMap(({ say: told, set, changes }) => [
      ...Object.keys(set)
        .filter((id) => !Object.hasOwn(assumptions, id))
        .map((id) => missing(told, say`assumption "${id}"`)),
      ...changes
        .filter((id) => !Object.hasOwn(estimates, id))
        .map((id) => missing(told, say`estimate "${id}"`)),
    ]),
    ...system.sections.flatMap(({ followUps }) =>
      followUps.flatMap(({ ask, when }) => {
        const id = /\((.*)\)/.exec(when ?? "")?.[1];
        return id === undefined || rows.has(id) ? [] : [missing(ask, say`row or slot "${id}"`)];
      }),
    ),
    ...checkMinutes(system),
  ];
}

const MINUTES = 45;

function checkMinutes({ sections }: System): Fault[] {
  const total = sections.reduce((sum, { minutes }) => sum + minutes, 0);
  if (total === MINUTES) return [];
  const message = say`The sections take ${total} minutes, a session has ${MINUTES}.`;
  return [{ check: "minutes", near: '"sections"', message, fix: say`Give and take between them.` }];
}

function listsOfIds(system: System): [name: string, ids: readonly string[]][] {
  const lists = [
    "requirements",
    "entities",
    "operations",
    "components",
    "flows",
    "decisions",
    "bottlenecks",
    "rubric",
  ] as const;
  return [
    ...lists.map((name): [string, string[]] => [name, system[name].map(({ id }) => id)]),
    ["sections", system.sections.map(({ id }) => id)],
    ["katas", system.katas.map(({ slug }) => slug)],
  ];
}

function repeated(name: string, ids: readonly string[]): Fault[] {
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  return twice.map((id) =>
    unknown(id, say`"${id}" stands twice in ${name}`, say`Rename one of them.`),
  );
}

function isServed(id: string, operations: System["operations"]): boolean {
  return operations.some(({ requirement }) => requirement === id);
}

function missing(near: string, what: string): Fault {
  const message = say`${near}: there is no ${what}.`;
  return { check: "names", near, message, fix: say`Correct the name, or add what it names.` };
}

function unknown(near: string, message: string, fix: string): Fault {
  return { check: "ids", near: `"${near}"`, message: `${message}.`, fix };
}
