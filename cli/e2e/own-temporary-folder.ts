import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Gives a run of the tests a temporary folder of its own, and takes it away at the end. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "kata-tests-"));
  // Some tests do as another user does.
  chmodSync(folder, 0o1777);
  process.env["TMPDIR"] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
}
