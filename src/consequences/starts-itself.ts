import { COMPUTED } from "../credentials/work.ts";
import type { RefUpdate } from "../credentials/programs/ref-updates.ts";
import type { Scalars, Trigger, Workflow } from "../ir/workflow.ts";
import { scalarsOf } from "../ir/walk.ts";
import { matchesFilters } from "./filter-pattern.ts";
import { findJob, stepsOf } from "./find-job.ts";
import { judge, type Judgement } from "./judgement.ts";
import type { PushVerdict } from "../credentials/verdicts.ts";
import type { Pushed } from "./pushed.ts";

/**
 * Whether a push starts the workflow that it runs in once more.
 *
 * @param starts whether it starts workflows at all
 */
export function judgeStartingItself(pushed: Pushed, starts: Judgement): Judgement {
  const { file, updates, push } = pushed;
  if (starts.answer === "no") return starts;
  if (file.kind !== "workflow") return judge("unknown", "the workflows that use this action decide");
  const triggers = triggersOf(file);
  if (triggers === undefined) return judge("unknown", "`on` cannot be read");
  if (triggers.has("workflow_call") && triggers.size === 1)
    return judge("unknown", "the workflows that call this one decide");
  const own = [...triggers.keys()].filter((event) => FROM_PUSH.includes(event));
  if (own.length === 0 && triggers.has("workflow_run"))
    return judge("unknown", "it starts when another workflow ends, and the push may start that one", "TR-016");
  if (own.length === 0) return judge("no", "the workflow starts on nothing that a push is");
  if (updates === undefined) return judge("unknown", "which refs are pushed is not known");
  const answers = own.map((event) => byEvent(event, triggers.get(event), updates, pushed));
  const yes = answers.find(({ answer }) => answer === "yes");
  const unknown = answers.find(({ answer }) => answer === "unknown");
  const found = yes ?? unknown ?? answers[0] ?? judge("no", "the workflow starts on nothing that a push is");
  if (found.answer !== "yes") return found;
  if (starts.answer === "unknown") return starts;
  const guard = findGuard(file, push.job, push.step);
  if (guard !== undefined) return judge("unknown", `${found.reasons[0]?.text ?? ""}; \`if: ${guard}\` may end that`);
  const message = pushed.commit?.message;
  if (message !== undefined && !message.includes(COMPUTED)) return found;
  const [reason] = found.reasons;
  return judge("yes", `${reason?.text ?? ""}, unless the commit's message says [skip ci] or the like`, "TR-017");
}

/** Whether a push's refs and files are such that a workflow starts on `push`, whoever pushes. */
export function judgeStarting({ on }: Workflow, push: Pick<PushVerdict, "updates" | "commit">): Judgement {
  const trigger = on === undefined ? undefined : triggersOf({ on });
  if (trigger?.has("push") !== true) return judge("no", "the workflow does not start on `push`");
  const { updates, commit } = push;
  if (updates === undefined) return judge("unknown", "which refs are pushed is not known");
  // The ref of the run is whatever started it, and says nothing about another workflow's filters.
  const made = updates.filter(({ isDeleted }) => !isDeleted).map((update) => ({ ...update, isCurrent: false }));
  return any(made.map((update) => byPush(trigger.get("push"), update, { commit })));
}

/** Events that a push to a ref causes. */
const FROM_PUSH = ["push", "create", "delete", "pull_request", "pull_request_target"];

function byEvent(
  event: string,
  trigger: Trigger | undefined,
  updates: readonly RefUpdate[],
  pushed: Pushed,
): Judgement {
  switch (event) {
    case "push":
      return any(updates.filter(({ isDeleted }) => !isDeleted).map((update) => byPush(trigger, update, pushed)));
    case "create":
      return any(
        updates.map(({ isDeleted, isCurrent }) =>
          isDeleted || isCurrent
            ? judge("no", "the ref is there already")
            : judge("unknown", "it starts on `create`, and whether the ref is new is not known"),
        ),
      );
    case "delete":
      return any(
        updates.map(({ isDeleted }) =>
          isDeleted ? judge("yes", "it starts on `delete`") : judge("no", "nothing is deleted"),
        ),
      );
    default:
      return any(
        updates.map(({ kind, isDeleted }) =>
          kind === "tag" || isDeleted
            ? judge("no", "no pull request comes from a tag")
            : judge(
                "unknown",
                `it starts on \`${event}\`, where a pull request comes from the branch that is pushed`,
                ...(event === "pull_request_target" ? (["TR-023"] as const) : []),
              ),
        ),
      );
  }
}

/** One of several is enough. */
function any(answers: readonly Judgement[]): Judgement {
  return (
    answers.find(({ answer }) => answer === "yes") ??
    answers.find(({ answer }) => answer === "unknown") ??
    answers[0] ??
    judge("no", "nothing is pushed that starts it")
  );
}

interface PushFilters {
  readonly branches: readonly string[] | undefined;
  readonly branchesIgnore: readonly string[] | undefined;
  readonly tags: readonly string[] | undefined;
  readonly tagsIgnore: readonly string[] | undefined;
  readonly paths: readonly string[] | undefined;
  readonly pathsIgnore: readonly string[] | undefined;
}

