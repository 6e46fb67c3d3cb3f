/** @design A tournament: every inner place holds the winner of two; a change replays its way up. */
import type { Lease } from "../../../../katas/load-balancing/least-connections/stub.ts";

interface Backend {
  readonly id: string;
  readonly weight: number;
  readonly seat: number;
  active: number;
  lastUse: number;
}

export class LeastConnections {
  readonly #members = new Map<string, Backend>();
  readonly #freeSeats: number[] = [];
  #seats = 1;
  /** #winners[1] is the champion; the seats begin at #winners[#seats]. */
  #winners: (Backend | undefined)[] = [undefined, undefined];
  #taken = 0;
  #uses = 0;
  #joins = -(2 ** 52);

  get size(): number {
    return this.#members.size;
  }

  add(id: string, weight = 1): boolean {
    if (id === "") throw new TypeError("empty id");
    if (!Number.isInteger(weight) || weight < 1 || weight > 1_000) {
      throw new RangeError("weight must be an integer from 1 to 1000");
    }
    if (this.#members.has(id)) return false;
    const seat = this.#freeSeats.pop() ?? this.#newSeat();
    this.#joins += 1;
    const backend = { id, weight, seat, active: 0, lastUse: this.#joins };
    this.#members.set(id, backend);
    this.#replay(seat, backend);
    return true;
  }

  remove(id: string): boolean {
    const backend = this.#members.get(id);
    if (backend === undefined) return false;
    this.#members.delete(id);
    this.#freeSeats.push(backend.seat);
    this.#replay(backend.seat, undefined);
    return true;
  }

  acquire(): Lease | undefined {
    const backend = this.#winners[1];
    if (backend === undefined) return undefined;
    this.#uses += 1;
    backend.active += 1;
    backend.lastUse = this.#uses;
    this.#replay(backend.seat, backend);
    let released = false;
    return {
      id: backend.id,
      release: () => {
        if (released) return;
        released = true;
        if (this.#members.get(backend.id) !== backend) return;
        backend.active -= 1;
        this.#replay(backend.seat, backend);
      },
    };
  }

  active(id: string): number {
    return this.#members.get(id)?.active ?? 0;
  }

  #newSeat(): number {
    if (this.#taken === this.#seats) {
      const seated = this.#winners.slice(this.#seats);
      this.#seats *= 2;
      this.#winners = Array<Backend | undefined>(2 * this.#seats).fill(undefined);
      seated.forEach((backend, seat) => this.#replay(seat, backend));
    }
    this.#taken += 1;
    return this.#taken - 1;
  }

  #replay(seat: number, backend: Backend | undefined): void {
    let at = this.#seats + seat;
    this.#winners[at] = backend;
    while (at > 1) {
      at >>= 1;
      this.#winners[at] = better(this.#winners[2 * at], this.#winners[2 * at + 1]);
    }
  }
}

function better(a: Backend | undefined, b: Backend | undefined): Backend | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const [left, right] = [a.active / a.weight, b.active / b.weight];
  if (left === right) return a.lastUse < b.lastUse ? a : b;
  return left < right ? a : b;
}
