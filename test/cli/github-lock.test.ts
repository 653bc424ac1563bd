import { describe, expect, it } from "vitest";
import { idOf } from "../actions/remote/action-server.ts";
import { findingsOf, GITHUB_LOCK, githubLockProject, SOURCE, YAML } from "./github-lock-project.ts";

const current = githubLockProject();

function lineOf(text: string, words: string): number {
  return text.slice(0, text.indexOf(words)).split("\n").length;
}

describe("GitHub's own lock", () => {
  it("is written beside YAML with readable refs, with the numbers that the API gives", async () => {
    const project = current();
    await project.addAndGenerate();
    expect(project.read(GITHUB_LOCK)).toBe(project.lockText);
    expect(project.read(YAML)).toContain(`- uses: ${project.refs[0]}\n      - uses: ${project.refs[1]}\n`);
    expect(project.run(["check"])).toMatchObject({ code: 0 });
    expect(await project.ask("check", "--online")).toMatchObject({ code: 0 });
    expect(project.run(["gen"]).out).toContain("nothing to do");
    expect(project.read("generated/actions.lock.json")).not.toContain(project.token);
  });

  it("is left to `gh actions-lock` where there is no token, and what that wrote is checked", async () => {
    const project = current();
    await project.askWithout("actions", "add", ...project.refs);
    const generated = project.run(["gen"]);
    expect(generated.code).toBe(0);
    expect(generated.err).toContain("Run `gh actions-lock`, and `npx flowkeep check`");
    expect(project.read(YAML)).toContain(`${project.deploy}@v1`);
    expect(project.files()[GITHUB_LOCK]).toBeUndefined();
    expect(project.run(["check"]).code).toBe(1);
    // What gh's own extension writes then.
    project.write({ [GITHUB_LOCK]: project.lockText });
    expect(project.run(["check"])).toMatchObject({ code: 0 });
    project.write({ [GITHUB_LOCK]: project.lockText.replace(project.sha.deploy, project.sha.inner) });
    expect(project.run(["check"])).toMatchObject({ code: 1 });
  });

  it("pins what people wrote, too, as far as it lists it", async () => {
    const project = current();
    await project.addAndGenerate();
    const theirs = ".github/workflows/theirs.yml";
    project.write({
      [theirs]: `on: push\npermissions: {}\njobs: { a: { runs-on: x, timeout-minutes: 5, steps: [{ uses: ${project.deploy}@v1 }] } }\n`,
    });
    const unpinned = () => findingsOf(project.run(["lint", theirs, "--format", "json", "--fail-on", "error"]).out);
    expect(unpinned()).toEqual([`unpinned-uses ${theirs}:3`]);
    const text = project.lockText.replace(
      "dependencies:",
      `    '${theirs}':\n        - '${project.deploy}@v1'\ndependencies:`,
    );
    project.write({ [GITHUB_LOCK]: text });
    expect(unpinned()).toEqual([]);
    expect(project.run(["check"])).toMatchObject({ code: 0 });
    // Theirs stays, and one that lists what it does not use is told.
    project.write({
      [GITHUB_LOCK]: text.replace(
        `        - '${project.deploy}@v1'\ndependencies:`,
        `        - '${project.inner}@v1.0.0'\ndependencies:`,
      ),
    });
    expect(findingsOf(project.run(["check", "--format", "json"]).out)).toEqual([
      `unused-action ${GITHUB_LOCK}:${lineOf(text, theirs) + 1}`,
      `missing-lock-entry ${theirs}:3`,
      `unpinned-uses ${theirs}:3`,
    ]);
  });

  it("that says something else is found, each at its place", async () => {
    const project = current();
    await project.addAndGenerate();
    const [one, two] = [project.deploy, project.inner];
    const other = "3".repeat(40);
    const text = project.lockText
      .replace(project.sha.deploy, other)
      .replace(`        - '${two}@v1.0.0'\n`, `        - 'octo/stale@v1'\n`)
      .replace(`repo_id: ${idOf(two)}`, "repo_id: 5");
    const changed = `${text}    'octo/stale@v1':\n        ref: 'v1'\n        commit: 'sha1-${other}'\n        owner_id: 1\n        repo_id: 2\n`;
    project.write({ [GITHUB_LOCK]: changed });
    const { code, out } = project.run(["check", "--format", "json"]);
    expect(code).toBe(1);
    expect([...findingsOf(out)].sort()).toEqual(
      [
        `pin-not-locked ${GITHUB_LOCK}:${lineOf(changed, other)}`,
        `pin-not-locked ${GITHUB_LOCK}:${lineOf(changed, "repo_id: 5")}`,
        `unused-action ${GITHUB_LOCK}:${lineOf(changed, "octo/stale")}`,
        `unused-action ${GITHUB_LOCK}:${lineOf(changed, "    'octo/stale@v1':")}`,
        `missing-lock-entry ${SOURCE}:${lineOf(project.source, "octo/inner")}`,
      ].sort(),
    );
    expect(out).toContain(`GitHub's lock has ${one}@v1 at ${other}`);
    // `gen` writes it anew, and what others wrote besides stays.
    expect(project.run(["gen"]).code).toBe(0);
    expect(project.read(GITHUB_LOCK)).toBe(project.lockText);
  });

  it("of a newer form is never written, and one that cannot be read stops `gen` at its line", async () => {
    const project = current();
    await project.addAndGenerate();
    const newer = project.lockText.replace("v0.0.2", "v0.9.0").replace(project.sha.deploy, "3".repeat(40));
    project.write({ [GITHUB_LOCK]: newer });
    expect(project.run(["gen"])).toMatchObject({ code: 0 });
    expect(project.read(GITHUB_LOCK)).toBe(newer);
    const { code, out } = project.run(["check"]);
    expect(code).toBe(1);
    expect(out).toContain("has the form v0.9.0, which a newer `gh actions-lock` wrote");
    expect(out).toContain("pin-not-locked");
    project.write({ [GITHUB_LOCK]: "<<<<<<< HEAD\n" });
    const broken = project.run(["gen"]);
    expect(broken.code).toBe(2);
    expect(broken.err).toContain(`${GITHUB_LOCK}:1`);
    expect(project.read(GITHUB_LOCK)).toBe("<<<<<<< HEAD\n");
    // The refs in the YAML are as they should be, whatever the lock says.
    const checked = project.run(["check"]);
    expect(checked.code).toBe(2);
    expect(checked.out).toContain(`${GITHUB_LOCK}:1:1 error GitHub's lock has conflict markers of a merge`);
    expect(checked.out).not.toContain("pin-not-locked");
  });
});
