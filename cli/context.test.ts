import { expect, test } from "vitest";
import { wantsColor } from "./context.ts";

test.each([
  [{}, true, true],
  [{}, false, false],
  [{ NO_COLOR: "1" }, true, false],
  [{ NO_COLOR: "" }, true, true],
  [{ TERM: "dumb" }, true, false],
  [{ FORCE_COLOR: "1" }, false, true],
  [{ FORCE_COLOR: "1", NO_COLOR: "1" }, false, true],
  [{ FORCE_COLOR: "0" }, true, false],
])("%j, terminal %s: colour %s", (env, isTty, color) => {
  expect(wantsColor(env, isTty)).toBe(color);
});
