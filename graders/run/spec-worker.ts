/**
 * Entry of the spec process: vitest's own worker for forked processes. While the grader still reads
 * vitest, this process has nothing to do: it reads what the spec will need.
 */
const vitest = new URL(import.meta.resolve("vitest"));
await import(new URL("workers/forks.js", vitest).href);
// oxlint-disable-next-line no-restricted-imports -- read ahead for the harness, not used here
await Promise.all([import("vitest"), import("fast-check")]);

export {};
