import type { GradeReport, PropertyResult } from "../../graders/index.ts";

/** Points that the properties of a kata share. */
const PROPERTY_POINTS = 70;

/** Points of the score that a property gives when it holds. */
export function worthOf({ points }: PropertyResult, properties: readonly PropertyResult[]): number {
  const all = properties.reduce((sum, one) => sum + one.points, 0);
  return (PROPERTY_POINTS * points) / all;
}

/** What to type to see one failure again. */
export function replayCommand({ kata, subject }: GradeReport, token: string): string {
  const isUsual = subject.file.endsWith(`/${kata}/${kata}.ts`);
  const file = isUsual ? "" : ` --file ${JSON.stringify(subject.file)}`;
  return `kata grade ${kata}${file} --replay ${token}`;
}

/** Where in the attempt an exception came from. */
export function frameIn(file: string, stack: string | undefined): string | undefined {
  const frame = stack?.split("\n").find((line) => line.includes(file));
  return frame?.trim().replace(file, file.split("/").at(-1) ?? file);
}

/** Markdown of one sentence or two, without its marks. */
export function plain(markdown: string): string {
  return markdown.replaceAll("**", "").replace(/\\([*_])/g, "$1");
}

/** Points, to a tenth. */
export function number(points: number): string {
  return String(Math.round(points * 10) / 10);
}
