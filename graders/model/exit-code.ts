/** Exit codes of every `kata` command. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  ungradable: 3,
  brokenContent: 4,
  inconclusive: 5,
  bug: 70,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
