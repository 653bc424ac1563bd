import { parseUses, actionName } from "../../ir/uses-ref.ts";
import type { Job, RunStep, Step, UsesStep } from "../../ir/workflow.ts";
import { everyCommand } from "../../shell/every-command.ts";
import type { Command } from "../../shell/script.ts";
import type { Word } from "../../shell/word.ts";
import { BUILTINS } from "../script/builtins.ts";
import { hasSymbol } from "../text.ts";
import type { JobContext } from "./job-context.ts";
import { readScript } from "./run-script.ts";

/** Labels of runners that GitHub hosts: they begin with an empty workspace. docs.github.com, "GitHub-hosted runners reference". */
const HOSTED =
  /^(?:ubuntu-(?:latest|slim|\d\d\.04(?:-arm)?)|windows-(?:latest|20\d\d|11-arm)|macos-(?:latest|\d\d)(?:-large|-xlarge|-intel)?)$/i;

/** Actions of the table that fill the workspace with what they have fetched: a `.git` may be among it. */
const FETCHING: ReadonlySet<string> = new Set(["actions/cache", "actions/cache/restore", "actions/download-artifact"]);

/** Programs that make no repository, whatever they are told. What `git`, `cp` and `mv` do is followed. */
const HARMLESS: ReadonlySet<string> = new Set(
  (
    "base64 basename cat chmod cmp comm cp curl cut date diff dirname du expr false file grep head hostname id jq ls " +
    "md5sum mkdir mktemp mv nproc openssl paste printenv readlink realpath rm sed seq sha1sum sha256sum sleep sort " +
    "ssh-add ssh-agent ssh-keyscan stat tail tee touch tr true uname uniq wc whoami yq"
  ).split(" "),
);

/** Builtins that run what is not in sight here. */
const OPAQUE: ReadonlySet<string> = new Set(["eval", "source", ".", "exec", "command", "builtin", "alias", "trap"]);

/** git's own commands that need a repository, or leave none: no alias can take their place. */
const GIT_NEEDS_ONE: ReadonlySet<string> = new Set(
  (
    "add am apply branch check-ref-format checkout cherry-pick clean commit config credential describe diff fetch for-each-ref gc grep log " +
    "ls-files ls-remote ls-tree merge merge-base mv pull push rebase remote reset restore rev-list rev-parse revert rm show show-ref " +
    "stash status switch symbolic-ref tag update-index update-ref var version"
  ).split(" "),
);

/** They make one, and that is followed where all they are told is written out. */
const GIT_MAKES_ONE: ReadonlySet<string> = new Set(["clone", "init"]);

const GH_HARMLESS: ReadonlySet<string> = new Set(["api", "auth", "issue", "label", "secret", "variable", "workflow"]);

const GIT_WITH_VALUE: ReadonlySet<string> = new Set(["-C", "-c", "--git-dir", "--work-tree", "--namespace"]);

/**
 * Why there may be a repository in the workspace that nothing in sight has made.
 *
 * @param last the index of the step that asks: of those behind it nothing is here yet
 * @returns undefined where there can be none: a hosted runner's workspace is empty, and every step up to this one is known
 */
export function unseenRepository(job: Job, context: JobContext, last: number): string | undefined {
  const onRunner = unseenOnRunner(context);
  if (onRunner !== undefined) return onRunner;
  const steps = job.steps?.items ?? [];
  const isInOrder = steps.every(({ kind }) => kind !== "parallel-step");
  for (const step of isInOrder ? steps.slice(0, last + 1) : flat(steps)) {
    const reason = whyUnseen(step, context);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** Why the runner may hold what the job did not make; undefined for those that GitHub hosts, which begin empty. */
export function unseenOnRunner({ isInContainer, runsOn }: JobContext): string | undefined {
  if (isInContainer) return "the container's image may hold one";
  const isHosted = runsOn.length === 1 && runsOn.every((label) => !hasSymbol(label) && HOSTED.test(label));
  return isHosted ? undefined : "a runner that GitHub does not host may hold one of an earlier job";
}

function flat(steps: readonly Step[]): readonly Step[] {
  return steps.flatMap((step) => (step.kind === "parallel-step" ? flat(step.parallel.items) : [step]));
}

function whyUnseen(step: Step, context: JobContext): string | undefined {
  if (step.kind === "uses-step") return whyActionMay(step, context);
  // What a typed `push` comes to makes none.
  const isScript = step.kind === "run-step" && context.analysis.declaredBy(step) === undefined;
  return isScript ? whyScriptMay(step, context) : undefined;
}

function whyActionMay({ uses, with: given }: UsesStep, { analysis }: JobContext): string | undefined {
  const ref = parseUses(uses.text);
  const name = ref.kind === "repository" ? actionName(ref).toLowerCase() : "";
  const may = `${uses.text.replace(/@[0-9a-f]{40}$/, "")} may have made one`;
  if (name === "actions/checkout") {
    const path =
      given?.kind === "mapping" ? given.entries.find(({ key }) => key.text.toLowerCase() === "path")?.value : undefined;
    return path?.text?.includes("${{") === true ? "the path of a checkout is computed" : undefined;
  }
  // Of an action that uses git only its part in a push is known.
  const usesGit = analysis.actions.get(name)?.some(({ run }) => run !== undefined) ?? true;
  return usesGit || FETCHING.has(name) ? may : undefined;
}

function whyScriptMay(step: RunStep, context: JobContext): string | undefined {
  const script = readScript(step, context);
  const all = script && everyCommand(script);
  if (all === undefined) return "a script that is not read may have made one";
  const own = new Set(all.functions.map(({ name }) => name));
  const unseen = all.commands.find((command) => !isHarmless(command, own));
  if (unseen === undefined) return undefined;
  const name = textOf(unseen.words[0]);
  return name === undefined ? "a command that is computed may have made one" : `\`${name}\` may have made one`;
}

function isHarmless({ words }: Command, own: ReadonlySet<string>): boolean {
  if (words.length === 0) return true;
  const name = textOf(words[0]);
  if (name === undefined) return false;
  if (name === "git") return isHarmlessGit(words.slice(1));
  if (name === "gh") return GH_HARMLESS.has(textOf(words[1]) ?? "");
  if (OPAQUE.has(name)) return false;
  return own.has(name) || HARMLESS.has(name) || Object.hasOwn(BUILTINS, name);
}

function isHarmlessGit(words: readonly Word[]): boolean {
  const texts = words.map(textOf);
  let at = 0;
  while (texts[at]?.startsWith("-") === true) at += GIT_WITH_VALUE.has(texts[at] ?? "") ? 2 : 1;
  const subcommand = texts[at];
  if (subcommand === undefined) return at >= texts.length;
  if (GIT_MAKES_ONE.has(subcommand)) return !texts.includes(undefined);
  return GIT_NEEDS_ONE.has(subcommand);
}

/** What a word says; undefined where that is computed. */
function textOf(word: Word | undefined): string | undefined {
  const parts = word?.parts ?? [];
  return parts.every((part) => part.kind === "literal") ? parts.map(({ text }) => text).join("") : undefined;
}
