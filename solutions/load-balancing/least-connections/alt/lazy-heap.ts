/** @design A heap of offers: each change of a backend pushes a new offer, and old ones are dropped. */
import type { Lease } from "../../../../katas/load-balancing/least-connections/stub.ts";

interface Backend {
  readonly id: string;
  readonly weight: number;
  active: number;
  lastUse: number;
  /** The only offer that stands; undefined once it is removed. */
  offer: Offer | undefined;
}
interface Offer {
  readonly backend: Backend;
  readonly load: number;
  readonly lastUse: number;
}

export class LeastConnections {
  readonly #members = new Map<string, Backend>();
  #offers: Offer[] = [];
  #clock = 0;
  #joins = -(2 ** 52);

  get size(): number {
    return this.#members.size;
  }

  add(id: string, weight?: number): boolean {
    const share = weight ?? 1;
    if (id === "") throw new TypeError("empty id");
    if (!Number.isInteger(share) || share < 1 || share > 1_000) {
      throw new RangeError("weight must be an integer from 1 to 1000");
    }
    if (this.#members.has(id)) return false;
    this.#joins += 1;
    const lastUse = this.#joins;
    const backend = { id, weight: share, active: 0, lastUse, offer: undefined };
    this.#members.set(id, backend);
    this.#offer(backend);
    return true;
  }

  remove(id: string): boolean {
    const backend = this.#members.get(id);
    if (backend !== undefined) backend.offer = undefined;
    return this.#members.delete(id);
  }

  acquire(): Lease | undefined {
    let best = this.#pop();
    while (best !== undefined && best.backend.offer !== best) best = this.#pop();
    if (best === undefined) return undefined;
    const { backend } = best;
    this.#clock += 1;
    backend.lastUse = this.#clock;
    backend.active += 1;
    this.#offer(backend);
    let open = true;
    const release = (): void => {
      if (open && backend.offer !== undefined) {
        backend.active -= 1;
        this.#offer(backend);
      }
      open = false;
    };
    return { id: backend.id, release };
  }

  active(id: string): number {
    return this.#members.get(id)?.active ?? 0;
  }

  #offer(backend: Backend): void {
    const { active, weight, lastUse } = backend;
    backend.offer = { backend, load: active / weight, lastUse };
    this.#push(backend.offer);
    // More dead offers than live ones: keep the live ones only, in order, which is a heap.
    if (this.#offers.length <= 4 * this.#members.size + 16) return;
    const live = [...this.#members.values()].flatMap(({ offer }) => offer ?? []);
    this.#offers = live.sort((a, b) => (isBefore(a, b) ? -1 : 1));
  }

  #push(offer: Offer): void {
    let at = this.#offers.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(offer, this.#offers[parent]!)) break;
      this.#offers[at] = this.#offers[parent]!;
      at = parent;
    }
    this.#offers[at] = offer;
  }

  #pop(): Offer | undefined {
    const [top] = this.#offers;
    const last = this.#offers.pop();
    if (last === undefined || last === top) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#offers.length) break;
      const right = this.#offers[child + 1];
      if (right !== undefined && isBefore(right, this.#offers[child]!)) child += 1;
      if (!isBefore(this.#offers[child]!, last)) break;
      this.#offers[at] = this.#offers[child]!;
      at = child;
    }
    this.#offers[at] = last;
    return top;
  }
}

function isBefore(a: Offer, b: Offer): boolean {
  return a.load === b.load ? a.lastUse < b.lastUse : a.load < b.load;
}
