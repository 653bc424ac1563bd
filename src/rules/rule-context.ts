import { checkInputs, type InputProblem } from "../actions/check-inputs.ts";
import type { Lock } from "../actions/lock.ts";
import { judgePush, NOTHING_DECLARED, type Consequences } from "../consequences/consequences.ts";
import type { JobTrace } from "../credentials/traces/trace-job.ts";
import type { PushVerdict } from "../credentials/verdicts.ts";
import type { KnownActions } from "../actions/resolve-interface.ts";
import type { FileNode } from "../ir/any-node.ts";
import { printPath, type Path } from "../ir/origin.ts";
import { parseUses } from "../ir/uses-ref.ts";
import type { CheckedFile } from "./checked-file.ts";
import { nothingKnown, type OwnFiles } from "./own-files.ts";

/** What rules know beside the file that they check. What several of them ask for is worked out once for each file. */
export interface RuleContext extends OwnFiles {
  /** The manifests of a file's actions. */
  readonly actionsOf: (file: CheckedFile) => KnownActions;
  /** The commits that sources are pinned to. */
  readonly lock: Lock;
  /** Whether GitHub takes the commit of a workflow's `uses:` from its own lock. */
  readonly isInGithubLock: (file: CheckedFile, ref: string) => boolean;
  /** Where a file's `with:` does not fit its actions' manifests. */
  readonly inputProblems: (file: CheckedFile) => readonly InputProblem[];
  /** Who a file's pushes authenticate as. */
  readonly pushesOf: (file: CheckedFile) => readonly PushVerdict[];
  /** What a file's jobs do with credentials besides. */
  readonly jobsOf: (file: CheckedFile) => readonly JobTrace[];
  /** What GitHub makes of a file's push. */
  readonly consequencesOf: (push: PushVerdict, file: CheckedFile) => Consequences;
}

type Given = Pick<RuleContext, "actionsOf" | "lock"> &
  Partial<Pick<RuleContext, "isInGithubLock" | "pushesOf" | "jobsOf" | "consequencesOf">> & { readonly own?: OwnFiles };

/** Puts a context together; without an analysis nothing is known of pushes, and without `own` nothing of the own repository. */
export function ruleContext({ actionsOf, lock, own = nothingKnown, ...pushes }: Given): RuleContext {
  const ofInputs = onceEach((file) => inputProblems(file, actionsOf(file)));
  return { ...own, ...NOTHING_MORE, actionsOf, lock, inputProblems: ofInputs, ...pushes };
}

const NOTHING_MORE: Pick<RuleContext, "isInGithubLock" | "pushesOf" | "jobsOf" | "consequencesOf"> = {
  isInGithubLock: () => false,
  pushesOf: () => [],
  jobsOf: () => [],
  consequencesOf: (push, { node = NO_WORKFLOW }) => judgePush(push, node, NOTHING_DECLARED),
};

const NO_WORKFLOW: FileNode = { kind: "workflow", keys: [], unknown: [] };

function inputProblems({ kind, node, intents }: CheckedFile, known: KnownActions): readonly InputProblem[] {
  if (node === undefined) return [];
  const problems = checkInputs(node, known);
  if (problems.length === 0) return problems;
  const untyped = new Set(
    [...intents].filter(([, { kind }]) => kind === "untyped").map(([{ path }]) => printPath(path)),
  );
  const stepOf = (path: Path): Path => path.slice(0, path.findLastIndex((part) => typeof part === "number") + 1);
  return problems.filter(({ code, ref, path }) => {
    // The inputs of an `untyped(…)` action are nobody's to check.
    if (untyped.has(printPath(stepOf(path)))) return false;
    // A manifest does not say what values an input takes. What the catalogue's inputs take was looked up; others are a guess.
    return code !== "bad-input-value" || kind === "defined" || parseUses(ref).kind === "repository";
  });
}

function onceEach<T>(find: (file: CheckedFile) => T): (file: CheckedFile) => T {
  const found = new WeakMap<CheckedFile, { readonly value: T }>();
  return (file) => {
    const known = found.get(file) ?? { value: find(file) };
    found.set(file, known);
    return known.value;
  };
}
