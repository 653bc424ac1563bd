import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseScript, parseValue } from "../../src/shell/parse-script.ts";
import { literal, reference, textOf } from "../../src/shell/value.ts";
import { everyPart, show } from "./show.ts";

describe("parseScript", () => {
  it.each([
    ["git push origin main", "git push origin main"],
    ["", ""],
    ["# a comment\n\n  ", ""],
    ['A=b C="$D" git push', 'A=b C="$D" git push'],
    ['A=b; B=(x "$y") ; C+=z; D[1]=w', 'A=b; B=(x "$y"); C+=z; D[1]=w'],
    ["export A=$B C\nlocal x=$(y)", "export A=$B C; local x=$(y)"],
    ["a && b || c", "(a && b || c)"],
    ["! a | b", "not(pipe(a | b))"],
    ["time git push", "git push"],
    ["a & b", "background(a); b"],
    ["if a; then b; elif c; then d; else e; fi", "if(a){b}if(c){d}else{e}"],
    ["for x in a b; do git push $x; done", "for x in a b{git push $x}"],
    ["for x; do y; done", "for x in $@{y}"],
    ["for ((i=0; i<3; i++)); do a; done", "loop{a}"],
    ["until git push; do sleep 1; done", "until(git push){sleep 1}"],
    ["while read -r l; do a; done < f", "while(read -r l){a} <[f]"],
    ["case $1 in a*|b) x;; *) y;& esac", "case $1{a+glob(*)|b) x ;; glob(*)) y ;&}"],
    ["f() { a; }\nfunction g { b; }", "function f group{a}; function g group{b}"],
    ["(cd x && git push)", "subshell{(cd x && git push)}"],
    ['{ a; b; } >> "$GITHUB_ENV"', 'group{a; b} >>["$GITHUB_ENV"]'],
    ["[[ -n $A && $B == x* ]]", "test(all(-n $A, $B == x+glob(*)))"],
    ["[[ ! a = b ]]", "test(not(a = b))"],
    ['[ -n "$A" ]', '[ -n "$A" ]'],
    ["((i++))", "arithmetic(((i++)))"],
    ['echo $((1+2)) "$((x))"', 'echo arithmetic($((1+2))) "arithmetic($((x)))"'],
    ["a 2>&1 >/dev/null 3<x &>y", "a 2>&[1] >[/dev/null] 3<[x] &>[y]"],
    ["a >& file", "a &>[file]"],
    ["cat <<EOF\na\\$b $c\nEOF", 'cat <<["a$b "+"$c"+"⏎"]'],
    ["cat <<'EOF'\na\\$b $c\nEOF", 'cat <<["a\\$b $c⏎"]'],
    ["cat <<-EOF\n\ta\n\t\tb $c\n\tEOF", 'cat <<["a⏎b "+"$c"+"⏎"]'],
    ['base64 <<< "x:$T"', 'base64 <<<["x:"+"$T"]'],
    ["diff <(a) <(b)", "diff <(a) <(b)"],
    ["echo `a \\`b\\``", "echo $(a $(b))"],
    ["echo ~/x ~bot a~", "echo ~+/x ~bot a~"],
    ["echo \"\" ''", 'echo "" ""'],
    ['echo a\\\nb "c\\\nd"', 'echo ab "cd"'],
    ["echo $'a\\tb'", 'echo "a\tb"'],
    ["git add {a,b}.md", "git add a+.md b+.md"],
    ["x={a,b}", "x={a,b}"],
    ["${A:-b} ${#C} ${D%.git} ${E[@]} ${!F}", "$A:default $C:length $D:remove $E[@] $F:indirect"],
  ])("%s", (text, wanted) => {
    expect(show(parseScript(text))).toBe(wanted);
  });

  it.each([
    [
      "git push https://x:${{ secrets.PAT }}@github.com/${{ github.repository }}",
      "git push https://x:+{{secrets.PAT}}+@github.com/+{{github.repository}}",
    ],
    ["echo \"${{ a }} b\" '${{ c }}'", 'echo "{{a}}"+" b" "{{c}}"'],
    ["${{ inputs.command }} x", "{{inputs.command}} x"],
    ["A_${{ matrix.x }}=1", "A_${{ matrix.x }}=1"],
    ["echo ${A_${{ matrix.x }}}", "echo $A_${{ matrix.x }}"],
    ["cat <<'E'\n${{ a }}\nE", 'cat <<["{{a}}"+"⏎"]'],
    ["if ${{ a == 'b' && c }}; then d; fi", "if({{a == 'b' && c}}){d}"],
    ["echo `x \\\\ ${{ a }} \\`y ${{ b }}\\``", "echo $(x  +{{a}} $(y {{b}}))"],
    ["echo $'a\\n${{ b }}'", 'echo "a⏎"+"{{b}}"'],
    ["echo {${{ a }},b}", "echo {{a}} b"],
  ])("holds expressions: %s", (text, wanted) => {
    expect(show(parseScript(text))).toBe(wanted);
  });

  it.each([
    ["echo 'a", "unreadable(unterminated single quote)", 5],
    ["if a; then", "unreadable(expected command after 'then')", 10],
    ["a\nb )", "unreadable(unexpected token ')')", 4],
  ])("is unreadable: %s", (text, wanted, start) => {
    const script = parseScript(text);
    expect(show(script)).toBe(wanted);
    expect(script).toMatchObject({ place: { start } });
  });

  it("takes no `${{ }}` for an expression in a file", () => {
    expect(show(parseScript("echo '${{ a }}'", { hasExpressions: false }))).toBe('echo "${{ a }}"');
  });

  it("reads a text that is known in pieces", () => {
    const text = textOf([
      ...literal("git push https://x:").fragments,
      ...reference("PAT").fragments,
      ...literal("@h 'a b'").fragments,
    ]);
    expect(show(parseValue(text))).toBe('git push https://x:+<<PAT>>+@h "a b"');
  });

  it.each(["<<EOF\n${A:-`\\", "<<EOF\n${A:-'", "<<EOF\n$(\\`", "<<EOF\n`$(())", "<<EOF\n${A:-'${{ a }}"])(
    "does not take an open expansion of a heredoc for a closed one: %j",
    (text) => {
      const script = parseScript(text);
      if (script.kind === "unreadable") throw new Error(script.reason);
      const parts = [...everyPart(script)].map(({ part }) => part);
      expect(parts.length).toBeGreaterThan(0);
      expect(Math.max(...parts.map(({ end }) => end))).toBe(text.length);
      for (const { start, end } of parts) expect(start).toBeLessThanOrEqual(end);
      for (const part of parts) if (part.kind === "substitution") expect(part.script.kind).toBe("unreadable");
    },
  );

  it("never throws, and its places hold what they say", () => {
    const piece = fc.constantFrom(
      ..."abZ \n\t\"'`\\$(){}[]<>|&;#*?!~=:/-+@,%^0",
      "${{ a }}",
      "${{ b && 'c }}' }}",
      "$(",
      "${A",
      "${A:-",
      "<<EOF\n",
      "\nEOF\n",
      "if ",
      "; then ",
      "; fi",
      "for x in ",
      "; do ",
      "; done",
      "case x in ",
      "esac",
      "$((",
      "))",
      "[[ ",
      " ]]",
      "f() {",
      "export A=",
      "\r\n",
      "é",
      "😀",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join("");
        const script = parseScript(text);
        if (script.kind === "unreadable") {
          expect(script.place.end).toBeLessThanOrEqual(text.length);
          return;
        }
        for (const { part, text: own } of everyPart(script)) {
          const written = own.slice(part.start, part.end);
          expect(part.start).toBeLessThanOrEqual(part.end);
          expect(part.end).toBeLessThanOrEqual(own.length);
          if (part.kind === "expression") expect(written).toMatch(/^\$\{\{[^]*\}\}$/);
          if (part.kind === "expression") expect(written).toContain(part.text);
          if (part.kind === "variable") expect(written).toContain(part.name);
          if (part.kind === "substitution" && part.script.kind === "script")
            expect(written).toMatch(/^(?:\$[({][^]*[)}]|`[^]*`)$/);
          if (part.kind === "literal" && !/[\\\t]/.test(written) && !/^\{.*\}$/s.test(written))
            expect(written).toBe(part.text);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    ["a script of 10 MB", "git push origin main\n".repeat(500_000)],
    ["half a megabyte", 'git push "$A" origin main\n'.repeat(18_000)],
    ["1,000 substitutions in each other", "$(echo ".repeat(1_000) + ")".repeat(1_000)],
    ["200 substitutions in quotes in each other", `echo ${'"$(echo '.repeat(200)}${')"'.repeat(200)}`],
    ["1,000 subshells in each other", `${"( ".repeat(1_000)}x${" )".repeat(1_000)}`],
    ["1,000 ifs in each other", `${"if a; then ".repeat(1_000)}x;${" fi;".repeat(1_000)}`],
    ["50,000 open braces", `echo ${"{a,".repeat(50_000)}`],
    ["2,000 braces that multiply", `echo ${"{a,b}".repeat(2_000)}`],
    ["50,000 commands with &&", `${"a && ".repeat(50_000)}b`],
    ["100,000 parentheses", "(".repeat(100_000)],
    ["20,000 open heredocs", "cat <<E\n".repeat(20_000)],
    ["200,000 backslashes", "\\".repeat(200_000)],
    ["20,000 expressions", "${{ a }}".repeat(20_000)],
  ])("ends: %s", { timeout: 60_000 }, (_, text) => {
    expect(["script", "unreadable"]).toContain(parseScript(text).kind);
  });
});
