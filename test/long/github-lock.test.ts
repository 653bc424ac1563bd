import { describe, expect, it } from "vitest";
import { composite, idOf, manifest, release } from "../actions/remote/action-server.ts";
import { findingsOf, GITHUB_LOCK, githubLockProject, SOURCE, YAML } from "../cli/github-lock-project.ts";

const current = githubLockProject();

describe("GitHub's own lock", () => {
  it("has a tag that was moved told with --online, and lets a line of versions go on", async () => {
    const project = current();
    await project.addAndGenerate();
    const next = await release(project.repository, "v1.3.0", { "action.yml": composite(`${project.inner}@v1.0.0`) });
    await project.repository.git("tag", "--force", "v1", next);
    expect(await project.ask("check", "--online")).toMatchObject({ code: 0 });
    // A release that `v1` has not come to yet is not what GitHub takes for `v1`.
    await project.repository.git("tag", "--force", "v1", project.sha.deploy);
    const ahead = { [GITHUB_LOCK]: project.lockText.replaceAll(project.sha.deploy, next) };
    const lockFile = "generated/actions.lock.json";
    project.write({
      ...ahead,
      [lockFile]: project.read(lockFile).replace(project.sha.deploy, next).replace("v1.2.0", "v1.3.0"),
    });
    const early = await project.ask("check", "--online", "--format", "json");
    expect(early.code).toBe(1);
    expect(findingsOf(early.out)).toEqual([`impostor-commit ${GITHUB_LOCK}:12`]);
    expect(early.out).toContain(`${next} is not in the history of v1`);
    expect((await project.ask("actions", "update")).code).toBe(0);
    expect(project.read(GITHUB_LOCK)).toBe(project.lockText);
    await project.repository.git("tag", "--force", "v1", next);

    await project.repository.git("tag", "--force", "v1.2.0", next);
    const moved = await project.ask("check", "--online", "--format", "json");
    expect(moved.code).toBe(1);
    expect(findingsOf(moved.out)).toEqual([
      expect.stringMatching(/^moved-tag generated\/actions\.lock\.json:/) as string,
    ]);
  });

  it("is raised with `actions update`, and by a bot, whose change is taken over or refused", async () => {
    const project = current();
    await project.addAndGenerate();
    const before = project.read(GITHUB_LOCK);
    const next = await release(project.repository, "v1.3.0", { "action.yml": composite(`${project.inner}@v1.0.0`) });
    // `v1` lags behind: GitHub would not find the newer commit below it.
    expect((await project.ask("actions", "update")).code).toBe(0);
    expect(project.read(GITHUB_LOCK)).toBe(before);
    await project.repository.git("tag", "--force", "v1", next);
    // A bot relocks.
    project.write({ [GITHUB_LOCK]: before.replace(project.sha.deploy, next) });
    const synced = await project.ask("actions", "sync");
    expect(synced).toMatchObject({ code: 0 });
    expect(synced.out).toContain(`${project.deploy}@v1 → v1.3.0`);
    expect(project.read(GITHUB_LOCK)).toBe(before.replace(project.sha.deploy, next));
    expect(project.run(["check"])).toMatchObject({ code: 0 });

    // A bot raises the ref in the YAML, and its lock with it.
    const two = await release(project.repository, "v2.0.0", { "action.yml": manifest() });
    await project.repository.git("tag", "v2", two);
    const yaml = project.read(YAML);
    project.write({ [YAML]: yaml.replace(`${project.deploy}@v1`, `${project.deploy}@v2`) });
    expect((await project.ask("actions", "sync")).code).toBe(0);
    expect(project.read(SOURCE)).toBe(project.source.replace('@v1"', '@v2"'));
    expect(project.read(GITHUB_LOCK)).toContain(
      `    '${`${project.deploy}@v2`}':\n        ref: 'v2'\n        commit: 'sha1-${two}'\n`,
    );
    expect(project.run(["check"])).toMatchObject({ code: 0 });

    // A commit of another line under the same name, another repository's numbers, a commit of nobody's.
    const good = project.read(GITHUB_LOCK);
    for (const [from, to, reason] of [
      [two, project.sha.deploy, "the comment says v2, and that is"],
      [`repo_id: ${idOf(project.deploy)}`, "repo_id: 6", "is another repository than it was"],
      [two, "4".repeat(40), "has no such commit"],
    ] as const) {
      project.write({ [GITHUB_LOCK]: good.replace(from, to) });
      const refused = await project.ask("actions", "sync");
      expect(refused, reason).toMatchObject({ code: 1 });
      expect(refused.err).toContain(reason);
    }
  });
});
