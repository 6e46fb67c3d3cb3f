import { type CommandEntry, JSON_OPTION } from "./command-entry.ts";

/** What a coach who writes katas uses. */
export const AUTHORS: readonly CommandEntry[] = [
  {
    name: "new",
    positional: "<slug>",
    summary: "write every file of a new kata",
    options: [
      { flags: "--chapter <name>", help: "the chapter it belongs to" },
      { flags: "--title <text>", help: "what it is, in a few words" },
      { flags: "--level <level>", help: "beginner, intermediate or advanced" },
      { flags: "--difficulty <n>", help: "from 1 to 5" },
      { flags: "--minutes <n>", help: "time for a prepared candidate" },
      { flags: "--plan <week.day>", help: "place in the 35-day plan" },
      { flags: "--kind <kind>", help: "data-structure, policy, codec, simulation, …" },
      { flags: "--class <Name>", help: "the class that a candidate writes" },
    ],
    examples: ["kata new bloom-filter", "kata new bloom-filter --chapter probabilistic"],
    load: () => import("../commands/new.ts"),
  },
  {
    name: "verify",
    positional: "[slugs...]",
    summary: "check that a kata judges fairly",
    options: [
      { flags: "--all", help: "check every kata" },
      { flags: "--changed", help: "check the katas that changed since the base commit" },
      { flags: "--base <ref>", help: "the commit that ids are compared with" },
      { flags: "--fresh", help: "check again what was proved before" },
      { flags: "--html <file>", help: "write who catches whom as a page, with counterexamples" },
      { flags: "--junit <file>", help: "write the findings as JUnit XML" },
      { flags: "--mutants", help: "change the reference in small ways: which does no one notice?" },
      { flags: "--equivalent <id>", help: "record that nobody can notice this mutant" },
      { flags: "--reason <why>", help: "why nobody can" },
      JSON_OPTION,
    ],
    examples: [
      "kata verify bloom-filter",
      "kata verify --changed",
      "kata verify --mutants bloom-filter",
    ],
    load: () => import("../commands/verify.ts"),
  },
  {
    name: "pack",
    positional: "[action] [name]",
    summary: "use katas of other people: list, add, remove; or make a pack: new",
    options: [
      { flags: "--author <name>", help: "with new: who it is by; else what git says" },
      { flags: "--license <id>", help: "with new: its licence, an SPDX identifier; else MIT" },
      JSON_OPTION,
    ],
    examples: [
      "kata pack add ../acme-katas     a folder",
      "kata pack add kata-pack-acme    a package that npm install has put here",
      "kata pack list",
      "kata pack remove acme",
      "kata pack new acme",
      "kata --pack ../acme-katas list  without adding it",
    ],
    load: () => import("../commands/pack.ts"),
  },
  {
    name: "docs",
    summary: "write the generated parts of the documents",
    options: [{ flags: "--check", help: "write nothing; exit 1 when something is out of date" }],
    examples: ["kata docs", "kata docs --check"],
    load: () => import("../commands/docs.ts"),
  },
];
