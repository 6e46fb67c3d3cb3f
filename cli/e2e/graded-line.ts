/** A line of the history, as little as `kata list` and `kata solution` look at. */
export function gradedLine(
  kata: string,
  verdict: string,
  points: number,
  options: object = {},
): string {
  const score = { points, of: 100 };
  return `${JSON.stringify({ schemaVersion: 1, kata, verdict, score, options })}\n`;
}
