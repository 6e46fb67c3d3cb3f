import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Browser, findBrowser } from "./browser.ts";
import { runCli } from "./run-cli.ts";
import { seriousFaults } from "./serious-faults.ts";
import { SOUND, TOYS, TallyFolder, soundButInAdd } from "./tally-folder.ts";

const command = findBrowser();
const LARGEST_BYTES = 500_000;
const HOSTILE = soundButInAdd(`    console.log("<script>window.hit = 1</script>");
    if (word === "b") throw new TypeError("</dd><img src=x onerror='window.hit = 1'>");`);
const WRONG = SOUND.replace("this.count(word) + 1", "this.count(word) * 2 + 1");

interface Widths {
  readonly scrollWidth: number;
  readonly clientWidth: number;
}
const WIDTHS =
  "(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }))(document.documentElement)";

let folder: TallyFolder;
/** Pages by name. */
const pages = new Map<string, string>();

/** Grades an attempt at `tally` and keeps the page. */
async function page(name: string, source: string): Promise<void> {
  folder.attempt(source);
  await folder.kata(["grade", "tally", "--html", `${name}.html`]);
  pages.set(name, join(folder.dir, `${name}.html`));
}

beforeAll(async () => {
  folder = new TallyFolder();
  await folder.kata(["start", "tally"]);
  await page("wrong", WRONG);
  await page("hostile", HOSTILE);
  await page("does-not-compile", soundButInAdd("    const n: number = word;"));
  await page("denied", `import "node:fs";\n${SOUND}`);
  await page("sound", SOUND);
  const apart = join(TOYS, "solutions/toys/whisper/wrong/emit-apart.ts");
  const words = ["grade", "whisper", "--no-budget", "--file", apart, "--html", "cluster.html"];
  await folder.kata(words);
  pages.set("cluster", join(folder.dir, "cluster.html"));
  await folder.kata(["history", "--html", "history.html"]);
  pages.set("history", join(folder.dir, "history.html"));
  await folder.kata(["share", "--as", "ada", "--to", "group"]);
  const share = readFileSync(join(folder.dir, "group/ada.kata.json"), "utf8");
  const forged = share.replace('"as": "ada"', `"as": "<img src=x onerror=alert(1)>"`);
  writeFileSync(
    join(folder.dir, "group/eve.kata.json"),
    forged.replace('"points": 100', '"points": 40'),
  );
  await folder.kata(["compare", "group", "--html", "board.html"]);
  pages.set("board", join(folder.dir, "board.html"));
  const empty = new TallyFolder();
  await empty.kata(["history", "--html", "nothing.html"]);
  pages.set("nothing", join(empty.dir, "nothing.html"));
}, 180_000);

const NAMES = [
  "wrong",
  "hostile",
  "does-not-compile",
  "denied",
  "sound",
  "cluster",
  "history",
  "nothing",
  "board",
];

function html(name: string): string {
  return readFileSync(pages.get(name) ?? "", "utf8");
}

