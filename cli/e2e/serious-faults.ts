import axe from "axe-core";
import type { Browser } from "./browser.ts";

/** What axe finds in the open page that keeps people out: each rule with its first place. */
export async function seriousFaults(browser: Browser): Promise<unknown> {
  await browser.evaluate(axe.source);
  return browser.evaluate(
    "axe.run().then(({ violations }) => violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => id + ': ' + nodes[0].html))",
  );
}
