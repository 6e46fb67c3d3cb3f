/**
 * @bug Lowers the count on release and leaves the backend where it is in the heap.
 * @killedBy matches-model
 */
import type { Lease } from "../../../../katas/load-balancing/least-connections/stub.ts";

interface Backend {
  readonly id: string;
  readonly weight: number;
  active: number;
  turn: number;
  place: number;
}

export class LeastConnections {
  readonly #heap: Backend[] = [];
  readonly #byId = new Map<string, Backend>();
  #joins = -(2 ** 52);
  #turns = 0;

  get size(): number {
    return this.#heap.length;
  }

  add(id: string, weight = 1): boolean {
    if (id === "") throw new TypeError("the id of a backend must not be empty");
    if (!Number.isInteger(weight) || weight < 1 || weight > 1_000) {
      throw new RangeError(`weight must be an integer from 1 to 1000, got ${weight}`);
    }
    if (this.#byId.has(id)) return false;
    this.#joins += 1;
    const backend = { id, weight, active: 0, turn: this.#joins, place: this.#heap.length };
    this.#byId.set(id, backend);
    this.#heap.push(backend);
    this.#rise(backend);
    return true;
  }

  remove(id: string): boolean {
    const backend = this.#byId.get(id);
    if (backend === undefined) return false;
    this.#byId.delete(id);
    const last = this.#heap.pop()!;
    if (last !== backend) {
      this.#put(last, backend.place);
      // The last one comes from another branch: it may have to go either way.
      this.#rise(last);
      this.#sink(last);
    }
    backend.place = -1;
    return true;
  }

  acquire(): Lease | undefined {
    const backend = this.#heap[0];
    if (backend === undefined) return undefined;
    backend.active += 1;
    this.#turns += 1;
    backend.turn = this.#turns;
    this.#sink(backend);
    let isOpen = true;
    const release = (): void => {
      if (isOpen) this.#close(backend);
      isOpen = false;
    };
    return { id: backend.id, release };
  }

  active(id: string): number {
    return this.#byId.get(id)?.active ?? 0;
  }

  #close(backend: Backend): void {
    if (backend.place === -1) return;
    backend.active -= 1;
  }

  #rise(backend: Backend): void {
    let place = backend.place;
    while (place > 0) {
      const parent = this.#heap[(place - 1) >> 1]!;
      if (!comesBefore(backend, parent)) break;
      const above = parent.place;
      this.#put(parent, place);
      place = above;
    }
    this.#put(backend, place);
  }

  #sink(backend: Backend): void {
    let place = backend.place;
    for (;;) {
      let child = this.#heap[2 * place + 1];
      if (child === undefined) break;
      const right = this.#heap[2 * place + 2];
      if (right !== undefined && comesBefore(right, child)) child = right;
      if (!comesBefore(child, backend)) break;
      const below = child.place;
      this.#put(child, place);
      place = below;
    }
    this.#put(backend, place);
  }

  #put(backend: Backend, place: number): void {
    this.#heap[place] = backend;
    backend.place = place;
  }
}

function comesBefore(a: Backend, b: Backend): boolean {
  const difference = a.active * b.weight - b.active * a.weight;
  return difference === 0 ? a.turn < b.turn : difference < 0;
}
