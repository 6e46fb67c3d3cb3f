import { type Pack, say, sayCount } from "../../graders/reading.ts";

/** A pack in one line: `acme 1.2.0: 3 katas, MIT, by Ada Lovelace`. */
export function describePack({ namespace, version, license, author }: Pack, katas: number): string {
  const name = version === undefined ? namespace : `${namespace} ${version}`;
  const count = sayCount(katas, "{n} kata", "{n} katas");
  return say`${name}: ${count}, ${license}, by ${author}`;
}
