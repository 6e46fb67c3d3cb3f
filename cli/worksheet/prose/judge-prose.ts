import type { Bottleneck, Concept, Decision, Requirement } from "../definition/system.ts";
import { type Claim, type Expected, type Hit, assignItems } from "./claim.ts";
import { type Mention, allMentions, findConcept, findTerms } from "./find-concept.ts";
import { type Item, splitItems } from "./split-items.ts";
import { meaningfulWords, splitWords } from "./words.ts";

/** A text slot of a worksheet. */
export interface Prose {
  readonly body: string;
  /** Line of the file on which the body begins. */
  readonly line: number;
}

/** Half of a pair: a risk without its fix, an option without its reason. */
const HALF = 0.4;
/** What a bare list of terms is worth at most. */
const LIST = 0.2;
const LIST_SHARE = 0.6;
/** "High availability" is a requirement as it stands; a risk and its fix are two terms already. */
const LEAST_LISTED = { requirements: 3, pairs: 2 } as const;
const SHINGLE = 8;

/** What a text was given to copy from. */
type Given = readonly string[];

export function judgeRequirements(
  prose: Prose,
  requirements: readonly Requirement[],
  given: Given,
): Hit[] {
  const expected = requirements.map(({ id, text, concept }) => ({
    id: `requirements.${id}`,
    say: text,
    weight: concept.weight,
    claim: (item: Item) => claimAll(item, [concept]),
  }));
  const groups = requirements.map(({ concept }) => concept.any);
  return judge(
    prose,
    expected,
    { groups, least: LEAST_LISTED.requirements, figures: "claim" },
    given,
  );
}

/** Full marks take the risk and a fix in one item. */
export function judgeBottlenecks(
  prose: Prose,
  bottlenecks: readonly Bottleneck[],
  given: Given,
): Hit[] {
  const expected = bottlenecks.map(({ id, say, risk, fixes }) => ({
    id: `bottlenecks.${id}`,
    say,
    weight: risk.weight,
    claim: (item: Item) => claimPair(findConcept(item, risk), findAny(item, fixes)),
  }));
  const terms = bottlenecks
    .flatMap(({ risk, fixes }) => [risk, ...fixes])
    .flatMap(({ any }) => any);
  return judge(
    prose,
    expected,
    { groups: [terms], least: LEAST_LISTED.pairs, figures: "count" },
    given,
  );
}

/** Full marks take an option, a reason, and what speaks for or against it, in one item. */
export function judgeDecisions(prose: Prose, decisions: readonly Decision[], given: Given): Hit[] {
  const expected = decisions.map((decision) => ({
    id: `decisions.${decision.id}`,
    say: decision.question,
    weight: 1,
    claim: (item: Item) => claimDecision(item, decision),
  }));
  const terms = decisions.flatMap(({ concepts, options }) => [
    ...concepts.flatMap(({ any }) => any),
    ...options.flatMap(({ name }) => optionTerms(name)),
  ]);
  return judge(
    prose,
    expected,
    { groups: [terms], least: LEAST_LISTED.pairs, figures: "count" },
    given,
  );
}

/** Items that serve nothing expected: maybe excellent, a person should look. */
export function unusedItems(prose: Prose, hits: readonly Hit[]): Item[] {
  const used = new Set(hits.map(({ line }) => line));
  return splitItems(prose.body, prose.line).filter(({ line }) => !used.has(line));
}

const REDUNDANCY = [
  "replica*",
  "standby",
  "fail over",
  "failover",
  "redundan*",
  "cluster",
  "several",
  "multiple",
  "second",
  "pair",
  "instances",
  "multi az",
  "backup",
];

/** What is said of a box after its name, and before it. */
const FAILS = ["single point*", "spof", "dies", "die", "fail*", "crash*", "down", "lost", "outage"];
const LOSING = ["single point*", "spof", "losing", "lose", "loss of", "without"];
const FAR_AFTER = 6;
const FAR_BEFORE = 4;

/** Whether an item says that a box may be lost, and what saves it: "The URL DB fails: a standby". */
export function namesWithFix({ body, line }: Prose, label: string): boolean {
  const name = meaningfulWords(label).join(" ");
  if (name === "") return false;
  return splitItems(body, line).some((item) => {
    if (findTerms(item, REDUNDANCY)?.negated !== false) return false;
    const fails = allMentions(item, FAILS);
    const losing = allMentions(item, LOSING);
    return allMentions(item, [name]).some(
      ({ from, to }) =>
        fails.some((it) => it.from >= to && it.from - to <= FAR_AFTER) ||
        losing.some((it) => it.to <= from && from - it.to <= FAR_BEFORE),
    );
  });
}

interface Wanted extends Omit<Expected, "claimOf"> {
  readonly claim: (item: Item) => Claim | undefined;
}

/** Adds the guards that all texts share. */
function judge(
  { body, line }: Prose,
  wanted: readonly Wanted[],
  listed: Listed,
  given: Given,
): Hit[] {
  const items = splitItems(body, line);
  const copied = new Set(shinglesOf(given));
  const lists = new Set(items.filter((item) => isList(item, listed)));
  const copies = new Set(
    items.filter((item) => shinglesOf([item.text]).some((it) => copied.has(it))),
  );
  const expected = wanted.map(({ claim, ...point }) => ({
    ...point,
    claimOf: (item: Item): Claim | undefined => {
      const found = claim(item);
      if (found === undefined) return undefined;
      if (copies.has(item)) return { ...found, credit: 0, note: "copied" };
      if (lists.has(item)) return { ...found, credit: Math.min(LIST, found.credit), note: "list" };
      return found;
    },
  }));
  return assignItems(items, expected);
}

