import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Browser, findBrowser } from "./browser.ts";
import { runCli } from "./run-cli.ts";
import { seriousFaults } from "./serious-faults.ts";

const command = findBrowser();
const SYSTEMS = ["url-shortener", "whatsapp", "twitter", "netflix", "uber"];
const AUDIENCES = ["candidate", "answers", "interviewer"];
const LARGEST_BYTES = 300_000;

describe.skipIf(command === undefined)("a worksheet as a page", () => {
  let folder = "";
  let browser: Browser;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "kata-page-"));
    browser = await Browser.open(command ?? "", folder);
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const openPage = async (system: string, audience: string, ...more: string[]): Promise<string> => {
    const file = join(folder, `${system}.${audience}.html`);
    const args = [system, "--for", audience, "--format", "html", "--out", file, ...more];
    const { code, stderr } = await runCli(folder, ["worksheet", ...args]);
    expect(stderr).toBe("");
    expect(code).toBe(0);
    await browser.visit(pathToFileURL(file).href);
    return file;
  };

  const saved = async (name: string): Promise<string> => {
    const file = join(folder, name);
    rmSync(file, { force: true });
    await browser.evaluate("document.getElementById('save').click()");
    for (let tries = 0; tries < 100 && !existsSync(file); tries += 1) {
      await new Promise((done) => setTimeout(done, 50));
    }
    return readFileSync(file, "utf8");
  };

  const fill = (label: string, value: string): Promise<unknown> =>
    browser.evaluate(`(() => {
      const field = document.querySelector('[aria-label=${JSON.stringify(label)}]');
      field.value = ${JSON.stringify(value)};
      field.dispatchEvent(new Event("input", { bubbles: true }));
    })()`);

  test("untouched, it saves the very Markdown of the blank worksheet", async () => {
    await openPage("twitter", "candidate", "--set", "dau=100M");
    const markdown = await runCli(folder, [
      "worksheet",
      "twitter",
      "--set",
      "dau=100M",
      "--out",
      "-",
    ]);
    expect(await saved("twitter.md")).toBe(markdown.stdout);
  });

  test("filled, it saves what `worksheet grade` reads", async () => {
    await openPage("twitter", "candidate");
    await fill("tweetsPerDay: your answer", "1B");
    await fill("fanoutRps: how (optional formula)", "tweetsPerDay / day * avgFollowers");
    await fill("dau: yours", "200M | a guess");
    await fill("API", "```\nPOST /v1/tweets {clientId} -> 201\nGET /v1/feed?cursor= -> 200\n```");
    await fill(
      "Diagram",
      "flowchart LR\n  C([Client]) --> S[[Tweet service x3]] --> D[(DB replicas)]",
    );
    const text = await saved("twitter.md");
    expect(text).toContain("| a guess");
    writeFileSync(join(folder, "filled.md"), text.replace(" \\| a guess", ""));
    const { stdout } = await runCli(folder, ["worksheet", "grade", "filled.md", "--json"]);
    const report = JSON.parse(stdout) as {
      problems: unknown[];
      estimates: { rows: { id: string; credit: number }[] };
      api: { points: number };
      diagram: { isDrawn: boolean; points: number };
    };
    expect(report.problems).toEqual([]);
    const full = report.estimates.rows.filter(({ credit }) => credit === 1).map(({ id }) => id);
    expect(full).toEqual(["tweetsPerDay", "fanoutRps"]);
    expect(report.api.points).toBeGreaterThan(0);
    expect(report.diagram.isDrawn).toBe(true);
  });

  test("what was typed is there again after a reload, for the same variant only", async () => {
    await openPage("uber", "candidate");
    await fill("rideRps: your answer", "116/s");
    await browser.evaluate("window.onbeforeunload = null");
    await browser.reload();
    const value = "document.querySelector('[aria-label=\"rideRps: your answer\"]').value";
    expect(await browser.evaluate(value)).toBe("116/s");
    expect(await browser.evaluate("document.getElementById('status').textContent")).toMatch(/back/);
    await openPage("uber", "candidate", "--set", "drivers=2M");
    expect(await browser.evaluate(value)).toBe("");
  });

  test("an interviewer's ticks and notes are saved", async () => {
    await openPage("netflix", "interviewer");
    await fill("Notes: who and when", "Ada, on Monday");
    await browser.evaluate("document.querySelectorAll('input[type=checkbox]')[2].click()");
    const text = await saved("netflix.interviewer.md");
    expect(text).toContain("Ada, on Monday");
    expect(text.match(/- \[x\] /g)).toHaveLength(1);
    expect(text).toMatch(/- \[x\] 3: finds the constraints/);
  });

  test.each(SYSTEMS.flatMap((system) => AUDIENCES.map((audience) => [system, audience])))(
    "%s for %s: small, closed, accessible",
    async (system = "", audience = "") => {
      const file = await openPage(system, audience);
      expect(statSync(file).size).toBeLessThan(LARGEST_BYTES);
      const html = readFileSync(file, "utf8");
      expect(html).toContain("default-src 'none'");
      const fetched = "performance.getEntriesByType('resource').length";
      expect(await browser.evaluate(fetched)).toBe(0);
      expect(await browser.evaluate("document.querySelectorAll('[src], [href]').length")).toBe(0);
      expect(await browser.evaluate("document.querySelectorAll('svg.diagram').length")).toBe(
        audience === "answers" ? 1 : 0,
      );
      expect(await seriousFaults(browser, axe.source)).toEqual([]);
    },
  );

  test.each(AUDIENCES)("for %s in the dark: accessible", async (audience) => {
    const features = [{ name: "prefers-color-scheme", value: "dark" }];
    await browser.send("Emulation.setEmulatedMedia", { features });
    await openPage("twitter", audience);
    const faults = await seriousFaults(browser, axe.source);
    await browser.send("Emulation.setEmulatedMedia", { features: [] });
    expect(faults).toEqual([]);
  });

  test("axe would find a fault", async () => {
    await openPage("twitter", "candidate");
    await browser.evaluate("document.querySelector('textarea').removeAttribute('aria-label')");
    await browser.evaluate(axe.source);
    const faults = await browser.evaluate(
      "axe.run().then(({ violations }) => violations.map(({ id }) => id))",
    );
    expect(faults).toContain("label");
  });

  test("a definition cannot put a script into the page", async () => {
    const file = join(folder, "worksheets/systems/evil.json");
    await runCli(folder, ["worksheet", "new", "evil"]);
    const evil = readFileSync(file, "utf8")
      .replace('"title": "Evil"', '"title": "</title><script>window.hit = 1</script>"')
      .replace(
        '"Write a note."',
        "\"<img src=x onerror='window.hit = 1'> Write a note </script><script>window.hit = 1</script>\"",
      )
      .replace('"Client"', '"<script>window.hit = 1</script>"');
    writeFileSync(file, evil);
    for (const audience of AUDIENCES) {
      await openPage("evil", audience);
      expect(await browser.evaluate("window.hit ?? 'safe'")).toBe("safe");
      expect(await browser.evaluate("document.querySelectorAll('img, script').length")).toBe(2);
    }
  });
});

test.runIf(command === undefined)("pages are not tested: no chromium on this machine", () => {
  expect(command).toBeUndefined();
});
