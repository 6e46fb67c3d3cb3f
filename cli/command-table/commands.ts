import { AUTHORS } from "./authors.ts";
import type { CommandEntry } from "./command-entry.ts";
import { GROUP } from "./group.ts";
import { PRACTICE } from "./practice.ts";
import { WORKSHEETS } from "./worksheets.ts";

/** Every command by the heading that it stands under in the help. */
export const COMMAND_GROUPS: readonly (readonly [string, readonly CommandEntry[]])[] = [
  ["Practice:", PRACTICE],
  ["Design interviews:", WORKSHEETS],
  ["Study group:", GROUP],
  ["For authors:", AUTHORS],
];