function claimAll(item: Item, concepts: readonly Concept[]): Claim | undefined {
  const found = findAny(item, concepts);
  if (found === undefined) return undefined;
  return found.negated ? negated(found) : { credit: 1, evidence: [found.quote] };
}

function claimPair(risk: Mention | undefined, fix: Mention | undefined): Claim | undefined {
  const both = [risk, fix].filter((it) => it !== undefined);
  const [one] = both;
  if (one === undefined) return undefined;
  const denied = both.find((it) => it.negated);
  if (denied !== undefined) return negated(denied);
  const evidence = [...new Set(both.map(({ quote }) => quote))];
  return both.length === 2 ? { credit: 1, evidence } : { credit: HALF, evidence, note: "half" };
}

const REASONS = [
  "because",
  "since",
  "so that",
  "so",
  "therefore",
  "cost*",
  "but",
  "price",
  "trade off",
  "tradeoff",
  "at the expense",
  "in exchange",
  "although",
  "though",
  "while",
  "whereas",
  "due to",
  "as long as",
];

function claimDecision(item: Item, decision: Decision): Claim | undefined {
  for (const { name, pro, con } of decision.options) {
    const option = findOption(item, name);
    if (option === undefined || option.negated) continue;
    const reason = findTerms(item, REASONS);
    const apart = ({ from, to }: Mention): boolean => to <= option.from || from >= option.to;
    const points = [
      ...decision.concepts.flatMap(({ any }) => allMentions(item, any)).filter(apart),
      ...[...pro, ...con].flatMap((sentence) => findSense(item, sentence) ?? []),
    ];
    const point = points.find(({ negated: isNegated }) => !isNegated);
    const evidence = [...new Set([option.quote, ...(point === undefined ? [] : [point.quote])])];
    if (reason !== undefined && point !== undefined) return { credit: 1, evidence };
    return { credit: HALF, evidence, note: "half" };
  }
  return undefined;
}

/** "Push (fan-out on write)" is known by either half of its name, or by half of its words. */
function findOption(item: Item, name: string): Mention | undefined {
  const parts = optionTerms(name);
  const found = parts.flatMap((part) => findTerms(item, [part]) ?? findWords(item, part, 1) ?? []);
  return found.find(({ negated: isNegated }) => !isNegated) ?? found[0];
}

function optionTerms(name: string): string[] {
  return name
    .split(/[()/,]|\bor\b|\bvs\b/)
    .map((part) => part.trim())
    .filter((part) => part.length > 1);
}

/** Half of the meaningful words of a sentence, at least two. */
function findSense(item: Item, sentence: string): Mention | undefined {
  return findWords(item, sentence, 2);
}

function findWords(item: Item, text: string, least: number): Mention | undefined {
  const words = [...new Set(meaningfulWords(text))];
  const found = words.flatMap((word) => findTerms(item, [stem(word)]) ?? []);
  return found.length >= Math.max(least, words.length / 2) ? found[0] : undefined;
}

/** "deletion" and "delete" begin alike. */
function stem(word: string): string {
  return word.length < 6 ? word : `${word.slice(0, Math.max(4, word.length - 3))}*`;
}

function findAny(item: Item, concepts: readonly Concept[]): Mention | undefined {
  const found = concepts.flatMap((concept) => findConcept(item, concept) ?? []);
  return found.find((mention) => !mention.negated) ?? found[0];
}

function negated({ quote }: Mention): Claim {
  return { credit: 0, evidence: [quote], note: "negated" };
}

interface Listed {
  /** Terms that say the same. */
  readonly groups: readonly (readonly string[])[];
  /** Fewer terms than this are no list, unless there is nothing but terms of one group. */
  readonly least: number;
  /** "99.9 % uptime, p99 below 300 ms" is made of terms only, and is a claim. */
  readonly figures: "claim" | "count";
}

function isList(item: Item, { groups, least, figures }: Listed): boolean {
  const mentions = groups.map((terms) => allMentions(item, terms));
  const covered = new Set<number>();
  for (const { from, to } of mentions.flat()) {
    for (let at = from; at < to; at += 1) covered.add(at);
  }
  const places = (all: readonly Mention[]): number => new Set(all.map(({ from }) => from)).size;
  const isFigure = ({ text }: Item["words"][number], at: number): boolean =>
    /^\d/.test(text) && (!covered.has(at) || places(mentions.flat()) <= 2);
  if (figures === "claim" && item.words.some(isFigure)) return false;
  // Two synonyms are a list; "Search tweets", of two groups, is not.
  const repeats = mentions.some((all) => places(all) > 1);
  if (covered.size === item.words.length && repeats) return true;
  return places(mentions.flat()) >= least && covered.size >= LIST_SHARE * item.words.length;
}

function shinglesOf(texts: readonly string[]): string[] {
  return texts.flatMap((text) => {
    const words = splitWords(text).map((word) => word.text);
    return words.slice(SHINGLE - 1).map((_, at) => words.slice(at, at + SHINGLE).join(" "));
  });
}
