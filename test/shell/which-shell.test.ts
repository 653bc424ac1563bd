import { describe, expect, it } from "vitest";
import { readRun } from "../../src/shell/read-run.ts";
import { findShells, findSystem, readShell, type Shell } from "../../src/shell/which-shell.ts";
import { show } from "./show.ts";

function showShell(shell: Shell): string {
  if (shell.kind === "other") return `other(${shell.command})`;
  if (!("options" in shell)) return shell.kind;
  const on = Object.entries(shell.options).flatMap(([name, isOn]) => (isOn ? [name] : []));
  return `${shell.kind}(${on.join(" ")})`;
}

describe("readShell", () => {
  it.each([
    ["bash", "bash(errexit pipefail)"],
    ["sh", "sh(errexit)"],
    ["pwsh", "pwsh"],
    ["powershell", "powershell"],
    ["cmd", "cmd"],
    ["python", "other(python)"],
    ["bash {0}", "bash()"],
    ["bash -x {0}", "bash(xtrace)"],
    ["bash -l {0}", "bash()"],
    ["bash -leo pipefail {0}", "bash(errexit pipefail)"],
    ["bash --noprofile --norc -euo pipefail {0}", "bash(errexit nounset pipefail)"],
    ["/usr/bin/bash -e {0}", "bash(errexit)"],
    ["C:\\msys64\\usr\\bin\\bash.exe -e {0}", "bash(errexit)"],
    ["dash -e {0}", "sh(errexit)"],
    ["bash -c 'x {0}'", "other(bash -c 'x {0}')"],
    ["pwsh -command \". '{0}'\"", "pwsh"],
    ["nix develop -c bash -e {0}", "other(nix develop -c bash -e {0})"],
    ["Rscript {0}", "other(Rscript {0})"],
    ["${{ matrix.shell }}", "other(${{ matrix.shell }})"],
  ])("%s", (text, wanted) => {
    expect(showShell(readShell(text))).toBe(wanted);
  });
});

describe("findShells", () => {
  const facts = { runsOn: ["ubuntu-latest"], isInContainer: false };

  it.each([
    [{}, ["bash(errexit)"]],
    [{ step: "sh", job: "bash", workflow: "pwsh" }, ["sh(errexit)"]],
    [{ job: "bash", workflow: "pwsh" }, ["bash(errexit pipefail)"]],
    [{ workflow: "pwsh" }, ["pwsh"]],
    [{ isInContainer: true }, ["sh(errexit)"]],
    [{ isInContainer: true, workflow: "bash" }, ["bash(errexit pipefail)"]],
    [{ runsOn: ["windows-2022"] }, ["pwsh"]],
    [{ runsOn: ["self-hosted", "Windows"] }, ["pwsh"]],
    [{ runsOn: ["macos-14-xlarge"] }, ["bash(errexit)"]],
    [{ runsOn: ["${{ matrix.os }}"] }, ["bash(errexit)", "pwsh"]],
    [{ runsOn: ["self-hosted"] }, ["bash(errexit)", "pwsh"]],
  ])("%j", (given, wanted) => {
    expect(findShells({ ...facts, ...given }).map(showShell)).toEqual(wanted);
  });

  it.each([
    ["blacksmith-4vcpu-ubuntu-2204", "posix"],
    ["my-win-11", "unknown"],
    ["win-arm64", "windows"],
    ["namespace-profile-windows-big", "windows"],
    ["darwin-arm", "unknown"],
  ])("finds the system of %s", (label, wanted) => {
    expect(findSystem([label])).toBe(wanted);
  });
});

describe("readRun", () => {
  const reads = (text: string, shell: string): string => {
    const run = readRun(text, readShell(shell));
    return run.kind === "unknown" ? `unknown: ${run.reason}` : show(run.script);
  };

  it.each([
    ["git push origin main", "pwsh", "git push origin main"],
    ["git push origin HEAD:${{ github.ref }}\n", "pwsh", "git push origin HEAD:+{{github.ref}}"],
    ['git commit -m "a b"\ngit push', "cmd", 'git commit -m "a b"; git push'],
    ["python -m build", "powershell", "python -m build"],
    ["git push\nif (x) { y }", "pwsh", "unknown: the script is written for pwsh, which is not read"],
    ["git push $env:REMOTE", "pwsh", 'git push $REMOTE+""+""'],
    ['git push "https://x:${env:T}@h/o/r"', "powershell", 'git push "https://x:"+"$T"+""+"@h/o/r"'],
    ["git push $REMOTE", "pwsh", "unknown: the script is written for pwsh, which is not read"],
    ["git push $env:A:$env:B", "pwsh", "unknown: the script is written for pwsh, which is not read"],
    ["git push '$env:A'", "pwsh", "unknown: the script is written for pwsh, which is not read"],
    ["git push %REMOTE%", "cmd", "unknown: the script is written for cmd, which is not read"],
    ["git push a; git push b", "pwsh", "unknown: the script is written for pwsh, which is not read"],
    ["set A=b", "cmd", "unknown: the script is written for cmd, which is not read"],
    ["git -c a.b=c,d push", "pwsh", "unknown: the script is written for pwsh, which is not read"],
    ["x -a.b", "pwsh", "unknown: the script is written for pwsh, which is not read"],
    ["git push 'a'", "cmd", "unknown: the script is written for cmd, which is not read"],
    ["git push", "python", "unknown: the script is written for `python`, which is not read"],
    [
      "git push",
      "${{ matrix.shell }}",
      "unknown: the script is written for the shell that ${{ matrix.shell }} names, which is not read",
    ],
    ["git push && x", "bash", "(git push && x)"],
  ])("%s in %s", (text, shell, wanted) => {
    expect(reads(text, shell)).toBe(wanted);
  });
});
