/**
 * @bug Lets a backend in and then finds that its weight is bad.
 * @killedBy bad-input
 */
import type { Lease } from "../../../../katas/load-balancing/least-connections/stub.ts";

interface Backend {
  readonly id: string;
  readonly weight: number;
  active: number;
  turn: number;
}

export class LeastConnections {
  readonly #backends = new Map<string, Backend>();
  #joins = -(2 ** 52);
  #turns = 0;

  get size(): number {
    return this.#backends.size;
  }

  add(id: string, weight = 1): boolean {
    if (id === "") throw new TypeError("the id of a backend must not be empty");
    if (this.#backends.has(id)) return false;
    this.#joins += 1;
    this.#backends.set(id, { id, weight, active: 0, turn: this.#joins });
    if (!Number.isInteger(weight) || weight < 1 || weight > 1_000) {
      throw new RangeError(`weight must be an integer from 1 to 1000, got ${weight}`);
    }
    return true;
  }

  remove(id: string): boolean {
    return this.#backends.delete(id);
  }

  acquire(): Lease | undefined {
    let least: Backend | undefined;
    for (const backend of this.#backends.values()) {
      if (least === undefined || comesBefore(backend, least)) least = backend;
    }
    if (least === undefined) return undefined;
    const backend = least;
    this.#turns += 1;
    backend.turn = this.#turns;
    backend.active += 1;
    let isOpen = true;
    const release = (): void => {
      if (isOpen) backend.active -= 1;
      isOpen = false;
    };
    return { id: backend.id, release };
  }

  active(id: string): number {
    return this.#backends.get(id)?.active ?? 0;
  }
}

function comesBefore(a: Backend, b: Backend): boolean {
  const difference = a.active * b.weight - b.active * a.weight;
  return difference === 0 ? a.turn < b.turn : difference < 0;
}