test.each(NAMES)("the page %s is closed and small", (name) => {
  expect(statSync(pages.get(name) ?? "").size).toBeLessThan(LARGEST_BYTES);
  expect(html(name)).toContain("default-src 'none'; style-src 'unsafe-inline'\">");
  const outside = html(name).replaceAll('xmlns="http://www.w3.org/2000/svg"', "");
  expect(outside).not.toMatch(/<script|<link|<img| src=| href=|url\((?!#)|@import/);
});

test("a page of a failure has its steps, values, rule, points and replay", () => {
  const stdout = html("wrong");
  expect(stdout).toContain("<h1>tally: failed: rejected</h1>");
  expect(stdout).toContain("<dt>Expected</dt><dd>[2,2]</dd>");
  expect(stdout).toContain("<dt>Got</dt><dd>[3,3]</dd>");
  expect(stdout).toContain("<li>&quot;a&quot; -&gt; [1,1]</li>");
  expect(stdout).toMatch(/<dt>Rule 1<\/dt><dd>Counts\./);
  expect(stdout).toMatch(/kata grade tally --replay [\w-]+/);
  expect(stdout).toMatch(/words-are-apart<\/th><td class="held">✓ held<\/td>/);
  expect(stdout).not.toContain("<h2>Budgets</h2>");
});

test("a page of a pass has budgets with limit, protections and environment", () => {
  const text = html("sound");
  expect(text).toMatch(/<p class="score">100<small> of 100/);
  expect(text).toMatch(/<title[^>]*>Time, counts and memory against the reference<\/title>/);
  expect(text).toMatch(/add \d+\.\d\dx, limit 5\.00x\./);
  expect(text).toContain('<th scope="row">own-process</th><td>active</td>');
  expect(text).toContain(`<dt>node</dt><dd>${process.version}</dd>`);
});

test("a page of what was not run says why", () => {
  expect(html("does-not-compile")).toMatch(/<h2>Types<\/h2>[\s\S]*tally\.ts:\d+:\d+/);
  expect(html("denied")).toMatch(/<h2>Not allowed<\/h2>[\s\S]*tally\.ts:1:8/);
});

test("a page of a cluster has the space-time diagram", () => {
  expect(html("cluster")).toContain('class="story"');
});

test("the history page has every grade and its plots", () => {
  const text = html("history");
  expect(text).toMatch(/<title[^>]*>tally: points of whole grades over time<\/title>/);
  expect(text).toMatch(/<title[^>]*>tally: time against the reference, over time<\/title>/);
  expect(text).toMatch(/<title[^>]*>Minutes from start to first pass<\/title>/);
  expect(text.match(/<td>\d{4}-\d\d-\d\d \d\d:\d\d<\/td>/g)).toHaveLength(6);
});

test("the board has every member, and what a forged file claims in words of its own", () => {
  expect(html("board")).toContain("ada");
  expect(html("board")).toMatch(/&lt;img src&#x3D;x onerror/);
});

test("a page of ours is written again, another file is kept", async () => {
  const own = await runCli(folder.dir, ["history", "--html", "history.html"], { KATA_ROOT: TOYS });
  expect(own.code).toBe(0);
  const other = await folder.kata(["history", "--html", "attempts/tally/tally.ts"]);
  expect(other).toMatchObject({ code: 2, stdout: "" });
  expect(readFileSync(join(folder.dir, "attempts/tally/tally.ts"), "utf8")).toBe(SOUND);
});

describe.skipIf(command === undefined)("in a browser", () => {
  let browser: Browser;
  const downloads = mkdtempSync(join(tmpdir(), "kata-page-"));
  beforeAll(async () => {
    browser = await Browser.open(command ?? "", downloads);
  });
  afterAll(async () => {
    await browser.close();
    rmSync(downloads, { recursive: true, force: true });
  });

  test.each(NAMES.flatMap((name) => ["light", "dark"].map((scheme) => [name, scheme])))(
    "%s, %s: accessible, nothing fetched, nothing run",
    async (name = "", scheme = "") => {
      const features = [{ name: "prefers-color-scheme", value: scheme }];
      await browser.send("Emulation.setEmulatedMedia", { features });
      await browser.visit(pathToFileURL(pages.get(name) ?? "").href);
      expect(await browser.evaluate("performance.getEntriesByType('resource').length")).toBe(0);
      expect(await browser.evaluate("window.hit ?? 'safe'")).toBe("safe");
      expect(await seriousFaults(browser, axe.source)).toEqual([]);
    },
  );

  test("on paper it is dark on white, and what was folded is there", async () => {
    const features = [{ name: "prefers-color-scheme", value: "dark" }];
    await browser.send("Emulation.setEmulatedMedia", { media: "print", features });
    await browser.visit(pathToFileURL(pages.get("cluster") ?? "").href);
    const looks =
      "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]";
    expect(await browser.evaluate(looks)).toEqual(["rgb(255, 255, 255)", "rgb(0, 0, 0)"]);
    const height = "document.querySelector('details pre').getBoundingClientRect().height";
    expect(await browser.evaluate(height)).toBeGreaterThan(20);
    await browser.send("Emulation.setEmulatedMedia", { media: "", features: [] });
  });

  test("no page is wider than a narrow window", async () => {
    const size = { height: 800, deviceScaleFactor: 1, mobile: false };
    await browser.send("Emulation.setDeviceMetricsOverride", { width: 420, ...size });
    for (const name of NAMES) {
      await browser.visit(pathToFileURL(pages.get(name) ?? "").href);
      const { scrollWidth, clientWidth } = (await browser.evaluate(WIDTHS)) as Widths;
      expect([name, scrollWidth]).toEqual([name, clientWidth]);
    }
    await browser.send("Emulation.clearDeviceMetricsOverride");
  });
});

test.runIf(command === undefined)("pages are not looked at: no chromium on this machine", () => {
  expect(command).toBeUndefined();
});
