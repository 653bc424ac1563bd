import { isGiven, type KnownTool } from "./tool.ts";

/** Programs that git itself starts for a command that is none of its own: `git flow` runs `git-flow`. */
export const GIT_TOOLS: readonly KnownTool[] = [
  {
    names: ["git-flow"],
    commands: "`git flow release finish --push`, `git flow feature publish`",
    pushes: "to `origin`",
    source: "petervanderdoes/gitflow-avh, git-flow-release, git-flow-feature",
    hint: String.raw`\bgit[ -]flow\b`,
    mention: String.raw`\bgit[ -]flow\s[^\n;&|]{0,500}(?:\bpublish\b|\s-(?:-push|[a-z]*p[a-z]*)\b)`,
    push: (words) => {
      const action = words.filter((word) => !word.startsWith("-"))[1];
      const isPush = action === "publish" || (action === "finish" && isGiven(words, "--push", "-p"));
      return isPush ? "git push origin HEAD" : undefined;
    },
  },
  {
    names: ["git-town"],
    commands: "`git town sync`, `git town ship`",
    pushes: "to `origin`, unless `--no-push` is given",
    source: "git-town/git-town, documentation/commands/sync.md",
    hint: String.raw`\bgit[ -]town\b`,
    mention: String.raw`\bgit[ -]town\s[^\n;&|]{0,500}\b(?:sync|ship)\b`,
    push: (words) =>
      /^(?:sync|ship)$/.test(words[0] ?? "") && !isGiven(words, "--no-push") ? "git push origin HEAD" : undefined,
  },
];
