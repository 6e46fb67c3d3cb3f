import { defineConfig } from "vitest/config";

/** Tests of the engine and the CLI. Specs judge attempts: `kata grade` and `kata verify` run those. */
export default defineConfig({
  test: {
    include: ["graders/**/*.test.ts", "cli/**/*.test.ts"],
    exclude: ["graders/fixtures/**"],
    globalSetup: ["./cli/e2e/own-temporary-folder.ts"],
    // Many tests start real processes: a grade, a type check, the built CLI.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // .ci/run counts from this file what the command `npm test` did.
    ...(process.env["TEST_RESULTS"] !== undefined && {
      reporters: ["default", "json"],
      outputFile: { json: process.env["TEST_RESULTS"] },
    }),
  },
});
