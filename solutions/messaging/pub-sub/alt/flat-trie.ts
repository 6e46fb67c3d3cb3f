/**
 * @design A flat trie: nodes and levels are numbers, and all edges stand in one hash. Matching is breadth first.
 */
import type {
  BrokerOptions,
  ConnectOptions,
  Deliver,
  Message,
  SubscribeOptions,
} from "../../../../katas/messaging/pub-sub/stub.ts";

interface Client {
  /** By first connect. */
  readonly rank: number;
  readonly subscriptions: Map<string, Subscription>;
  isDurable: boolean;
  deliver: Deliver | undefined;
  kept: Message[];
  dropped: number;
}

interface Subscription {
  readonly client: Client;
  readonly filter: string;
  readonly levels: readonly string[];
  readonly where: SubscribeOptions["where"];
}

export class Broker {
  readonly #maxQueued: number;
  readonly #clients = new Map<string, Client>();
  readonly #index = new Index();
  readonly #deferred: (() => void)[] = [];
  #isBusy = false;
  #ranks = 0;
  #seq = 0;

  constructor({ maxQueued = 1_000 }: BrokerOptions = {}) {
    if (!Number.isInteger(maxQueued) || maxQueued < 0) throw new RangeError("maxQueued");
    this.#maxQueued = maxQueued;
  }

