import type { Redirection } from "../shell/redirection.ts";
import type { Script, Statement } from "../shell/script.ts";
import { addNeeds, isNeeded, type Needs } from "./needs.ts";

/**
 * Keeps of statements what a push behind them depends on: git's configuration and remotes, files that hold credentials, ssh, the
 * directory, and the variables that any of those use. What builds, commits or prints is left out. Whether the rest still makes the same
 * push is for the analysis to say.
 *
 * @param id of the step, whose outputs others may need
 */
export function sliceScript(
  { text }: Script,
  statements: readonly Statement[],
  needs: Needs,
  id: string | undefined,
): readonly string[] {
  const kept: string[] = [];
  for (const statement of statements.flatMap(partsOf).toReversed()) {
    const written = textOf(statement, text);
    if (!isKept(statement, written, needs, id)) continue;
    addNeeds(needs, written);
    kept.unshift(written);
  }
  return kept;
}

/** `a && b && c` is three, one after the other. */
function partsOf(statement: Statement): readonly Statement[] {
  if (statement.kind !== "and-or" || statement.redirections.length > 0) return [statement];
  if (statement.rest.some(({ operator }) => operator !== "&&")) return [statement];
  return [statement.first, ...statement.rest.map((next) => next.statement)].flatMap(partsOf);
}

/** With its here-documents, which stand below it, and without the indentation that it has where it stands. */
function textOf(statement: Statement, text: string): string {
  let { end } = statement;
  for (const content of hereDocuments(statement)) {
    const last = text.indexOf("\n", content);
    end = Math.max(end, last < 0 ? text.length : last);
  }
  const written = text.slice(statement.start, end);
  const column = statement.start - (text.lastIndexOf("\n", statement.start - 1) + 1);
  const lines = written.split("\n");
  const isIndented = lines.slice(1).every((line) => line.trim() === "" || line.slice(0, column).trim() === "");
  return isIndented ? lines.map((line, at) => (at === 0 ? line : line.slice(column))).join("\n") : written;
}

/** Where the contents of a statement's here-documents end. */
function hereDocuments(statement: Statement): readonly number[] {
  const redirections: Redirection[] = [...statement.redirections];
  if (statement.kind === "pipeline") redirections.push(...statement.statements.flatMap((part) => part.redirections));
  if (statement.kind === "and-or")
    redirections.push(
      ...[statement.first, ...statement.rest.map((next) => next.statement)].flatMap((part) => part.redirections),
    );
  return redirections.flatMap((redirection) => (redirection.kind === "here-document" ? [redirection.content.end] : []));
}

/** What decides who pushes and where. */
const DECIDES = new RegExp(
  [
    String.raw`\bgit\b[^\n;|&]*\b(?:config|remote\s+(?:add|set-url|remove|rm|rename|set-head)|init|clone|submodule|worktree|credential)\b`,
    String.raw`\bgh\s+(?:auth|repo\s+(?:clone|fork))\b`,
    String.raw`netrc|git-credentials|gitconfig|known_hosts|\.ssh\b|\bssh-(?:add|agent|keyscan)\b|extraheader`,
    String.raw`\.git(?:/|\b(?!hub|ignore|attributes))`,
    String.raw`^(?:cd|pushd|popd|source|\.|mkdir)\s`,
  ].join("|"),
);
/** What a smoke test leaves to production, and what only prints. */
const OTHER = new RegExp(
  [
    String.raw`\bgit(?:\s+-[cC]\s+\S+|\s+-\S+)*\s+(?:add|commit|push|merge|rebase|pull|tag|cherry-pick|am|revert|fetch)\b`,
    String.raw`\bgit\s+(?:config\s+(?:--list|-l|--get\S*)|remote\s+(?:-v|show|get-url))(?![\w-])`,
    String.raw`^(?:exit|return)\b`,
  ].join("|"),
);
const EXPORTS = /^(?:export|declare|readonly|typeset|local|read|mapfile|readarray)\b/;

function isKept(statement: Statement, text: string, needs: Needs, id: string | undefined): boolean {
  if (statement.kind === "function") return needs.variables.has(statement.name);
  if (OTHER.test(text) && !/\bgit\s+clone\b/.test(text)) return false;
  if (text.includes("GITHUB_ENV") || /::set-env\b/.test(text)) return writes(text, (name) => isNeeded(needs, name));
  if (text.includes("GITHUB_OUTPUT") || /::set-output\b/.test(text))
    return id !== undefined && writes(text, (name) => needs.outputs.has(`${id}.${name}`));
  if (DECIDES.test(text)) return true;
  if (statement.kind === "command" && statement.words.length === 0)
    return statement.assignments.some(({ name }) => isNeeded(needs, name));
  if (statement.kind === "command" && !EXPORTS.test(text)) return false;
  return [...text.matchAll(/([A-Za-z_]\w*)(?:\+?=|\s*$)/gm)].some(([, name = ""]) => isNeeded(needs, name));
}

/** Whether a text writes one of these names for later steps: `NAME=value`, `NAME<<EOF`, `name=NAME::value`. */
function writes(text: string, isWanted: (name: string) => boolean): boolean {
  return [...text.matchAll(/(?:\bname=)?([A-Za-z_][\w-]*)(?:=|<<|::)/g)].some(([, name = ""]) => isWanted(name));
}
