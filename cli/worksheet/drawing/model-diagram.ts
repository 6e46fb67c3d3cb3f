import type { Component, Role, System } from "../definition/system.ts";

/** Brackets of a box by what it is; `[[ ]]` says that there are several of it. */
const STORES: ReadonlySet<Role> = new Set(["db", "cache", "objectStore"]);

/** The model diagram of a definition as a Mermaid flowchart. */
export function modelDiagram({ components, edges }: System): string {
  const boxes = components.map((component) => `  ${component.id}${box(component)}`);
  const arrows = edges.map(({ from, to, label, async, both }) => {
    const arrow = both ? (async ? "<-.->" : "<-->") : async ? "-.->" : "-->";
    return `  ${from} ${arrow}${label === undefined ? "" : `|${label}|`} ${to}`;
  });
  return ["flowchart LR", ...boxes, ...arrows].join("\n");
}

/** What stands in a box: the name and how it survives the loss of one. */
export function boxLabel({ label, replicas, redundancy }: Component): string {
  const copies = replicas > 1 ? `x${replicas}` : "";
  return [label, redundancy, copies].filter(Boolean).join(" ");
}

function box(component: Component): string {
  const label = boxLabel(component);
  if (component.role === "client") return `([${label}])`;
  if (STORES.has(component.role)) return `[(${label})]`;
  const several = component.replicas > 1 || component.redundancy !== undefined;
  return several ? `[[${label}]]` : `[${label}]`;
}
