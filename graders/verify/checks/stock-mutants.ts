import { say } from "../../model/say.ts";
import type { FileCheck } from "../evidence.ts";

/** Mistakes that can be made in any kata; the stub is the fifth, `not-implemented`. */
const STOCK = {
  "no-validation": say`accepts what a rule says to refuse`,
  "mutates-then-throws": say`has changed its state when it throws`,
  "no-copies": say`keeps or hands out what the caller can change`,
  "module-state": say`shares state between instances`,
} as const;

/** Each mistake that can be made anywhere is among the wrong answers, or waived as impossible here. */
export const stockMutants: FileCheck = {
  id: "stock-mutants",
  find({ wrongs, paths }) {
    const names = new Set(wrongs.map(({ name }) => name));
    return Object.entries(STOCK)
      .filter(([name]) => !names.has(`wrong/${name}`))
      .map(([name, what]) => ({
        check: "stock-mutants",
        file: paths.wrongDir,
        line: 1,
        message: say`no wrong/${name}.ts, which ${what}`,
        fix: say`Add it; if nobody can make that mistake here, waive it in kata.json and say why.`,
        about: name,
      }));
  },
};
