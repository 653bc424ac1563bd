import { remember } from "../../ir/remember.ts";
import { mentionsKnownTool } from "../tools/known-tools.ts";

/**
 * Whether git may push when a text runs. A quick look at the words: what says yes may push nothing, what says no cannot.
 *
 * @param withReads whether `git clone`, `git fetch` and `git ls-remote`, which go out with the same credential, count too
 */
export function mentionsPush(text: string, withReads: boolean): boolean {
  return speaksOfPush(text) || (withReads && READ.test(text));
}

const speaksOfPush = remember((text) => PUSH.test(text) || mentionsTool(text));

/** The word itself, in a text that is no script. */
export function holdsPush(text: string): boolean {
  return PUSH.test(text);
}

/** The same of a whole YAML file, where `push` also is an event, an input's name and a word of titles. */
export function mentionsPushInYaml(text: string, withReads: boolean): boolean {
  const isHanded = (): boolean => RELEASE_NAME.test(text) && COMPUTED.test(text);
  return pushesInYaml(text) || mentionsTool(text) || isHanded() || (withReads && READ.test(text));
}

/** Whether a value that a script is given may be what it pushes with: `COMMAND: git push`, `TARGET: release`. */
export function mayCarryPush(value: string): boolean {
  return PUSH.test(value) || RELEASE_NAME.test(value);
}

/** Images, packages and secrets are pushed too, and none of them with git's credential. */
const OTHER_PUSHES = "docker|podman|buildah|nerdctl|helm|crane|oras|skopeo|nuget|gem|images?|manifest|compose";

// `push:` and `push=` are keys, `--push` an option, `list.push(…)` a method, `push.yml` a file, `push.default` a setting.
const PUSH = new RegExp(
  String.raw`(?<![./\w-]|\b(?:${OTHER_PUSHES})[ \t]+)push\b(?!-|[ \t]*[:=]|<<|\.\w)|\bgh\s+repo\s+create\b`,
);
const ALL_PUSHES = new RegExp(PUSH, "g");

const READ = /\b(?:clone|ls-remote|(?:git|lfs)\b[^\n;&|]*\b(?:fetch|pull))\b/;

/** In YAML an escape may hide any word. */
const ESCAPE = /\\(?:x|u|U0000)(?:00)?[2-7][0-9A-Fa-f]/;

/** Lines in which the word is no command: titles, events, comments. */
const NO_COMMAND = /^\s*(?:#|-?\s*(?:name|description):|["']?on["']?:|-\s+["']?push["']?\s*(?:#|$))/;
/** What stands in front of a word in a comment. */
const IN_COMMENT = /^[^"'#]*\s#/;

function pushesInYaml(text: string): boolean {
  for (const { index } of text.matchAll(ALL_PUSHES)) {
    const start = text.lastIndexOf("\n", index) + 1;
    const end = text.indexOf("\n", index);
    const before = text.slice(start, index);
    if (IN_COMMENT.test(before) || NO_COMMAND.test(text.slice(start, end < 0 ? undefined : end))) continue;
    // `== 'push'`, `[push, pull_request]`
    const isValue = /(?:[=!]=\s*|[[,]\s*)["'\\]*$/.test(before);
    if (!isValue || /\bgit\b/.test(before)) return true;
  }
  return ESCAPE.test(text);
}

/** A tool that pushes by itself, or a program that is named for a release. */
function mentionsTool(text: string): boolean {
  return mentionsKnownTool(text) || (RELEASE_NAME.test(text) && RELEASE.test(text));
}

const RELEASE_WORD = String.raw`(?:(?<![a-z])(?:releases?|publish|promote|mergeback|backport)(?![a-z])|(?:update|sync|push)[-_]\S*branch)`;
const RELEASE_NAME = new RegExp(RELEASE_WORD, "i");

/** What runs a script by its name. */
const RUNNER = String.raw`(?<![\w.@/-])(?:(?:npm|pnpm|bun|npx|bunx|pnpx)\b[^\n;&|]*\brun(?:-script)?|yarn|make|just|task|rake|python3?|node|deno|bun|ruby|tsx|ts-node)(?=[ \t])`;

/** A runner, and behind it in the same command a name that says that something is released. */
const RELEASE = new RegExp(String.raw`${RUNNER}(?:\\\r?\n|\$\([^)\n]*\)|[^\n;&|])*?${RELEASE_WORD}`, "i");

/** A runner, and behind it a name that is computed. */
const COMPUTED = new RegExp(String.raw`${RUNNER}(?:[ \t]+-\S+)*[ \t]+["']?\$`);
