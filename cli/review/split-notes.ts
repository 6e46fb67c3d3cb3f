/** Heading of the part of NOTES.md that answers the follow-ups. */
const ANSWERS = "What interviewers ask next";

/** A walk-through apart from its answers to the follow-ups, so that the questions can come first. */
export function splitNotes(markdown: string): { readonly notes: string; readonly answers: string } {
  const start = new RegExp(`^## ${ANSWERS}[ \\t]*\\r?$`, "m").exec(markdown)?.index;
  if (start === undefined) return { notes: markdown, answers: "" };
  const length = /^## /m.exec(markdown.slice(start + 3))?.index;
  const end = length === undefined ? markdown.length : start + 3 + length;
  const notes = markdown.slice(0, start) + markdown.slice(end);
  return { notes, answers: markdown.slice(start, end) };
}
