import type { Kata } from "../../model/kata.ts";
import { tagsOf } from "../evidence.ts";

/** A wrong answer that a hunt can find. */
export interface HuntableWrong {
  /** `wrong/<name>`. */
  readonly name: string;
  readonly file: string;
  /** What is wrong with it, in a sentence. */
  readonly bug: string;
  /** The properties that must catch it. */
  readonly killers: readonly string[];
}

/** The wrong answers that give a wrong answer to some call; those that only cost too much are left out. */
export function huntableWrongs({ wrongs }: Kata): HuntableWrong[] {
  return wrongs.flatMap((wrong) => {
    const { bug = "", killedBy } = tagsOf(wrong);
    const killers = killedBy.filter((id) => !id.startsWith("budget:"));
    return killers.length === 0 ? [] : [{ name: wrong.name, file: wrong.file, bug, killers }];
  });
}
