import { type CommandEntry, JSON_OPTION } from "./command-entry.ts";

/** What a study group uses. */
export const GROUP: readonly CommandEntry[] = [
  {
    name: "share",
    summary: "write your best grades to a file, for a group to compare",
    options: [
      { flags: "--as <name>", help: "the name that the others see; a pseudonym is fine" },
      { flags: "--to <folder>", help: "the group's folder; here when left out" },
      { flags: "--with-source", help: "add your code, so that others can grade it again" },
    ],
    examples: ["kata share --as ada --to ../our-group"],
    load: () => import("../commands/share.ts"),
  },
  {
    name: "group",
    positional: "<action> <dir>",
    summary: "prepare a folder in which a group shares its grades",
    options: [],
    examples: ["kata group init ../our-group"],
    load: () => import("../commands/group.ts"),
  },
  {
    name: "compare",
    positional: "<files...>",
    summary: "compare the grades of a group, kata by kata",
    options: [
      { flags: "--kata <slug>", help: "one kata, property by property" },
      { flags: "--regrade", help: "grade shared sources again and mark what differs" },
      { flags: "--html <file>", help: "write the board as a page" },
      { flags: "--csv", help: "print CSV for a spreadsheet" },
      JSON_OPTION,
    ],
    examples: ["kata compare ../our-group", "kata compare ada.kata.json bob.kata.json --csv"],
    load: () => import("../commands/compare.ts"),
  },
];
