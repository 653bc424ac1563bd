import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { filesToCheck } from "../../src/project/lint/files-to-check.ts";
import type { Project } from "../../src/project/project.ts";
import { pushAnalysis } from "../../src/project/pushes/push-analysis.ts";
import { workOutShare } from "../../src/project/pushes/work-out-share.ts";

const DIST = pathToFileURL(join(import.meta.dirname, "../../dist/"));

let project: Project;
beforeEach(() => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "flowkeep-share-")));
  project = { root, scratch: tmpdir(), flowkeep: new URL("index.js", DIST) };
  mkdirSync(join(root, ".github/workflows"), { recursive: true });
  mkdirSync(join(root, "ci"));
  writeFileSync(join(root, "ci/push.sh"), "git push origin HEAD:docs\n");
  // Enough text for a second thread to be worth it.
  const padding = `# ${"x".repeat(60)}\n`.repeat(600);
  for (let at = 0; at < 40; at += 1)
    writeFileSync(join(root, `.github/workflows/${at}.yml`), `${workflow(at)}${padding}`);
});
afterEach(() => rmSync(project.root, { recursive: true, force: true }));

function workflow(at: number): string {
  const steps = [
    `- run: git push origin HEAD:b${at}`,
    "- run: bash ci/push.sh",
    `- run: git push "https://x:$T@github.com/octo/app" HEAD:b${at}\n        env: { T: "\${{ secrets.PAT_${at} }}" }`,
    "- run: make",
  ];
  return `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n      ${steps[at % 4]}\n`;
}

async function verdictsWith(verdictThread: URL | undefined) {
  const { files } = await filesToCheck(project, { paths: [], mayRun: false });
  const analysis = await pushAnalysis({ ...project, verdictThread });
  await analysis.prepare(files);
  return files.map((file) => analysis.of(file));
}

describe("verdicts that two threads share", () => {
  it("are those of one", async () => {
    const alone = await verdictsWith(undefined);
    expect(alone.filter(({ pushes }) => pushes.length > 0)).toHaveLength(30);
    expect(await verdictsWith(new URL("verdict-thread.js", DIST))).toEqual(alone);
  });

  it("are all there where the second thread fails", async () => {
    const alone = await verdictsWith(undefined);
    const broken = join(project.root, "broken.mjs");
    writeFileSync(
      broken,
      `import { workerData } from "node:worker_threads";
Atomics.add(new Int32Array(workerData.next), 0, 3);
throw new Error("no");`,
    );
    expect(await verdictsWith(pathToFileURL(broken))).toEqual(alone);
    expect(await verdictsWith(new URL("no-such-file.js", DIST))).toEqual(alone);
  });

  it("are worked out by the second thread as by the first", async () => {
    const { files } = await filesToCheck(project, { paths: [], mayRun: false });
    const order = { root: project.root, repository: "octo/app", actions: undefined, next: new SharedArrayBuffer(4) };
    const texts = files.map(({ path, texts: [text] }) => ({ path, text: text?.text ?? "" }));
    const answer = await workOutShare({ ...order, files: texts });
    const analysis = await pushAnalysis(project, undefined, { config: { repository: "octo/app" } });
    expect(answer.map(([at]) => at)).toEqual(files.map((_, at) => at));
    expect(answer.map(([, { verdicts }]) => verdicts)).toEqual(files.map((file) => analysis.of(file)));
    const scripts = answer.filter(([, { asked }]) => asked.includes("ci/push.sh"));
    expect(scripts).toHaveLength(10);
  });
});
