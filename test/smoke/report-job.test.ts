import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Identity } from "../../src/credentials/identity.ts";
import type { PushVerdict } from "../../src/credentials/verdicts.ts";
import { entryOf } from "../../src/import/needed-jobs.ts";
import type { Value } from "../../src/ir/node.ts";
import { reportJob } from "../../src/smoke/report-job.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "report-test-"));
  // Answers what GitHub would, to who moved the branch to the commit and to who moved it from there.
  const gh = `#!/bin/sh
printf '%s\\n' "$*" >> '${folder}/asked'
case $* in *'.after =='*) echo "$PUSHER" ;; *) echo "$TAKER" ;; esac
`;
  writeFileSync(join(folder, "gh"), gh);
  writeFileSync(join(folder, "sleep"), "#!/bin/sh\n");
  for (const name of ["gh", "sleep"]) chmodSync(join(folder, name), 0o755);
});
afterAll(() => rmSync(folder, { recursive: true }));

function report(identity: Identity, pusher: string, alternatives: readonly Identity[] = []) {
  const verdict = {
    identity,
    alternatives: alternatives.map((other) => ({
      when: "x",
      identity: other,
      verdict: "as-intended",
      isProvided: true,
    })),
    target: { repository: "octo/app", ref: "main" },
    isOwnRepository: true,
  } as unknown as PushVerdict;
  const job = reportJob(verdict, { ref: "refs/heads/main", branch: "main", name: "main" });
  const steps = entryOf(job, "steps");
  const step = steps?.kind === "sequence" ? steps.items[0] : undefined;
  const text = (value: Value | undefined, key: string): string => {
    const found = value === undefined ? undefined : entryOf(value, key);
    return found?.kind === "scalar" ? found.text : "";
  };
  const env = step === undefined ? undefined : entryOf(step, "env");
  const summary = join(folder, "summary");
  writeFileSync(summary, "");
  const { status, stdout } = spawnSync("bash", ["-e", "-c", text(step, "run")], {
    env: {
      PATH: `${folder}:${process.env["PATH"] ?? ""}`,
      GITHUB_STEP_SUMMARY: summary,
      REPOSITORY: "octo/app",
      REF: text(env, "REF"),
      COMMIT: "abc",
      PREDICTED: text(env, "PREDICTED"),
      PUSHER: pusher,
      TAKER: pusher,
    },
    encoding: "utf8",
  });
  return { status, stdout, summary: readFileSync(summary, "utf8") };
}

const PAT: Identity = { kind: "pat", name: "PAT" };

describe("the report of a smoke test", () => {
  it.each<[Identity, string, number]>([
    [{ kind: "github-token" }, "github-actions[bot]", 0],
    [{ kind: "github-token" }, "octocat", 1],
    [PAT, "octocat", 0],
    [PAT, "github-actions[bot]", 1],
    [{ kind: "app", name: "mint" }, "map-app[bot]", 0],
    [{ kind: "app", name: "mint" }, "github-actions[bot]", 1],
    [{ kind: "app", name: "mint" }, "octocat", 1],
    [{ kind: "ssh", name: "KEY" }, "octocat", 0],
  ])("of %j, where GitHub names %s, ends with %d", (identity, pusher, code) => {
    const { status, stdout, summary } = report(identity, pusher);
    expect(status).toBe(code);
    expect(summary).toContain(`GitHub says that ${pusher} pushed to refs/heads/main.`);
    expect(summary).toContain(`The commit was taken back by ${pusher}.`);
    expect(stdout.includes("::error::")).toBe(code === 1);
  });

  it("says nothing against one of several that were predicted", () => {
    expect(report(PAT, "github-actions[bot]", [{ kind: "github-token" }]).status).toBe(0);
  });

  it("fails where GitHub names nobody", () => {
    const { status, stdout } = report(PAT, "");
    expect(status).toBe(1);
    expect(stdout).toContain("::error::GitHub names nobody who pushed abc to refs/heads/main");
    expect(readFileSync(join(folder, "asked"), "utf8")).toContain(
      "api repos/octo/app/activity?ref=refs/heads/main&per_page=100 --jq",
    );
  });
});