/** Filters as docs.github.com, "Workflow syntax", `on.push`, has them. */
function byPush(trigger: Trigger | undefined, update: RefUpdate, { commit }: Pick<Pushed, "commit">): Judgement {
  const filters = filtersOf(trigger);
  const kinds = update.kind === "ref" ? (["branch", "tag"] as const) : [update.kind];
  const answers = kinds.map((kind) => both(byRef(filters, kind, update), byPaths(filters, kind, commit?.paths)));
  const [first, second] = answers;
  if (first === undefined) return judge("no", "nothing is pushed");
  if (second === undefined || second.answer === first.answer) return first;
  return judge("unknown", "whether a branch or a tag is pushed is not known");
}

function both(ref: Judgement, paths: Judgement): Judgement {
  if (ref.answer === "no" || paths.answer === "no") return ref.answer === "no" ? ref : paths;
  return ref.answer === "unknown" ? ref : paths.answer === "unknown" ? paths : ref;
}

function byRef(filters: PushFilters, kind: "branch" | "tag", update: RefUpdate): Judgement {
  const [own, ignored] =
    kind === "branch" ? [filters.branches, filters.branchesIgnore] : [filters.tags, filters.tagsIgnore];
  const [others, othersIgnored] =
    kind === "branch" ? [filters.tags, filters.tagsIgnore] : [filters.branches, filters.branchesIgnore];
  const noun = kind === "branch" ? "branches" : "tags";
  if (own === undefined && ignored === undefined) {
    if (others !== undefined || othersIgnored !== undefined)
      return judge("no", `the workflow starts on ${kind === "branch" ? "tags" : "branches"} only`);
    return judge("yes", `the workflow starts on every push of ${noun}`);
  }
  if (update.isCurrent)
    return judge("yes", `a run that a push started pushes to its own ${kind}, which \`on.push\` takes`);
  if (update.name === null) return judge("unknown", `which ${kind} is pushed is not known`);
  const isTaken =
    own === undefined ? not(matchesFilters(ignored ?? [], update.name)) : matchesFilters(own, update.name);
  if (isTaken === undefined) return judge("unknown", `the filters of ${noun} cannot be read`);
  return isTaken
    ? judge("yes", `\`on.push\` takes the ${kind} ${update.name}`)
    : judge("no", `\`on.push\` does not take the ${kind} ${update.name}`);
}

/** Tags know no path filters. */
function byPaths(
  { paths, pathsIgnore }: PushFilters,
  kind: "branch" | "tag",
  changed: readonly string[] | undefined,
): Judgement {
  if (kind === "tag" || (paths === undefined && pathsIgnore === undefined))
    return judge("yes", "there is no filter of paths");
  if (changed === undefined) return judge("unknown", "which files the push changes is not known");
  const answers = changed.map((path) => {
    if (/[*?[\]]|\/$/.test(path) || path === "." || !/\.[\w-]+$/.test(path)) return undefined;
    return paths === undefined ? not(matchesFilters(pathsIgnore ?? [], path)) : matchesFilters(paths, path);
  });
  if (answers.includes(true)) return judge("yes", "the filter of paths takes what is committed");
  if (answers.includes(undefined)) return judge("unknown", "which files the push changes is not known");
  return judge("no", `the filter of paths takes nothing of what is committed (${changed.join(", ")})`, "TR-019");
}

function not(answer: boolean | undefined): boolean | undefined {
  return answer === undefined ? undefined : !answer;
}

/** Event → its filters; undefined where `on` is an expression or missing. */
function triggersOf({ on }: Pick<Workflow, "on">): ReadonlyMap<string, Trigger | undefined> | undefined {
  if (on === undefined) return undefined;
  if (on.kind === "mapping") return new Map(on.entries.map(({ key, value }) => [key.text, value]));
  return new Map(scalarsOf(on).map(({ text }) => [text, undefined]));
}

function filtersOf(trigger: Trigger | undefined): PushFilters {
  const filters = trigger?.kind === "filters" ? trigger : undefined;
  const read = (list: Scalars | undefined) =>
    list === undefined ? undefined : scalarsOf(list).map(({ text }) => text);
  return {
    branches: read(filters?.branches),
    branchesIgnore: read(filters?.branchesIgnore),
    tags: read(filters?.tags),
    tagsIgnore: read(filters?.tagsIgnore),
    paths: read(filters?.paths),
    pathsIgnore: read(filters?.pathsIgnore),
  };
}

/** A condition that asks who or what started the run, or what an earlier step or job has found: whether there is anything to do. */
function findGuard(file: Workflow, job: string, step: number): string | undefined {
  const conditions = [findJob(file, job)?.if, conditionOf(stepsOf(file, job)[step])];
  return conditions.find(
    (condition) =>
      condition !== undefined &&
      /github\.(?:event|actor|triggering_actor|ref|head_ref|base_ref)|\b(?:steps|needs)\.|\benv\./.test(condition.text),
  )?.text;
}

function conditionOf(step: ReturnType<typeof stepsOf>[number] | undefined) {
  return step !== undefined && "if" in step ? step.if : undefined;
}
