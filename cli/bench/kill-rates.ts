import { basename } from "node:path";
import { gradeOnce, simulationKatas } from "./grade-once.ts";

const SEEDS = 10;
const GOAL = 9;

/** How many of some seeds kill each wrong answer when no scenario is pinned. */
export async function killRates(slugs: readonly string[]): Promise<void> {
  const katas = await simulationKatas();
  for (const { slug, wrongs } of katas.filter(
    (kata) => slugs.length === 0 || slugs.includes(kata.slug),
  )) {
    for (const file of wrongs) {
      let killed = 0;
      for (let seed = 1; seed <= SEEDS; seed += 1) {
        const { properties } = gradeOnce(slug, file, "--no-pins", "--seed", String(seed));
        if (properties.some(({ outcome }) => outcome !== "held")) killed += 1;
      }
      const mark = killed >= GOAL ? "✓" : "✗";
      process.stdout.write(
        `${mark} ${slug}/${basename(file, ".ts")} ${killed} of ${SEEDS} seeds\n`,
      );
      if (killed < GOAL) process.exitCode = 1;
    }
  }
}
