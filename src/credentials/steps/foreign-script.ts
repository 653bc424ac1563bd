import { literal, type Value } from "../../shell/value.ts";
import { unknownIdentity } from "../identity.ts";
import { readGitCall } from "../programs/git-call.ts";
import { pushFromHere } from "../programs/git-push.ts";
import { environmentOf } from "../script/call-of.ts";
import type { ScriptSource } from "../script/script-source.ts";
import type { Text } from "../text.ts";
import type { World } from "../world.ts";
import type { JobContext } from "./job-context.ts";
import { defaultVariables, processVariables } from "./process-environment.ts";
import { enterShell, walkOf } from "./run-script.ts";

interface ForeignScript {
  readonly text: string;
  readonly source: ScriptSource;
  /** Why it is not read. */
  readonly reason: string;
  readonly world: World;
  readonly env: ReadonlyMap<string, Value>;
  readonly job: JobContext;
  readonly directory: Text;
}

/** A push as it is written in any language: `git push origin main`, `exec("git", ["push", …])`. */
const PUSH = /\bgit(?:\.exe)?\s+push\b(?<args>[^\n;|&"'`)]*)|["']git["']\s*,\s*\[?\s*["']push["'](?<list>[^\])\n]*)/g;

/** What would change the credential, the repository or the place before the push. */
const CHANGES =
  /\bgit(?:\.exe)?["',[\s]+(?:-|config|remote|clone|init|credential|worktree)|netrc|GIT_[A-Z]+|extraheader|\bcwd\b|chdir|\bcd\b|Set-Location|Push-Location|\bgh auth\b/i;

/** Pushes in a script of a language that is not read: who pushes is known only where nothing in the script changes it. */
export function meetForeignPushes({ text, source, reason, world, env, job, directory }: ForeignScript): void {
  const changes = CHANGES.test(text);
  const entered = enterShell(world, { directory, variables: processVariables(defaultVariables(job), world, env) });
  for (const match of text.matchAll(PUSH)) {
    const { index } = match;
    const [command] = match;
    const span = source.spanOf(index, index + command.trimEnd().length);
    const walk = walkOf(job, source, "bash");
    if (changes || isComment(text, index)) {
      if (isComment(text, index)) continue;
      job.analysis.record({
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
    const written = (match.groups?.["args"] ?? match.groups?.["list"] ?? "").replace(/["',[\]]/g, " ").trim();
    const args = ["push", ...written.split(/\s+/).filter((word) => word !== "")].map((word) =>
      /[$%{]/.test(word) ? job.analysis.symbols.unknown(`\`${word}\` is computed`) : word,
    );
    const call = {
      walk,
      world: entered,
      fields: args.map((arg) => ({ value: literal(arg), isOne: true, start: index, end: index })),
      args,
      input: undefined,
      variable: environmentOf(entered, walk),
      command: command.trim(),
      span,
    };
    pushFromHere(readGitCall(call));
  }
}

function isComment(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf("\n", at) + 1, at);
  return /^\s*(?:#|\/\/|rem\b|\*)/i.test(line);
}
