import { literal } from "../../shell/value.ts";
import { unknownIdentity } from "../identity.ts";
import { readGitCall } from "../programs/git-call.ts";
import { pushFromHere } from "../programs/git-push.ts";
import { readForeignList } from "../../shell/foreign-words.ts";
import type { World } from "../world.ts";
import { environmentOf } from "./call-of.ts";
import type { Walk } from "./walk.ts";

interface ForeignScript {
  readonly text: string;
  /** Why it is not read. */
  readonly reason: string;
  /** As the script finds it. */
  readonly world: World;
  /** Its source is the script's. */
  readonly walk: Walk;
}

/** A push as it is written in any language: `git push origin main`, `exec("git", ["push", …])`. */
const PUSH = /\bgit(?:\.exe)?\s+push\b(?<args>[^\n;|&"'`)]*)|["']git["']\s*,\s*\[?\s*["']push["'](?<list>[^\])\n]*)/g;

/** What would change the credential, the repository or the place before the push. */
const CHANGES =
  /\bgit(?:\.exe)?["',[\s]+(?:-|config|remote|clone|init|credential|worktree)|netrc|GIT_[A-Z]+|extraheader|\bcwd\b|chdir|\bcd\b|Set-Location|Push-Location|\bgh auth\b/i;

/** Who commits, and how: no credential hangs on it. `git config user.name bot`, `["git", "config", "user.name", name]` */
const OF_COMMITS =
  /\bgit(?:\.exe)?["',[\s]+config["',\s]+(?:--(?:global|local|system|replace-all|add)["',\s]+)*(?:user|author|committer|commit|tag|gpg|pull|merge|rebase|rerere|advice|init|color|core\.(?:autocrlf|safecrlf|eol|longpaths|quotepath|filemode|ignorecase))\b/gi;

/** Pushes in a script of a language that is not read: who pushes is known only where nothing in the script changes it. */
export function meetForeignPushes({ text, reason, world, walk }: ForeignScript): void {
  if (!walk.isRecording) return;
  const changes = CHANGES.test(text.replaceAll(OF_COMMITS, ""));
  const { analysis, source } = walk;
  for (const match of text.matchAll(PUSH)) {
    const { index } = match;
    const isList = match.groups?.["list"] !== undefined;
    const listed = isList
      ? readForeignList(text, index + match[0].length - (match.groups?.["list"]?.length ?? 0))
      : undefined;
    const matched = index + match[0].length;
    const command = text.slice(index, listed?.end ?? (isQuotedNext(text, match) ? endOfLine(text, matched) : matched));
    const span = source.spanOf(index, index + command.trimEnd().length);
    if (isComment(text, index)) continue;
    if (changes || (isList ? listed === undefined : isComputed(text, match))) {
      analysis.record({
        site: { span, command: command.trim() },
        isRead: false,
        identity: unknownIdentity(reason),
        intended: undefined,
        hops: [{ span, text: reason }],
        repository: undefined,
        ref: undefined,
        updates: undefined,
        commit: undefined,
        isOwnRepository: false,
        facts: world.facts,
        when: undefined,
        isLocal: false,
      });
      continue;
    }
    const written = (match.groups?.["args"] ?? "").trim();
    const variable = environmentOf(world, walk);
    const words =
      listed?.words.map((word) =>
        word.map((piece) => (piece.kind === "text" ? piece.text : (variable(piece.name) ?? ""))).join(""),
      ) ??
      written
        .split(/\s+/)
        .filter((word) => word !== "")
        .map((word) => (/[$%{]/.test(word) ? analysis.symbols.unknown(`\`${word}\` is computed`) : word));
    const args = ["push", ...words];
    const call = {
      walk,
      world,
      fields: args.map((arg) => ({ value: literal(arg), isOne: true, start: index, end: index })),
      args,
      input: undefined,
      variable,
      command: command.trim(),
      span,
    };
    pushFromHere(readGitCall(call));
  }
}

/** Behind the text something is put: `"git push https://x:" + token`, `["git", "push", url]`. */
function isComputed(text: string, { 0: all, index }: RegExpMatchArray): boolean {
  if (isQuotedNext(text, { 0: all, index })) return true;
  return /^["'`]\s*(?:\+|%|\.\s*(?:format|concat)|,\s*[\w(])/.test(text.slice((index ?? 0) + all.length));
}

/** A word in quotes of its own: `git push "$url"`. */
function isQuotedNext(text: string, { 0: all, index }: Pick<RegExpMatchArray, 0 | "index">): boolean {
  return /\s$/.test(all) && /^["'](?!\s*[)\]+,])/.test(text.slice((index ?? 0) + all.length));
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  return end < 0 ? text.length : end;
}

function isComment(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf("\n", at) + 1, at);
  return /^\s*(?:#|\/\/|rem\b|\*)/i.test(line);
}
