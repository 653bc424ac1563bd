// How long `graph` takes, how large its page is, and how soon a browser paints it.  npm run bench:graph
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { measure, median } from "./measure.mjs";

const ROUNDS = 5;
const cli = join(import.meta.dirname, "../dist/cli.js");
const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);

await report("1 workflow with 300 jobs", [workflow(300)]);
await report(
  "100 workflows with 6 jobs each",
  Array.from({ length: 100 }, () => workflow(6)),
);

async function report(name, workflows) {
  const folder = mkdtempSync(join(tmpdir(), "flowkeep-bench-graph-"));
  const page = join(folder, "page.html");
  mkdirSync(join(folder, ".github/workflows"), { recursive: true });
  workflows.forEach((text, at) => writeFileSync(join(folder, `.github/workflows/w${at}.yml`), text));
  const drawn = measure([process.execPath, cli, "graph", "--cwd", folder, "--out", page], folder);
  const paint = executablePath === undefined ? undefined : await firstPaint(pathToFileURL(page).href);
  const kilobytes = Math.round(statSync(page).size / 1000);
  const painted = paint === undefined ? "no browser here" : `first paint ${Math.round(paint)} ms`;
  console.log(`${name}: drawn in ${drawn.seconds.toFixed(2)} s, ${kilobytes} kB, ${painted}`);
  rmSync(folder, { recursive: true });
}

/** Milliseconds; the median of new pages in one browser. */
async function firstPaint(url) {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const times = [];
  for (let round = 0; round < ROUNDS; round++) {
    const page = await browser.newPage();
    await page.goto(url);
    times.push(
      await page.evaluate(
        () =>
          new Promise((resolve) => {
            const observer = new PerformanceObserver((list) => {
              const [entry] = list.getEntriesByName("first-contentful-paint");
              if (entry !== undefined) resolve(entry.startTime);
            });
            observer.observe({ type: "paint", buffered: true });
          }),
      ),
    );
    await page.close();
  }
  await browser.close();
  return median(times);
}

function workflow(jobs) {
  const lines = ["on: push", "permissions: { contents: write }", "jobs:"];
  for (let at = 0; at < jobs; at++) {
    lines.push(`  job-${at}:`);
    if (at >= 10) lines.push(`    needs: [job-${at - 10}]`);
    lines.push(
      "    runs-on: ubuntu-latest",
      "    steps:",
      "      - uses: actions/checkout@v5",
      "      - name: Build it",
      "        run: make",
      "      - run: git push origin HEAD:main",
    );
  }
  return `${lines.join("\n")}\n`;
}
