import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { renderPage } from "../../src/graph/render.ts";
import { FILES, modelOf } from "./model-of.ts";

const browserPath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const assets = join(import.meta.dirname, "../../dist/graph");
const axe = join(import.meta.dirname, "../../node_modules/axe-core/axe.min.js");
const folder = mkdtempSync(join(tmpdir(), "flowkeep-page-"));
const file = join(folder, "page.html");

const HOSTILE = `"'></h3><img src=x onerror=window.hacked=1><script>window.hacked=1</script>`;

const files = {
  ...FILES,
  ".github/workflows/hostile.yml": `name: ${JSON.stringify(HOSTILE)}
on: push
jobs:
  hostile:
    name: ${JSON.stringify(HOSTILE)}
    runs-on: x
    steps:
      - name: ${JSON.stringify(HOSTILE)}
        run: echo
      - uses: actions/checkout@v5
        with: { path: ${JSON.stringify(HOSTILE)} }
      - run: git push "https://x:\${{ secrets.PAT }}@github.com/a/b" ${JSON.stringify(`HEAD:${HOSTILE}`)}
`,
};

describe.skipIf(browserPath === undefined)("the page in a browser", () => {
  let browser: Browser;
  let page: Page;
  let said: string[];

  beforeAll(async () => {
    const read = (name: string): string => readFileSync(join(assets, name), "utf8").trim();
    const options = { script: read("page.js"), style: read("page.css"), link: "./{file}#L{line}" };
    writeFileSync(file, await renderPage(modelOf(files), options));
    browser = await chromium.launch({ ...(browserPath && { executablePath: browserPath }), args: ["--no-sandbox"] });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });
  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1100, height: 800 } });
    said = [];
    page.on("console", (message) => said.push(message.text()));
    page.on("pageerror", (error) => said.push(error.message));
    page.on("request", (request) => {
      if (!request.url().startsWith("file:")) said.push(`asked for ${request.url()}`);
    });
  });
  afterEach(async () => {
    expect(said).toEqual([]);
    expect(await page.evaluate("window.hacked")).toBeUndefined();
    await page.close();
  });

  const open = (hash = ""): Promise<unknown> => page.goto(pathToFileURL(file).href + hash);
  /** The page when nothing moves any more. */
  const stillPicture = async (): Promise<Buffer> => {
    let before = await page.screenshot({ animations: "disabled" });
    for (;;) {
      const picture = await page.screenshot({ animations: "disabled" });
      if (picture.equals(before)) return picture;
      before = picture;
    }
  };
  /** The page follows its address, and the browser tells it of a new address later than the key or click returns. */
  const expectJob = (title: string): Promise<void> =>
    expect.poll(() => page.locator(".job h3").allTextContents(), { timeout: 50_000 }).toEqual([title]);

  it("lists the pushes, and marks those that are wrong", async () => {
    await open();
    expect(await page.locator("header p").first().textContent()).toBe("3 workflows, 5 jobs, 4 pushes; 1 push is wrong");
    expect(await page.locator("tr.wrong", { hasText: "Refresh the map" }).locator("td").last().textContent()).toBe(
      "✗ hijacked",
    );
    expect(await page.locator("svg .fk-wrong").allTextContents()).toEqual([
      "Refresh the map self-hosted, linux ✗ push: hijacked ",
    ]);
  });

  it("opens a job by a click, shows the hijack, and leads back", async () => {
    await open();
    await page.locator("svg a", { hasText: "Refresh the map" }).click();
    expect(page.url()).toContain("#refresh/refresh");
    await expectJob("Job Refresh the map");
    // Without reading: the step, the credential that goes out, and the one that does not.
    expect(await page.locator(".steps > li.wrong").count()).toBe(1);
    expect(await page.locator(".steps > li.wrong .thief").textContent()).toBe("");
    expect(await page.locator(".steps > li.wrong .robbed").textContent()).toBe("B");
    expect(await page.locator(".steps > li:not(.wrong) :is(.thief, .robbed)").count()).toBe(0);
    const push = page.locator(".push.wrong");
    expect(await push.locator("p").first().textContent()).toBe(
      "✗ hijacked GitHub sees A · GITHUB_TOKEN, and B · the secret CACHE_PUSH_TOKEN was meant",
    );
    await push.locator("summary").click();
    expect(await push.locator("details li").count()).toBeGreaterThan(1);
    expect(await page.locator(".legend li").first().textContent()).toContain(
      "in .git/config, http.https://github.com/.extraheader: from step 1; steps 2 to 3 can read it; sent to GitHub by step 3",
    );
    await page.goBack();
    expect(await page.locator(".job").count()).toBe(0);
  });

  it("has a link for each view", async () => {
    await open("#refresh/refresh?only=wrong&q=map");
    await expectJob("Job Refresh the map");
    expect(await page.locator("#search").inputValue()).toBe("map");
    expect(await page.locator("#only").inputValue()).toBe("wrong");
    expect(await page.locator(".job .places a").last().getAttribute("href")).toMatch(
      /^\.\/\.github\/workflows\/refresh\.yml#L\d+$/,
    );
    await open("#nothing/such?only=rubbish");
    expect(await page.locator(".job").count()).toBe(0);
  });

  it("searches and filters", async () => {
    await open();
    await page.locator("#search").fill("publish checkout");
    await expect.poll(() => page.locator(".workflow:visible").count()).toBe(1);
    expect(await page.locator("#status").textContent()).toBe("1 of 3 workflows");
    expect(page.url()).toContain("q=publish+checkout");
    await page.locator("#search").fill("");
    await page.locator("#only").selectOption("wrong");
    await expect.poll(() => page.locator(".workflow:visible").count()).toBe(1);
    expect(await page.locator("#w-refresh svg a.faint").count()).toBe(2);
  });

  it("is used from the keyboard alone", async () => {
    await open();
    await page.keyboard.press("n");
    await expectJob("Job build");
    await page.keyboard.press("n");
    await expectJob("Job Refresh the map");
    await page.keyboard.press("p");
    await expectJob("Job build");
    expect(await page.evaluate("document.activeElement.className")).toBe("job");
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator(".job").count()).toBe(0);
    await page.keyboard.press("/");
    await page.keyboard.type("map");
    expect(await page.locator("#search").inputValue()).toBe("map");
    await page.keyboard.press("Escape");
    await page.locator("svg a", { hasText: "Refresh the map" }).focus();
    await page.keyboard.press("Enter");
    await expectJob("Job Refresh the map");
  });

  it("shows hostile names as they are written", async () => {
    await open("#hostile/hostile");
    await expectJob(`Job ${HOSTILE}`);
    expect(await page.locator("img").count()).toBe(0);
  });

  it.each([
    [360, "light"],
    [360, "dark"],
    [1100, "light"],
  ] as const)("keeps its parts apart at %i pixels, %s", async (width, colorScheme) => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await open("#refresh/refresh");
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
    const boxes = await page.locator(".steps > li").evaluateAll((items) =>
      items.map((item) => {
        const [lanes, body] = [...item.children].map((child) => child.getBoundingClientRect());
        const bars = [...item.querySelectorAll(".lane")].map((bar) => bar.getBoundingClientRect());
        const isApart = bars.every((bar, at) => bars.every((other, index) => index <= at || bar.right <= other.left));
        return { isApart, isLeft: (lanes?.right ?? 0) <= (body?.left ?? 0), height: body?.height ?? 0 };
      }),
    );
    expect(boxes).toHaveLength(3);
    for (const { isApart, isLeft, height } of boxes) expect([isApart, isLeft, height > 20]).toEqual([true, true, true]);
    // The same page is the same picture.
    const picture = await stillPicture();
    await page.reload();
    expect((await stillPicture()).equals(picture)).toBe(true);
  });

  it.each(["light", "dark"] as const)("has nothing that axe calls serious, %s", async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await open("#refresh/refresh");
    // The page's policy lets no script in: this is a debugger's.
    const session = await page.context().newCDPSession(page);
    const evaluate = (expression: string) =>
      session.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    await evaluate(readFileSync(axe, "utf8"));
    const { result } = await evaluate(
      "axe.run().then(({ violations }) => violations.map(({ id, impact, nodes }) => `${impact} ${id} ${nodes[0].html}`))",
    );
    const violations = result.value as readonly string[];
    expect(violations.filter((text) => /^(?:serious|critical)/.test(text))).toEqual([]);
  });

  it("prints the opened job, without the controls", async () => {
    await open("#refresh/refresh");
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".controls").isVisible()).toBe(false);
    expect(await page.locator(".job").isVisible()).toBe(true);
  });
});
