import type { Browser } from "./browser.ts";

/** What axe, given as its source, finds in the open page that keeps people out: a place for each rule. */
export async function seriousFaults(browser: Browser, axe: string): Promise<unknown> {
  await browser.evaluate(axe);
  return browser.evaluate(
    "axe.run().then(({ violations }) => violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => id + ': ' + nodes[0].html))",
  );
}
