import { describe, expect, it } from "vitest";
import { readAssignment, unwrapCommand } from "../../src/shell/unwrap-command.ts";
import type { Run, Wrapper } from "../../src/shell/unwrapped.ts";
import { literal } from "../../src/shell/value.ts";
import { evaluateArguments } from "../../src/shell/words.ts";
import { commandOf, scope } from "./scope.ts";
import { showFields, showValue } from "./show.ts";

function unwrap(text: string): string {
  const [list] = evaluateArguments(commandOf(text).words, scope);
  const { wrappers, run } = unwrapCommand(list?.fields ?? []);
  return [...wrappers.map(showWrapper), showRun(run)].join(" > ");
}

function showWrapper({ name, user, environment, keeps, sets, unsets, directory }: Wrapper): string {
  const more = [
    user === undefined ? "" : `user=${showValue(user)}`,
    environment === "cleared" ? "cleared" : "",
    keeps.length > 0 ? `keeps=${keeps.join()}` : "",
    ...sets.map((set) => `${set.name}=${showValue(set.value)}`),
    ...unsets.map((unset) => `-${unset}`),
    directory === undefined ? "" : `in=${showValue(directory)}`,
  ].filter((text) => text !== "");
  return `${name}(${more.join(" ")})`;
}

function showRun(run: Run): string {
  switch (run.kind) {
    case "program":
      return showFields(run.fields);
    case "inline":
    case "file":
    case "input": {
      const { errexit, nounset, pipefail, xtrace } = run.options;
      const letters = `${errexit ? "e" : ""}${nounset ? "u" : ""}${pipefail ? "p" : ""}${xtrace ? "x" : ""}`;
      const what = run.kind === "inline" ? showValue(run.text) : run.kind === "file" ? showValue(run.path) : "";
      return `${run.shell}-${run.kind}{${letters}} ${what} ${showFields(run.positional)}`.trimEnd();
    }
    case "eval":
      return `eval ${showValue(run.text)}`;
    case "source":
      return `source ${showValue(run.path)} ${showFields(run.positional)}`.trimEnd();
    case "lookup":
      return "lookup";
    case "elsewhere":
      return `elsewhere: ${run.reason}: ${showFields(run.fields)}`;
    case "unknown":
      return `unknown: ${run.reason}`;
  }
}

describe("unwrapCommand", () => {
  it.each([
    ["git push", "[git] [push]"],
    ["/usr/bin/git push", "[/usr/bin/git] [push]"],
    ["sudo git push", "sudo(cleared) > [git] [push]"],
    ["sudo -E git push", "sudo() > [git] [push]"],
    ["sudo -u ci -H git push", "sudo(user=ci cleared) > [git] [push]"],
    ["sudo -uci git push", "sudo(user=ci cleared) > [git] [push]"],
    ["sudo --user=ci --preserve-env=A,B git push", "sudo(user=ci cleared keeps=A,B) > [git] [push]"],
    ["sudo --preserve-env git push", "sudo() > [git] [push]"],
    ["sudo -En A=$PAT git push", "sudo(A=<secrets.PAT>) > [git] [push]"],
    ["env A=b C=$PAT git push", "env(A=b C=<secrets.PAT>) > [git] [push]"],
    ["env -i -u X A=b git push", "env(cleared A=b -X) > [git] [push]"],
    ["env - PATH=/bin git push", "env(cleared PATH=/bin) > [git] [push]"],
    ["env --unset=X --unset Y -C sub git push", "env(-X -Y in=sub) > [git] [push]"],
    ["env A=b", "env(A=b) > "],
    ["env -S 'git push'", "unknown: env -S splits a text into a command"],
    ["command git push", "command() > [git] [push]"],
    ["command -v git", "lookup"],
    ["exec git push", "exec() > [git] [push]"],
    [
      "nohup timeout -k 5 --signal=9 10m nice -n 5 stdbuf -oL git push",
      "nohup() > timeout() > nice() > stdbuf() > [git] [push]",
    ],
    ["timeout 10 git push", "timeout() > [git] [push]"],
    ["xargs -n1 git push origin", "xargs() > [git] [push] [origin] [?(what xargs reads)]*"],
    ["xargs -I{} git push origin {}:main", "xargs() > [git] [push] [origin] [?(what xargs reads):main]"],
    ["xargs -I % git push origin %", "xargs() > [git] [push] [origin] [?(what xargs reads)]"],
    ["bash -c 'git push'", "bash-inline{} git push"],
    ['bash -euxo pipefail -c "git push $REPO" name x y', "bash-inline{eupx} git push octo/app [x] [y]"],
    ["sh -ec 'git push'", "sh-inline{e} git push"],
    ["/bin/bash -lc 'git push'", "bash-inline{} git push"],
    ["bash -e ci/push.sh $1", "bash-file{e} ci/push.sh [v1]"],
    ["bash --norc -- x", "bash-file{} x"],
    ["bash -s -- a b <<EOF\nEOF", "bash-input{}  [a] [b]"],
    ["sh", "sh-input{}"],
    ["sudo bash -c 'git push'", "sudo(cleared) > bash-inline{} git push"],
    ['eval git push "$PAT"', "eval git push <secrets.PAT>"],
    ["source ./env.sh", "source ./env.sh"],
    [". ci/x.sh a", "source ci/x.sh [a]"],
    ["my-wrapper git push", "[my-wrapper] [git] [push]"],
    ["$DIR git push", "[?(it is computed)]* [git] [push]"],
    ["sudo", "sudo(cleared) > "],
    ["constructor x", "[constructor] [x]"],
  ])("%s", (text, wanted) => {
    expect(unwrap(text)).toBe(wanted);
  });
});

describe("readAssignment", () => {
  it.each([
    ["A=b", { name: "A", append: false, value: literal("b") }],
    ["A+=b=c", { name: "A", append: true, value: literal("b=c") }],
    ["1=b", undefined],
    ["http.extraheader=x", undefined],
    ["A", undefined],
  ])("%s", (text, wanted) => {
    expect(readAssignment(literal(text))).toEqual(wanted);
  });
});
