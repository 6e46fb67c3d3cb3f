import { say } from "../../model/say.ts";
import type { Node } from "./syntax.ts";

/** Which names an attempt may use that it does not declare, and what to say about the others. */

/** Of the language, without what reaches outside, depends on timing or makes code out of text. */
const LANGUAGE = `
  Object Array Map Set WeakMap WeakSet WeakRef Symbol BigInt Number String Boolean Date RegExp Promise
  Proxy Reflect Math JSON Intl Iterator ArrayBuffer DataView Int8Array Uint8Array Uint8ClampedArray
  Int16Array Uint16Array Int32Array Uint32Array BigInt64Array BigUint64Array Float16Array Float32Array
  Float64Array Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError
  SuppressedError DisposableStack AsyncDisposableStack parseInt parseFloat isNaN isFinite encodeURI
  encodeURIComponent decodeURI decodeURIComponent escape unescape`;
const BESIDES = "console TextEncoder TextDecoder structuredClone queueMicrotask";

/** Names for plain values: there is nothing in them that could be changed. */
const VALUES = words("undefined NaN Infinity");

/** Shared with the grader: an attempt may use them, not change them. */
export const SHARED: ReadonlySet<string> = new Set(words(LANGUAGE + " " + BESIDES));
export const ALLOWED: ReadonlySet<string> = new Set([...SHARED, ...VALUES]);

/** What templates/attempt/globals.d.ts declares, and what else only prints. */
export const CONSOLE: ReadonlySet<string> = new Set(
  words(`debug error info log table trace warn assert count countReset dir group groupCollapsed
    groupEnd`),
);

export interface Advice {
  readonly why: string;
  readonly instead: string;
}

/** Something that is not allowed, at a node of a file's tree. */
export interface Found extends Advice {
  readonly at: Node;
  readonly what: string;
}

export const CLOCK: Advice = {
  why: say`a grade must not depend on the real clock`,
  instead: say`take the time from the injected clock`,
};
export const RANDOM: Advice = {
  why: say`a grade must come out the same every time`,
  instead: say`take random numbers from the injected random`,
};
const SCHEDULER: Advice = {
  why: say`a grade must not wait for real time`,
  instead: say`use the injected scheduler`,
};
const MEMORY: Advice = {
  why: say`an attempt must not reach outside its own memory`,
  instead: say`keep state in memory`,
};
export const TEXT_CODE: Advice = {
  why: say`code made from text cannot be checked`,
  instead: say`write the code as a function`,
};
export const EVERYTHING: Advice = {
  why: say`it reaches everything around your code`,
  instead: say`name what you need`,
};
const ONE_THREAD: Advice = {
  why: say`an attempt runs in one thread`,
  instead: say`do the work in your own functions`,
};
const LOADING: Advice = {
  why: say`what it loads cannot be checked before it runs`,
  instead: say`write import … from at the top of the file`,
};
const UNDECLARED: Advice = {
  why: say`you do not declare it, and the language does not have it`,
  instead: say`declare it, or check how it is spelled`,
};

const DENIED: readonly (readonly [names: string, advice: Advice])[] = [
  ["performance Temporal", CLOCK],
  ["crypto Crypto CryptoKey SubtleCrypto", RANDOM],
  [
    `setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate scheduler
    requestAnimationFrame requestIdleCallback`,
    SCHEDULER,
  ],
  ["process fs os navigator localStorage sessionStorage indexedDB", MEMORY],
  [
    "fetch Request Response Headers FormData XMLHttpRequest WebSocket EventSource WebTransport",
    MEMORY,
  ],
  ["globalThis global window self", EVERYTHING],
  ["eval Function", TEXT_CODE],
  ["require module exports", LOADING],
  ["__dirname __filename", MEMORY],
  ["Atomics Worker MessageChannel MessagePort BroadcastChannel", ONE_THREAD],
  ["SharedArrayBuffer", { ...ONE_THREAD, instead: say`use ArrayBuffer` }],
  [
    "Buffer Blob File atob btoa",
    {
      why: say`it is not part of the language`,
      instead: say`use Uint8Array, TextEncoder and TextDecoder`,
    },
  ],
  [
    "AbortController AbortSignal Event EventTarget",
    { why: say`it is not part of the language`, instead: say`pass a function to be called` },
  ],
  [
    "URL URLSearchParams",
    { why: say`it is not part of the language`, instead: say`take the text apart yourself` },
  ],
  [
    "WebAssembly",
    { why: say`only code that you can read here is graded`, instead: say`write it in TypeScript` },
  ],
  [
    "FinalizationRegistry",
    {
      why: say`when it calls you depends on how full the memory is`,
      instead: say`remove entries yourself when they are due`,
    },
  ],
  [
    "arguments",
    { why: say`there is no function around it`, instead: say`name the parameters of a function` },
  ],
];

const ADVICE = new Map(
  DENIED.flatMap(([names, advice]) => words(names).map((name) => [name, advice] as const)),
);

/** What to say about a name that an attempt neither declares nor may use. */
export function adviceOn(name: string): Advice {
  return ADVICE.get(name) ?? UNDECLARED;
}

/** Modules that someone may reach for, each with the port that stands in for it. */
const MODULES: readonly (readonly [name: RegExp, advice: Advice])[] = [
  [/^(node:)?perf_hooks$/, CLOCK],
  [/^(node:)?timers(\/promises)?$/, SCHEDULER],
  [/^(node:)?crypto$/, RANDOM],
  [/^(node:)?(worker_threads|cluster)$/, ONE_THREAD],
  [/^(node:)?(vm|module|v8|inspector)$/, EVERYTHING],
  [/^node:|^(fs|os|path|net|http|https|child_process|process)$/, MEMORY],
];

export function adviceOnModule(specifier: string): Advice {
  const known = MODULES.find(([name]) => name.test(specifier));
  if (known) return known[1];
  return {
    why: say`only your own files and kata/kit are there when it is graded`,
    instead: say`write it yourself, in this file or one beside it`,
  };
}

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
