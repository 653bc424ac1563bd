import type { RunStep, Step } from "../../ir/workflow.ts";
import type { Analysis } from "../analysis.ts";
import { mentionsPush } from "../jobs/mentions.ts";
import { foldersIn, someScript } from "../jobs/script-files.ts";

/**
 * What a script does that later pushes depend on: to git's configuration and its repositories, to files that hold credentials, to
 * the variables of later steps.
 */
const CHANGES =
  /\bgh\s+(?:auth|repo|pr\s+checkout)\b|netrc|askpass|\bssh\b|ssh-|credential|gitconfig|GITHUB_ENV|set-env|\.git(?![\w-])|\b(?:mv|rsync|tar)\b|\bcp\s+(?:\S+\s+)*?-\w*[aRr]|\brm\s+-\w*[Rr]|\bcat\b[^\n]*<<|(?:^|[;&|(])[ \t]*["']?\$/im;

/** Words of git's that change what a push meets, or what it brings along; `git log` changes nothing. */
const GIT_CHANGES =
  /\b(?:config|remote|clone|init|checkout|switch|branch|worktree|submodule|credential|alias|add|rm|mv|commit|merge|cherry-pick|am|revert|reset|tag|pull)\b/;

/** Hands a value to later steps by the step's id. */
const OUTPUTS = /GITHUB_OUTPUT|set-output/;

/** Puts a secret into a file. */
const KEEPS = /(?<![0-9&-])>{1,2}(?![&|>]|\s*(?:\/dev\/|"?\$\{?GITHUB_))|\btee\b/;
const SECRET = /secrets\.|token|key|passw|cred|auth/i;

/** Where a script is, and who asks for what it says. */
interface Around {
  /** Those that may push. */
  readonly candidates: ReadonlySet<Step>;
  /** Where its paths may be looked up, besides the root. */
  readonly folders: readonly string[];
  /** Texts behind the steps that may ask for their outputs; undefined: anybody may. */
  readonly askers: readonly string[] | undefined;
}

/** What may have a say in anything that is asked of a job: also who else gets its tokens. */
const BROAD =
  /\bgit\b|\.git|\bgh\b|GITHUB_(?:ENV|OUTPUT)|set-output|set-env|netrc|\bssh\b|ssh-|credential|askpass|\bpush\b|release|publish|promote|mergeback|backport|branch|\b(?:cp|mv|rsync|rm|eval|source)\b|\.(?:sh|bash)\b|(?:^|[\s;&|(])(?:\.|make|just|task)\s|(?:^|[\s;&|(])\.{0,2}\/|\b(?:npm|pnpm|yarn|bun)\b(?!\s+(?:ci|install|i)\b)|\bbash\b|\bsh\b|(?:^|[;&|(])[ \t]*["']?\$|>|\btee\b/im;

const relevances = new WeakMap<Analysis, Map<readonly Step[], (step: RunStep) => boolean>>();

/** Tells the steps whose scripts have a say in who pushes: the others need not be walked through. */
export function relevance(
  analysis: Analysis,
  steps: readonly Step[],
  around: () => Around,
): (step: RunStep) => boolean {
  if (analysis.observe !== undefined || analysis.notice !== undefined) return ({ run }) => BROAD.test(run.text);
  let known = relevances.get(analysis);
  if (known === undefined) relevances.set(analysis, (known = new Map()));
  let made = known.get(steps);
  if (made === undefined) known.set(steps, (made = makeRelevance(analysis, steps, around())));
  return made;
}

function makeRelevance(
  { readRepositoryFile, withReads }: Analysis,
  steps: readonly Step[],
  { candidates, folders, askers }: Around,
): (step: RunStep) => boolean {
  const test = (text: string): boolean =>
    CHANGES.test(text) ||
    (GIT_CHANGES.test(text) && /\bgit\b|\$/.test(text)) ||
    (KEEPS.test(text) && SECRET.test(text)) ||
    mentionsPush(text, withReads);
  const known = new Map<RunStep, boolean>();
  let asked: string | undefined;
  const isAsked = (id: string): boolean => {
    asked ??= askers && [...askers, ...steps.flatMap(textsOf)].join("\n");
    return asked === undefined || asked.includes(id);
  };
  const isRelevant = (step: RunStep): boolean => {
    const {
      run: { text },
      id,
      continueOnError,
    } = step;
    return (
      candidates.has(step) ||
      test(text) ||
      (OUTPUTS.test(text) && id !== undefined && isAsked(id.text)) ||
      (continueOnError !== undefined && id !== undefined && isAsked(`${id.text}.outcome`)) ||
      someScript(text, [...folders, ...foldersIn(text)], readRepositoryFile, test)
    );
  };
  return (step) => {
    const found = known.get(step) ?? isRelevant(step);
    known.set(step, found);
    return found;
  };
}

/** Where a step may ask for another's output. */
function textsOf(step: Step): readonly string[] {
  if (step.kind === "parallel-step") return step.parallel.items.flatMap(textsOf);
  if (step.kind !== "run-step" && step.kind !== "uses-step") return [];
  const maps = [step.env, step.kind === "uses-step" ? step.with : undefined];
  const values = maps.flatMap((map) =>
    map?.kind === "mapping" ? map.entries.map(({ value }) => value.text ?? "") : [map?.text ?? ""],
  );
  const own = step.kind === "run-step" ? [step.run, step.shell, step.workingDirectory] : [];
  return [...values, ...[step.if, ...own].map((scalar) => scalar?.text ?? "")];
}
