import { expect, test } from "vitest";
import { splitNotes } from "./split-notes.ts";

const NOTES = "# A\n\n## Idea\n\none\n\n## What interviewers ask next\n\n- **B?** c\n";

test("the answers are taken out, wherever they stand", () => {
  expect(splitNotes(NOTES)).toEqual({
    notes: "# A\n\n## Idea\n\none\n\n",
    answers: "## What interviewers ask next\n\n- **B?** c\n",
  });
  const { notes, answers } = splitNotes(`${NOTES}\n## Sources\n\nd\n`);
  expect(notes).toBe("# A\n\n## Idea\n\none\n\n## Sources\n\nd\n");
  expect(answers).toBe("## What interviewers ask next\n\n- **B?** c\n\n");
});

test("notes without answers stay whole", () => {
  expect(splitNotes("# A\n")).toEqual({ notes: "# A\n", answers: "" });
});
