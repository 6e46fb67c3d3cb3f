import type { Kata } from "../model/kata.ts";
import { checksBeforeRun } from "../run/sandbox.ts";
import { FOR_SPECS, staticCheck } from "../run/static-check.ts";
import type { Finding } from "./finding.ts";

/**
 * What a pack's code must not use, found before any of it runs: its solutions are held to what holds
 * for attempts, its spec and bench may use the harness besides. Our own code is held to the lint.
 */
export async function checkReach(kata: Kata): Promise<Finding[]> {
  if (kata.pack === undefined || !checksBeforeRun()) return [];
  const { paths, reference, stub, wrongs, alternatives } = kata;
  const solutions = [reference, stub, ...wrongs, ...alternatives].map(({ file }) => file);
  const denials = [
    ...(await Promise.all(solutions.map((file) => staticCheck(file)))),
    ...(await Promise.all([paths.spec, paths.bench].map((file) => staticCheck(file, FOR_SPECS)))),
  ];
  return denials.flat().map(({ file, line, what, instead }) => ({
    check: "reach",
    file,
    line,
    message: `${what} is not for the code of a pack, which is to be run on other people's machines`,
    fix: `Instead: ${instead}.`,
  }));
}
