import { RemoteError } from "./remote-error.ts";
import { GitFailure } from "./run-git.ts";

/** What git's failure says about a repository. `what` is what was read: `octo/deploy on github.com`. */
export function explainGit(failure: GitFailure, what: string, timeout: number): RemoteError {
  const { how, stderr } = failure;
  if (how === "no-git") return new RemoteError("refused", "there is no git: install it, version 2.31 or later");
  if (how === "timeout") return new RemoteError("unreachable", `${what} gave no answer in ${timeout / 1000} s`);
  if (how === "too-large") return new RemoteError("refused", `${what} is larger than flowkeep reads`);
  const found = MEANINGS.find(([pattern]) => pattern.test(stderr));
  if (found === undefined) return new RemoteError("refused", `${what} cannot be read: ${lastLine(stderr)}`);
  const [, kind, explain] = found;
  return new RemoteError(kind, explain(what, lastLine(stderr)));
}

type Meaning = readonly [RegExp, RemoteError["failure"], (what: string, said: string) => string];

/** In git's words and libcurl's, in the locale C; the first that fits. */
const MEANINGS: readonly Meaning[] = [
  [/transport '[^']*' not allowed/, "refused", (what, said) => `${what}: git is not let use this way (${said})`],
  [
    /not our ref|unadvertised object|couldn't find remote ref|remote did not send all necessary objects/,
    "missing",
    (what) => `${what} has no such commit`,
  ],
  [
    // GitHub asks for a password where it could also say that there is nothing.
    /could not read (?:Username|Password)|Authentication failed|[Rr]epository .*not found|does not appear to be a git repository|terminal prompts disabled|Permission denied \(publickey|Host key verification failed/,
    "no-repository",
    (what) => `${what}: there is no such repository, or your git has no credential that may read it`,
  ],
  [/returned error: (?:429|5\d\d)|rate limit/i, "unreachable", (what, said) => `${what} does not answer now (${said})`],
  [
    /Could not resolve|Couldn't resolve|Failed to connect|Could(?:n't| not) connect|Connection (?:refused|reset|timed out|closed)|timed out|too slow|Empty reply|Recv failure|Send failure|early EOF|RPC failed|hung up|unexpected disconnect|Network is unreachable|No route to host|SSL_ERROR_SYSCALL|GnuTLS recv error/i,
    "unreachable",
    (what, said) => `${what} cannot be reached (${said})`,
  ],
];

/** The line that says it, without a password that stands in a URL. */
function lastLine(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "");
  const said = lines.findLast((line) => /^(?:fatal|error|remote):/.test(line)) ?? lines.at(-1) ?? "git says nothing";
  return said
    .replace(/^(?:fatal|error|remote):\s*/, "")
    .replace(/\/\/[^/@\s]+@/g, "//")
    .slice(0, 300);
}
