import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openCatalog } from "../../src/actions/catalog.ts";
import { emptyLock } from "../../src/actions/lock.ts";
import { importAll } from "../../src/import/import-all.ts";
import type { RunStep } from "../../src/ir/workflow.ts";
import { upgradeImports } from "../../src/project/sources/upgrade-imports.ts";
import { readFile } from "../../src/read/read-file.ts";
import { BASIC, PushSandbox, TOKENS, type PushJob } from "../define/push-sandbox.ts";
import { BOT, workflowOf, type Around } from "./upgraded.ts";

let sandbox: PushSandbox;
beforeAll(async () => void (sandbox = await PushSandbox.start()));
afterAll(() => sandbox.stop());

interface Script {
  readonly text: string;
  readonly env: Readonly<Record<string, string>>;
}

/** The step as it is, and as an import with `--upgrade` leaves it. */
async function bothScripts(script: string, around: Around): Promise<readonly [Script, Script]> {
  const path = ".github/workflows/a.yml";
  const file = readFile(path, workflowOf(script, around));
  const catalog = await openCatalog();
  const { result, plan } = await upgradeImports([file], { catalog }, (pushes) =>
    importAll([file], {
      lock: emptyLock,
      known: { catalog },
      layout: {},
      flowkeep: new URL("../../src/index.ts", import.meta.url),
      scratch: tmpdir(),
      pushes,
    }),
  );
  expect(plan.left).toEqual([]);
  const [outcome] = result.outcomes;
  if (outcome?.kind !== "imported") throw new Error(outcome?.reason);
  return [stepOf(file), stepOf(readFile(path, outcome.yaml))];
}

/** The step that pushes: the last. */
function stepOf({ node }: ReturnType<typeof readFile>): Script {
  const job = node?.kind === "workflow" ? node.jobs?.entries[0]?.value : undefined;
  const step = job?.kind === "job" ? (job.steps?.items.at(-1) as RunStep) : undefined;
  const env = step?.env?.kind === "mapping" ? step.env.entries.map(({ key, value }) => [key.text, value.text]) : [];
  return { text: step?.run.text ?? "", env: Object.fromEntries(env) as Record<string, string> };
}

/** Runs a script in a job of its own, behind a checkout that keeps the job's token, and tells what the server has then. */
async function run({ text, env }: Script, before: string) {
  const job = await sandbox.job();
  await job.bash(`git config --local "http.$URL/.extraheader" "AUTHORIZATION: basic ${BASIC(TOKENS.GITHUB_TOKEN)}"`);
  await job.bash(before);
  const fill = (given: string): string =>
    given
      .replaceAll("${{ github.ref_name }}", "main")
      .replaceAll("${{ github.token }}", TOKENS.GITHUB_TOKEN)
      .replaceAll("${{ secrets.PAT }}", TOKENS.PAT)
      .replaceAll("${{ github.repository }}", job.name)
      .replaceAll("https://x-access-token:", "http://x-access-token:")
      .replaceAll("@github.com/", `@${new URL(sandbox.server.url).host}/`);
  const values = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, fill(value)]));
  // The sandbox's own author must not cover what a script configures.
  const unset = "unset GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL\n";
  const named = Object.hasOwn(env, "GIT_AUTHOR_NAME") ? "" : unset;
  const server = { GITHUB_SERVER_URL: sandbox.server.url, GITHUB_OUTPUT: "/dev/null" };
  const seen = job.requests().length;
  await job.bash(`${named}${fill(text)}`, { ...server, ...values });
  const pushed = job
    .requests()
    .slice(seen)
    .filter(({ path }) => path.includes("git-receive-pack"));
  return { refs: await refsOf(job), by: [...new Set(pushed.flatMap(({ identities }) => identities))] };
}

/** Every ref with the tree, the authors, the message and the parents' trees of its commit: dates are no part of it. */
async function refsOf(job: PushJob): Promise<readonly string[]> {
  const format = "%T|%an <%ae>|%cn <%ce>|%B";
  const refs = await job.bash(`git -C "$BARE" for-each-ref --format='%(refname)'`);
  const found: string[] = [];
  for (const ref of refs.trim().split("\n"))
    found.push(`${ref} ${await job.bash(`git -C "$BARE" log -3 --format='${format}' ${ref}`)}`);
  return found;
}

const CHANGE = "echo changed >README.md; echo new >new.txt; mkdir -p docs; echo doc >docs/a.md";
const ROBOT = `git config user.name "Röbot"\ngit config user.email robot@example.com\n`;

describe("a push that was upgraded leaves on the server what the script left", () => {
  test.each<[string, string, string, Around]>([
    ["everything", `${BOT}git add .\ngit commit -m "All of it"\ngit push`, CHANGE, {}],
    ["from a run for any ref", `${ROBOT}git add -A\ngit commit -m "All" -m "of it"\ngit push`, CHANGE, { on: "push" }],
    [
      "some paths",
      `${ROBOT}git add docs new.txt\ngit commit -m 'It costs "$5" \`now\`'\ngit push origin HEAD:main`,
      CHANGE,
      {},
    ],
    [
      "to a branch that is not there yet",
      `${BOT}git add docs/\ngit commit -q -m docs\ngit push -u origin HEAD:refs/heads/bot/docs`,
      CHANGE,
      {},
    ],
    ["with a lease", `${BOT}git add .\ngit commit -m x\ngit push --force-with-lease origin HEAD:main`, CHANGE, {}],
    ["asked first", `${BOT}git add .\ngit diff --cached --quiet || (git commit -m x && git push)`, CHANGE, {}],
    [
      "asked first, in vain",
      `${BOT}git add .\nif git diff --cached --quiet; then\n  echo same\n  exit 0\nfi\ngit commit -m x\ngit push`,
      "true",
      {},
    ],
    [
      "commits of an earlier step",
      "git push origin main",
      "echo x >x; git add x; git commit -qm 'by hand'",
      { on: "push" },
    ],
    ["several refs", "git push origin HEAD:a HEAD:b", "echo x >x; git add x; git commit -qm 'by hand'", {}],
    [
      "a token in the URL",
      `${ROBOT}git add .\ngit commit -m x\ngit push "https://x-access-token:\${{ secrets.PAT }}@github.com/\${{ github.repository }}" HEAD:main`,
      `git config --local --unset "http.$URL/.extraheader"; ${CHANGE}`,
      { checkout: "persist-credentials: false" },
    ],
  ])("%s", async (_, script, before, around) => {
    const [old, made] = await bothScripts(script, around);
    const [was, is] = await Promise.all([run(old, before), run(made, before)]);
    expect(made.text).toContain("authenticated push");
    expect(is).toEqual(was);
    if (before !== "true") expect(is.by).toEqual([script.includes("secrets.PAT") ? "PAT" : "GITHUB_TOKEN"]);
  });
});
