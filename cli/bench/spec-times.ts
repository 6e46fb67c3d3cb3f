import { gradeOnce, simulationKatas } from "./grade-once.ts";

/** How long each simulation spec takes on its reference, worker and all, in ms. */
export async function specTimes(): Promise<{ slug: string; ms: number }[]> {
  const katas = await simulationKatas();
  return katas.map(({ slug, reference }) => {
    const { properties, times } = gradeOnce(slug, reference);
    const broken = properties.find(({ outcome }) => outcome !== "held");
    if (broken !== undefined) throw new Error(`the reference of ${slug} breaks ${broken.id}`);
    return { slug, ms: times.propertiesMs };
  });
}
