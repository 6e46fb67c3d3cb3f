import type { Component, Flow, Role } from "../definition/system.ts";
import type { Stop } from "./role-path.ts";

/** A flow of a definition as a diagram is asked for it. */
export interface RequiredFlow {
  readonly id: string;
  readonly label: string;
  readonly critical: boolean;
  readonly async: boolean;
  /** Whether it changes what is stored, so that a read-only copy is no help. */
  readonly writes: boolean;
  /** From the client on. */
  readonly stops: readonly Stop[];
}

const WRITES =
  /creat|post|send|writ|upload|shorten|request|book|trip|pay|order|edit|delet|accept|publish/i;

/**
 * Roles instead of components: any box of the role will do, and any boxes may lie between. A load
 * balancer stands for a gateway and the other way round.
 */
export function requiredFlows(system: {
  readonly components: readonly Component[];
  readonly flows: readonly Flow[];
}): RequiredFlow[] {
  const roles = new Map(system.components.map(({ id, role }) => [id, role]));
  return system.flows.map(({ id, label, from, to, via, critical, async }) => {
    const named = [from, ...via, to].flatMap((component) => roles.get(component) ?? []);
    const isAsync = async || named.includes("queue");
    const stops = named.map((role, index): Stop => {
      const isLast = index === named.length - 1;
      return { roles: isAsync && isLast ? alternativesAtTheEnd(role) : alternatives(role) };
    });
    const distinct = stops.filter(({ roles: own }, index) => {
      const before = stops[index - 1]?.roles;
      return before === undefined || own.join() !== before.join();
    });
    // What begins at a service must still be set off by a client, in whatever way.
    const start: Stop[] = named[0] === "client" ? [] : [{ roles: ["client"], open: true }];
    return {
      id,
      label,
      critical,
      async: isAsync,
      writes: WRITES.test(`${id} ${label}`),
      stops: [...start, ...distinct],
    };
  });
}

function alternatives(role: Role): readonly Role[] {
  return role === "lb" || role === "gateway" ? ["lb", "gateway"] : [role];
}

/** Who takes the work off the request: a queue, its worker, or the provider that delivers. */
function alternativesAtTheEnd(role: Role): readonly Role[] {
  if (role === "queue") return ["queue", "worker"];
  return role === "worker" ? ["worker", "external"] : alternatives(role);
}
