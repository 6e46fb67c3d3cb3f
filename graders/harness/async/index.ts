/** `kata/harness/async`: promise functions in virtual time and in any order, for specs. */
export { Calls, type Call } from "../../kit/async/calls.ts";
export { InterleavedStore } from "../../kit/async/interleaved-store.ts";
export { Interleaving } from "../../kit/async/interleaving.ts";
export { picks } from "./picks.ts";
export { play, type Stage } from "./play.ts";
