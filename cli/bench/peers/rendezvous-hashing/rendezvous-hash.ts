import select from "rendezvous-hash";

export const note = "hashes with md5, without weights; it has no ranking";
export const only = ["pick"];

export class Rendezvous {
  readonly #nodes: Record<string, string> = {};

  set(node: string): void {
    this.#nodes[node] = node;
  }

  pick(key: string): string | undefined {
    return select(key, this.#nodes);
  }
}
