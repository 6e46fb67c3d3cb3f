import { say, sayCount } from "../../graders/reading.ts";
import type { HuntResult } from "../../graders/index.ts";
import type { CliContext } from "../context.ts";
import { MARKS } from "./marks.ts";
import { createStyle, withoutControls } from "./style.ts";
import { wrap } from "./wrap.ts";

const THROWN = "\t";

type Screen = Pick<CliContext, "columns" | "color">;

/** What to do, once a wrong answer is drawn. */
export function begunText(
  { slug, file, wrongs, found }: { slug: string; file: string; wrongs: number; found: number },
  { columns }: Screen,
): string {
  const what = say`A wrong answer is drawn: it has one bug. Write a hunt, a function of the subject that throws on it and on nothing that is right.`;
  const count = say`${wrongs} wrong answers of ${slug} can be hunted; you have found ${found}.`;
  return [
    wrap(what, columns),
    wrap(count, columns),
    "",
    say`Read:    kata show ${slug}`,
    say`Edit:    ${file}`,
    say`Try it:  kata hunt ${slug}`,
    say`Give up: kata hunt ${slug} --reveal`,
    "",
  ].join("\n");
}

/** What became of a hunt that did not find it. */
export function missedText(
  slug: string,
  result: Exclude<HuntResult, { kind: "found" }>,
  { columns, color }: Screen,
): string {
  const { red } = createStyle(color);
  const lines =
    result.kind === "rejects"
      ? [
          say`${red(MARKS.bad)} Your hunt throws on ${result.who}, which is right:`,
          `${THROWN}${withoutControls(result.what)}`,
          say`Read the rules again: kata show ${slug}`,
        ]
      : [
          `${red(MARKS.bad)} ${result.isEndless ? say`Your hunt does not come to an end on the wrong answer.` : say`Your hunt throws on nothing, in ${calls(result.calls)}. The bug is elsewhere.`}`,
          say`Change it and try again. To see the bug: kata hunt ${slug} --reveal`,
        ];
  return `${lines.map((line) => lineOf(line, columns)).join("\n")}\n`;
}

/** What became of one that did. */
export function foundText(
  facts: { kata: string; what: string; calls: number; fewestKnown: number | null; score: number },
  bug: string,
  { columns, color }: Screen,
): string {
  const { green, bold } = createStyle(color);
  const compared =
    facts.fewestKnown === null
      ? say`nobody knows of a shorter one`
      : facts.calls < facts.fewestKnown
        ? say`the shortest known took ${facts.fewestKnown}`
        : facts.calls === facts.fewestKnown
          ? say`as few as the shortest known`
          : say`the shortest known takes ${facts.fewestKnown}`;
  const lines = [
    say`${green(MARKS.good)} Found with ${calls(facts.calls)}: ${compared}.`,
    `${THROWN}${withoutControls(facts.what)}`,
    say`The bug: ${bug}`,
    bold(say`Score ${facts.score} of 100: 50 for finding it, 50 for as few calls as known.`),
    say`The next one: kata hunt ${facts.kata}`,
  ];
  return `${lines.map((line) => lineOf(line, columns)).join("\n")}\n`;
}

/** What it was. */
export function revealedText(
  facts: { kata: string; name: string; file: string; bug: string; killers: readonly string[] },
  { columns, color }: Screen,
): string {
  const { bold } = createStyle(color);
  const lines = [
    `${bold(facts.name)}: ${facts.bug}`,
    say`Caught by: ${facts.killers.join(", ")}`,
    say`Its source: ${facts.file}`,
    say`The next one: kata hunt ${facts.kata}`,
  ];
  return `${lines.map((line) => lineOf(line, columns)).join("\n")}\n`;
}

/** What was thrown stands further in. */
function lineOf(text: string, columns: number): string {
  if (!text.startsWith(THROWN)) return wrap(text, columns, "", "  ");
  return wrap(text.slice(THROWN.length), columns, "    ");
}

function calls(count: number): string {
  return sayCount(count, "{n} call", "{n} calls");
}
