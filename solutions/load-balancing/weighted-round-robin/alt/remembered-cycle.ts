/** @design Flat arrays; the cycle is written down while it is first played, and then read again. */
export class WeightedRoundRobin {
  readonly #weights = new Map<string, number>();
  #ids: string[] = [];
  #shares: number[] = [];
  #credits: number[] = [];
  #length = 0;
  #cycle: string[] = [];
  #next = 0;

  constructor(backends: Iterable<readonly [id: string, weight: number]> = []) {
    for (const [id, weight] of backends) this.#put(id, weight);
    this.#restart();
  }

  get size(): number {
    return this.#weights.size;
  }

  set(id: string, weight: number): void {
    if (this.#put(id, weight)) this.#restart();
  }

  remove(id: string): boolean {
    const weight = this.#weights.get(id);
    this.#weights.delete(id);
    if (weight !== undefined && weight > 0) this.#restart();
    return weight !== undefined;
  }

  pick(): string | undefined {
    if (this.#length === 0) return undefined;
    if (this.#next === this.#length) this.#next = 0;
    if (this.#next === this.#cycle.length) this.#cycle.push(this.#choose());
    const id = this.#cycle[this.#next];
    this.#next += 1;
    return id;
  }

  #put(id: string, weight: number): boolean {
    if (id === "") throw new TypeError("empty id");
    if (!(Number.isInteger(weight) && weight >= 0 && weight <= 1_000)) {
      throw new RangeError("weight must be an integer from 0 to 1000");
    }
    const before = this.#weights.get(id) ?? 0;
    this.#weights.set(id, weight);
    return weight !== before;
  }

  #restart(): void {
    const positive = [...this.#weights].filter(([, weight]) => weight > 0);
    this.#ids = positive.map(([id]) => id);
    this.#shares = positive.map(([, weight]) => weight);
    this.#credits = positive.map(() => 0);
    this.#length = this.#shares.reduce((sum, share) => sum + share, 0);
    this.#cycle = [];
    this.#next = 0;
  }

  #choose(): string {
    let best = 0;
    for (let i = 0; i < this.#ids.length; i += 1) {
      this.#credits[i]! += this.#shares[i]!;
      if (this.#credits[i]! > this.#credits[best]!) best = i;
    }
    this.#credits[best]! -= this.#length;
    return this.#ids[best]!;
  }
}
