import { expect, it } from "vitest";
import { readForeignList } from "../../src/shell/foreign-words.ts";

/** The words behind `"push"`, with `$NAME` for what the environment holds. */
function read(text: string): string | undefined {
  const start = text.search(/["']push["']/) + '"push"'.length;
  return readForeignList(text, start)
    ?.words.map((word) => word.map((piece) => (piece.kind === "text" ? piece.text : `$${piece.name}`)).join(""))
    .join(" ");
}

it.each([
  [`run(["git", "push"])`, ""],
  [`run(["git", "push", "origin", 'HEAD:main'], check=True)`, "origin HEAD:main"],
  [`run([\n  "git", "push",\n  "origin",\n])`, "origin"],
  [`run(["git", "push", f"https://x:{os.environ['T']}@h/o/r"])`, "https://x:$T@h/o/r"],
  [`run(["git", "push", "https://x:" + os.environ["T"] + "@h/o/r"])`, "https://x:$T@h/o/r"],
  [`run(["git", "push", os.environ.get("U", "")])`, "$U"],
  [`t = os.getenv("T")\nrun(["git", "push", f"https://x:{t}@h/o/r"])`, "https://x:$T@h/o/r"],
  [`const t = process.env.T;\nspawn("git", ["push", \`https://x:\${t}@h/o/r\`])`, "https://x:$T@h/o/r"],
  [`spawn("git", ["push", "https://x:" + process.env["T"] + "@h/o/r"])`, "https://x:$T@h/o/r"],
])("%s", (text, expected) => {
  expect(read(text)).toBe(expected);
});

it.each([
  `run(["git", "push", url])`,
  `run(["git", "push", f"https://x:{token()}@h/o/r"])`,
  `run(["git", "push", "https://x:%s@h" % t])`,
  `run(["git", "push", *args])`,
  `run(["git", "push", "a\\nb"])`,
  `run(["git", "push", "origin"], env={"A": "b"})`,
  `os.environ["T"] = "x"\nrun(["git", "push", f"https://x:{os.environ['T']}@h/o/r"])`,
  `t = os.getenv("T")\nt = other()\nrun(["git", "push", f"https://x:{t}@h/o/r"])`,
  `run(["git", "push", "origin"`,
])("%s: nobody can tell", (text) => {
  expect(read(text)).toBeUndefined();
});
