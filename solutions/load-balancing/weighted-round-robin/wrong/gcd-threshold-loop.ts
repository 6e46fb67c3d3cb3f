/**
 * @bug The loop of Linux Virtual Server: the heavy backend runs alone until the threshold has fallen.
 * @killedBy never-ahead-by-one
 */
interface Backend {
  readonly id: string;
  weight: number;
  credit: number;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

export class WeightedRoundRobin {
  #backends: Backend[] = [];
  readonly #byId = new Map<string, Backend>();
  #index = -1;
  #threshold = 0;

  constructor(backends: Iterable<readonly [id: string, weight: number]> = []) {
    for (const [id, weight] of backends) this.set(id, weight);
  }

  get size(): number {
    return this.#backends.length;
  }

  set(id: string, weight: number): void {
    if (id === "") throw new TypeError("the id of a backend must not be empty");
    if (!Number.isInteger(weight) || weight < 0 || weight > 1_000) {
      throw new RangeError(`weight must be an integer from 0 to 1000, got ${weight}`);
    }
    let backend = this.#byId.get(id);
    if (backend === undefined) {
      backend = { id, weight: 0, credit: 0 };
      this.#backends.push(backend);
      this.#byId.set(id, backend);
    }
    if (weight !== backend.weight) this.#changeWeight(backend, weight);
  }

  remove(id: string): boolean {
    const backend = this.#byId.get(id);
    if (backend === undefined) return false;
    this.#byId.delete(id);
    this.#backends = this.#backends.filter((other) => other !== backend);
    if (backend.weight > 0) this.#changeWeight(backend, 0);
    return true;
  }

  pick(): string | undefined {
    const weights = this.#backends.map(({ weight }) => weight);
    const largest = Math.max(0, ...weights);
    if (largest === 0) return undefined;
    const step = weights.reduce(gcd);
    for (;;) {
      this.#index = (this.#index + 1) % weights.length;
      if (this.#index === 0) {
        this.#threshold -= step;
        if (this.#threshold <= 0) this.#threshold = largest;
      }
      const backend = this.#backends[this.#index]!;
      if (backend.weight >= this.#threshold) return backend.id;
    }
  }

  #changeWeight(backend: Backend, weight: number): void {
    backend.weight = weight;
    this.#index = -1;
    this.#threshold = 0;
  }
}
