import { UsageError } from "../ir/errors.ts";
import type { Command, Script } from "../shell/script.ts";
import type { Word } from "../shell/word.ts";
import { literalOf } from "../upgrade/change-test.ts";

/** A `git push` taken apart, as its author wrote it. */
export interface PushWords {
  /** All up to git's own word: `GIT_SSH_COMMAND="ssh -i key" git -C site`. */
  readonly git: string;
  /** git in the same repository, without what only the push is given: `git -C site`. */
  readonly here: string;
  /** Options that have a say in how it is sent. */
  readonly options: readonly string[];
  /** The remote, as it is written; `origin` where none is. */
  readonly remote: string;
}

/** Global options of git that take a value in a word of their own: git(1). */
const TAKE_VALUE: ReadonlySet<string | undefined> = new Set([
  "-c",
  "-C",
  "--git-dir",
  "--work-tree",
  "--namespace",
  "--exec-path",
  "--config-env",
]);
/** Those that say in which repository git runs. */
const PLACE = /^(?:-C$|--git-dir|--work-tree)/;
/** Options of the push that stay: git-push(1). The others say what is pushed, and that is the empty commit. */
const STAY = /^(?:--(?:no-)?verify$|--repo=|--receive-pack=|--exec=|--push-option=|-4$|-6$|--ipv[46]$)/;
const STAY_WITH_VALUE: ReadonlySet<string | undefined> = new Set([
  "-o",
  "--push-option",
  "--repo",
  "--receive-pack",
  "--exec",
]);

/** @throws UsageError where the command does not say it plainly */
export function pushWords(command: Command, script: Script): PushWords {
  const { words } = command;
  const written = (word: Word): string => script.text.slice(word.start, word.end);
  const literals = words.map(literalOf);
  const git = literals.findIndex((text) => text === "git" || text?.endsWith("/git") === true);
  let at = git + 1;
  const place: string[] = [];
  for (; at > 0 && literals[at]?.startsWith("-") === true; at++) {
    const isPair = TAKE_VALUE.has(literals[at]);
    const pair = words.slice(at, at + (isPair ? 2 : 1)).map(written);
    if (PLACE.test(literals[at] ?? "")) place.push(...pair);
    if (isPair) at++;
  }
  const push = words[at];
  if (git < 0 || push === undefined || literals[at] !== "push") {
    const text = script.text.slice(command.start, command.end);
    throw new UsageError(`\`${text}\` does not say \`git push\` plainly: a smoke test cannot be made of it`);
  }
  const options: string[] = [];
  let remote: string | undefined;
  for (let index = at + 1; index < words.length && remote === undefined; index++) {
    const [word, literal] = [words[index], literals[index]];
    if (word === undefined) break;
    if (literal === "--") continue;
    if (literal?.startsWith("-") !== true) remote = written(word);
    else if (STAY.test(literal)) options.push(written(word));
    else if (STAY_WITH_VALUE.has(literal)) options.push(written(word), ...words.slice(++index, index + 1).map(written));
  }
  return {
    git: script.text.slice(command.start, push.start).trimEnd(),
    here: [script.text.slice(words[git]?.start, words[git]?.end), ...place].join(" "),
    options,
    remote: remote ?? "origin",
  };
}
