import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { filesToCheck } from "../../src/project/lint/files-to-check.ts";
import type { Project } from "../../src/project/project.ts";
import { lintProject } from "../../src/project/lint/lint-project.ts";
import { workOutShare } from "../../src/project/lint/work-out-share.ts";
import { listPushes, listPushesIn } from "../../src/project/pushes/list-pushes.ts";
import { pushAnalysis } from "../../src/project/pushes/push-analysis.ts";
import { findingJson } from "../../src/report/finding.ts";

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

/** What both commands say, as plain data. */
async function answersWith(verdictThread: URL | undefined): Promise<unknown> {
  const which = { paths: [], mayRun: false };
  const { pushes, findings } = await listPushes({ ...project, verdictThread }, which);
  const linted = await lintProject({ ...project, verdictThread }, which);
  expect(pushes).toHaveLength(30);
  return JSON.parse(JSON.stringify([pushes, findings.map(findingJson), linted.findings.map(findingJson)]));
}

describe("work that two threads share", () => {
  it("comes out as that of one", async () => {
    expect(await answersWith(new URL("verdict-thread.js", DIST))).toEqual(await answersWith(undefined));
  });

  it("is all done where the second thread fails", async () => {
    const alone = await answersWith(undefined);
    const broken = join(project.root, "broken.mjs");
    writeFileSync(
      broken,
      `import { workerData } from "node:worker_threads";
Atomics.add(new Int32Array(workerData.next), 0, 3);
throw new Error("no");`,
    );
    expect(await answersWith(pathToFileURL(broken))).toEqual(alone);
    expect(await answersWith(new URL("no-such-file.js", DIST))).toEqual(alone);
  });

  it("is done by the second thread as by the first, and tells what it came from", async () => {
    const { files } = await filesToCheck(project, { paths: [], mayRun: false });
    const config = { repository: "octo/app" };
    const answer = await workOutShare({
      root: project.root,
      flowkeep: project.flowkeep.href,
      config,
      task: "pushes",
      rules: ["push-hijacked"],
      files: files.map(({ path, texts: [text] }) => ({ path, text: text?.text ?? "", verdicts: undefined })),
      next: new SharedArrayBuffer(4),
    });
    const analysis = await pushAnalysis(project, undefined, { config });
    expect(answer.map(([at]) => at)).toEqual(files.map((_, at) => at));
    expect(answer.map(([, { analyzed }]) => analyzed?.answer)).toEqual(files.map((file) => analysis.of(file)));
    const hijacked = answer.filter(([, { checked }]) => checked?.answer.found.length === 1);
    expect(hijacked).toHaveLength(10);
    const scripts = answer.filter(([, { analyzed }]) => analyzed?.from.some(([name]) => name === "text ci/push.sh"));
    expect(scripts).toHaveLength(10);
  });

  it("is kept with what the second thread saw, whatever is there when it answers", async () => {
    const early = join(project.root, "early.mjs");
    writeFileSync(
      early,
      `import { parentPort, workerData } from "node:worker_threads";
Atomics.add(new Int32Array(workerData.next), 0, 1000);
const analyzed = { answer: { pushes: [], reads: [] }, from: [["text ci/push.sh", "another script"]] };
parentPort.postMessage(workerData.files.map((_, at) => [at, { analyzed }]));`,
    );
    const list = async (verdictThread: URL | undefined) =>
      listPushes({ ...project, cache: join(project.root, "cache"), verdictThread }, { paths: [], mayRun: false });
    expect((await list(pathToFileURL(early))).pushes).toEqual([]);
    expect((await list(undefined)).pushes).toHaveLength(30);
  });

  it("is done by one where a config holds what no other thread can be given", async () => {
    const which = await filesToCheck(project, { paths: [], mayRun: false });
    const rulesets = [Object.assign(() => undefined, { rules: [] })];
    const configured = { ...which.configured, config: { rulesets } };
    const thread = { ...project, verdictThread: new URL("verdict-thread.js", DIST) };
    expect((await listPushesIn(thread, { ...which, configured })).pushes).toHaveLength(30);
  });
});
