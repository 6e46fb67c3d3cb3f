/** The instant that a text says; undefined when it says none. */
export function instantOf(text: unknown): Date | undefined {
  if (typeof text !== "string") return undefined;
  const instant = new Date(text); // oxlint-disable-line no-restricted-globals -- reads a written instant
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}
