/** Seconds of a unit of time, by each way to write it. A month is 30 days, a year 365. */
export const TIME_UNITS: ReadonlyMap<string, number> = spell([
  [1e-3, "ms millisecond milliseconds"],
  [1, "s sec secs second seconds"],
  [60, "min mins minute minutes"],
  [3600, "h hr hrs hour hours"],
  [86_400, "d day days"],
  [604_800, "w week weeks"],
  [2_592_000, "mo month months"],
  [31_536_000, "y yr yrs year years"],
]);

/** Factors of counts. `B` is a billion only where no data is meant. */
export const COUNT_SUFFIXES: ReadonlyMap<string, number> = spell([
  [1e-2, "%"],
  [1e3, "k K thousand"],
  [1e6, "M million millions mn"],
  [1e9, "B G bn billion billions"],
  [1e12, "T trillion trillions"],
]);

/** Bytes of a unit of data: decimal and binary prefixes, and bits. */
export const DATA_UNITS: ReadonlyMap<string, number> = dataUnits();

/** Words after a number that say what is counted and change nothing. */
export const FILLERS: ReadonlySet<string> = new Set(
  (
    "action cab call char character click client connection copy device driver entry event fan-out " +
    "follower group heartbeat hit id insert insertion item key link member message msg op operation " +
    "person ping post query read record redirect req request ride row server session socket start " +
    "stream symbol time trip tweet update upload url user video view write"
  )
    .split(" ")
    .flatMap((noun) => [noun, `${noun}s`])
    .concat("copies", "entries", "people", "queries", "x"),
);

function spell(units: readonly (readonly [factor: number, words: string])[]): Map<string, number> {
  return new Map(
    units.flatMap(([factor, words]) => words.split(" ").map((word) => [word, factor] as const)),
  );
}

function dataUnits(): Map<string, number> {
  const units = spell([
    [1, "B byte bytes"],
    [1 / 8, "b bit bits"],
  ]);
  for (const [index, prefix] of ["K", "M", "G", "T", "P", "E"].entries()) {
    const decimal = 1000 ** (index + 1);
    const binary = 1024 ** (index + 1);
    for (const letter of prefix === "K" ? ["K", "k"] : [prefix]) {
      units.set(`${letter}B`, decimal);
      units.set(`${letter}b`, decimal / 8);
      units.set(`${letter}bit`, decimal / 8);
      units.set(`${letter}bits`, decimal / 8);
    }
    units.set(`${prefix}iB`, binary);
    units.set(`${prefix}ib`, binary / 8);
    units.set(`${prefix}ibit`, binary / 8);
  }
  return units;
}