  connect(name: string, deliver: Deliver, { durable = false }: ConnectOptions = {}): void {
    const client = this.#clients.get(name) ?? this.#welcome(name);
    if (!client.isDurable || !durable) {
      this.#endAll(client);
      client.kept = [];
    }
    client.isDurable = durable;
    client.deliver = deliver;
    this.#perform(() => {
      while (client.deliver === deliver && client.kept.length > 0) {
        attempt(deliver, client.kept.shift());
      }
    });
  }

  disconnect(name: string): void {
    const client = this.#clients.get(name);
    if (client === undefined) return;
    client.deliver = undefined;
    if (!client.isDurable) this.#endAll(client);
  }

  forget(name: string): boolean {
    const client = this.#clients.get(name);
    if (client === undefined) return false;
    client.deliver = undefined;
    this.#endAll(client);
    return this.#clients.delete(name);
  }

  subscribe(name: string, filter: string, { where }: SubscribeOptions = {}): void {
    if (!isFilter(filter)) throw new RangeError(`not a filter: ${filter}`);
    const client = this.#clients.get(name);
    if (client === undefined) throw new RangeError(`no client: ${name}`);
    this.unsubscribe(name, filter);
    const subscription = { client, filter, levels: filter.split("/"), where };
    client.subscriptions.set(filter, subscription);
    this.#index.add(subscription);
  }

  unsubscribe(name: string, filter: string): boolean {
    const client = this.#clients.get(name);
    const subscription = client?.subscriptions.get(filter);
    if (subscription === undefined) return false;
    this.#index.delete(subscription);
    client?.subscriptions.delete(filter);
    return true;
  }

  publish(topic: string, payload: unknown): number {
    if (topic === "" || /[+#]/.test(topic)) throw new RangeError(`not a topic: ${topic}`);
    let count = 0;
    const send = (): void => {
      count = this.#fanOut(topic, payload);
    };
    if (this.#isBusy) this.#deferred.push(send);
    else this.#perform(send);
    return count;
  }

  dropped(name: string): number {
    return this.#clients.get(name)?.dropped ?? 0;
  }

  #welcome(name: string): Client {
    this.#ranks += 1;
    const about = { isDurable: false, deliver: undefined, kept: [], dropped: 0 };
    const client = { rank: this.#ranks, subscriptions: new Map(), ...about };
    this.#clients.set(name, client);
    return client;
  }

  #fanOut(topic: string, payload: unknown): number {
    const message = { topic, payload, seq: (this.#seq += 1) };
    const byClient = new Map<Client, Subscription[]>();
    for (const subscription of this.#index.find(topic)) {
      const mine = byClient.get(subscription.client);
      if (mine === undefined) byClient.set(subscription.client, [subscription]);
      else mine.push(subscription);
    }
    const inOrder = [...byClient].sort(([a], [b]) => a.rank - b.rank);
    let count = 0;
    for (const [client, matching] of inOrder) {
      const isWanted = matching.some((each) => {
        return client.subscriptions.get(each.filter) === each && passes(each, message);
      });
      if (!isWanted) continue;
      count += 1;
      if (client.deliver === undefined) this.#keep(client, message);
      else attempt(client.deliver, message);
    }
    return count;
  }

  #keep(client: Client, message: Message): void {
    client.kept.push(message);
    if (client.kept.length <= this.#maxQueued) return;
    client.kept.shift();
    client.dropped += 1;
  }

  #endAll(client: Client): void {
    for (const each of client.subscriptions.values()) this.#index.delete(each);
    client.subscriptions.clear();
  }

  /** Does it at once; the outermost then does what was put off. */
  #perform(work: () => void): void {
    const isOutermost = !this.#isBusy;
    this.#isBusy = true;
    work();
    if (!isOutermost) return;
    for (let next = this.#deferred.shift(); next; next = this.#deferred.shift()) next();
    this.#isBusy = false;
  }
}

function attempt(deliver: Deliver, message: Message | undefined): void {
  try {
    if (message !== undefined) deliver(message);
  } catch {
    // The others get theirs all the same.
  }
}

function passes({ where }: Subscription, message: Message): boolean {
  try {
    return where === undefined || where(message);
  } catch {
    return false;
  }
}

function isFilter(filter: string): boolean {
  const levels = filter.split("/");
  return (
    filter !== "" &&
    levels.every((level, i) => {
      return level === "+" || (level === "#" && i === levels.length - 1) || !/[+#]/.test(level);
    })
  );
}

interface Node {
  readonly number: number;
  readonly subscriptions: Set<Subscription>;
  /** Edges that leave it. */
  edges: number;
}

/** More than there are words. */
const WORDS = 2 ** 24;

class Index {
  /** Levels that occur in filters, with their numbers and how often they occur. */
  readonly #words = new Map<string, { readonly number: number; uses: number }>();
  /** By number of the node they leave and number of the word. */
  readonly #edges = new Map<number, Node>();
  readonly #root: Node = { number: 0, subscriptions: new Set(), edges: 0 };
  #numbers = 0;

  add(subscription: Subscription): void {
    let node = this.#root;
    for (const level of subscription.levels) {
      const word = this.#words.get(level) ?? { number: (this.#numbers += 1), uses: 0 };
      word.uses += 1;
      this.#words.set(level, word);
      const edge = node.number * WORDS + word.number;
      let next = this.#edges.get(edge);
      if (next === undefined) {
        next = { number: (this.#numbers += 1), subscriptions: new Set(), edges: 0 };
        this.#edges.set(edge, next);
        node.edges += 1;
      }
      node = next;
    }
    node.subscriptions.add(subscription);
  }

  delete(subscription: Subscription): void {
    const path: { readonly from: Node; readonly edge: number; readonly to: Node }[] = [];
    let from = this.#root;
    for (const level of subscription.levels) {
      const edge = from.number * WORDS + (this.#words.get(level)?.number ?? 0);
      const to = this.#edges.get(edge);
      if (to === undefined) return;
      path.push({ from, edge, to });
      from = to;
    }
    from.subscriptions.delete(subscription);
    for (const { from, edge, to } of path.toReversed()) {
      if (to.edges > 0 || to.subscriptions.size > 0) break;
      this.#edges.delete(edge);
      from.edges -= 1;
    }
    for (const level of subscription.levels) {
      const word = this.#words.get(level);
      if (word !== undefined && (word.uses -= 1) === 0) this.#words.delete(level);
    }
  }

  find(topic: string): Subscription[] {
    const found: Subscription[] = [];
    const [any, rest] = [this.#words.get("+")?.number, this.#words.get("#")?.number];
    let frontier = [this.#root];
    const take = (node: Node | undefined): void => {
      for (const subscription of node?.subscriptions ?? []) found.push(subscription);
    };
    for (const [depth, level] of topic.split("/").entries()) {
      const word = this.#words.get(level)?.number;
      const isHidden = depth === 0 && level.startsWith("$");
      const next: Node[] = [];
      for (const node of frontier) {
        if (node.edges === 0) continue;
        if (!isHidden) take(this.#follow(node, rest));
        const literal = this.#follow(node, word);
        if (literal !== undefined) next.push(literal);
        const wild = isHidden ? undefined : this.#follow(node, any);
        if (wild !== undefined) next.push(wild);
      }
      frontier = next;
    }
    for (const node of frontier) {
      take(this.#follow(node, rest));
      take(node);
    }
    return found;
  }

  #follow(node: Node, word: number | undefined): Node | undefined {
    return word === undefined ? undefined : this.#edges.get(node.number * WORDS + word);
  }
}
