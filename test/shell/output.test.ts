import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { evaluateOutput } from "../../src/shell/output.ts";
import { parseScript } from "../../src/shell/parse-script.ts";
import { literalOf } from "../../src/shell/value.ts";
import { scope } from "./scope.ts";
import { showValue } from "./show.ts";

describe("evaluateOutput", () => {
  it.each([
    ["echo a $REPO", "a octo/app⏎"],
    ['echo -n "$PAT"', "<secrets.PAT>"],
    ["printf 'x-access-token:%s' \"$PAT\" | base64 -w0", "base64(x-access-token:<secrets.PAT>)"],
    ['printf "x-access-token:$PAT" | base64 -w 0', "base64(x-access-token:<secrets.PAT>)"],
    ['echo -n "x:$PAT" | base64', "base64-wrapped(x:<secrets.PAT>)⏎"],
    ['echo "x:$PAT" | base64 --wrap=0', "base64(x:<secrets.PAT>⏎)"],
    ["echo -n \"x:$PAT\" | base64 | tr -d '\\n'", "base64(x:<secrets.PAT>)"],
    ['printf %s "x:$PAT" | openssl base64 -A', "base64(x:<secrets.PAT>)"],
    ['base64 -w0 <<< "x:$PAT"', "base64(x:<secrets.PAT>⏎)"],
    ["echo -n $(printf 'x:%s' $PAT | base64 -w0) | base64 -d", "x:<secrets.PAT>"],
    ["cat <<EOF\nmachine github.com password $PAT\nEOF", "machine github.com password <secrets.PAT>⏎"],
    ["echo a > file", ""],
    ["echo a >&2", "a⏎"],
    ["{ echo A; echo B=$PAT; }", "A⏎B=<secrets.PAT>⏎"],
    ['[ -n "$X" ] && echo a || echo b', "a⏎ or b⏎"],
    ["if a_test; then echo a; else echo b; fi", "a⏎ or b⏎"],
    ["git rev-parse HEAD", "?(what `git rev-parse HEAD` prints)"],
    ["A=b; echo $A", "?(what a script prints that changes variables)"],
    ["A=b && echo $A", "?(what a script prints that changes variables)"],
    ["if read A; then echo $A; fi", "?(what a script prints that changes variables)"],
    ["REPO=x echo $REPO", "octo/app⏎"],
    ["echo $(", "unreadable"],
  ])("%s", (text, wanted) => {
    const value = showValue(evaluateOutput(parseScript(text), scope));
    if (wanted === "unreadable") expect(value).toMatch(/cannot be read/);
    else expect(value).toBe(wanted);
  });

  const commands = [
    "echo a  b",
    "echo -n a",
    "echo -e 'a\\tb\\n\\x41\\0101'",
    "echo -E 'a\\tb'",
    "echo -ne 'a\\n'",
    "echo -x a",
    "echo 'a\\tb'",
    "printf 'a\\n'",
    "printf '%s\\n' a 'b c'",
    "printf '%s-%s\\n' a b c",
    "printf '%d%%\\n' 12",
    "printf '%b' 'a\\nb'",
    "printf 'a' b c",
    "printf -- '-%s' a",
    "printf '\\101\\x42'",
    "printf 'x:%s' token | base64",
    "printf 'x:%s' token | base64 -w0",
    "printf '%0100d' 0 | tr 0 a | base64",
    "printf 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' | base64",
    "printf 'eDp0b2tlbg==' | base64 -d",
    "printf 'a b\\n' | tr -d ' \\n'",
    "printf 'a\\n\\n'",
    "true && echo a",
    "echo a || echo b",
    "(echo a; echo b)",
    "cat <<EOF\n  a\\\nb \\$x\nEOF",
    "cat <<-EOF\n\ta\n\tEOF",
    "cat - <<< 'a b'",
  ];

  it.each(commands)("is what bash prints, or unknown: %s", (text) => {
    const { stdout } = spawnSync("bash", ["-c", text], { encoding: "utf8" });
    const value = literalOf(evaluateOutput(parseScript(text), scope));
    // One of them forms a number, which is not followed.
    if (!text.includes("%0100d")) expect(value).toBe(stdout);
    else expect(value).toBeUndefined();
  });
});
