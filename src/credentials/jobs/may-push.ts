import type { Step } from "../../ir/workflow.ts";
import type { ActionTable } from "../actions/action-table.ts";
import { parseUses, actionName } from "../../ir/uses-ref.ts";

/** What a text must hold to push, to fetch, or to name a tool that does. */
const MENTIONS =
  /\bpush\b|\bgit\s+(?:clone|ls-remote)\b|\bgh\s+repo\s+(?:clone|create)\b|release|publish|promote|bump|mergeback|backport|gh-pages|branch\.|\bnp\b/;

/** What may run a script of the repository. */
const RUNS_SCRIPT = /[\w./-]+\.(?:sh|bash)\b|\bmake\b|\b(?:npm|pnpm|yarn|bun)\b|(?:^|[\s;&|])\.\/[\w./-]+/gm;

/** How deep actions and scripts are looked into. */
const MOST_LEVELS = 4;

interface Sight {
  readonly actions: ActionTable;
  readonly readRepositoryFile: (path: string) => string | undefined;
}

/**
 * Whether steps may come to a push at all. A quick look at the words: most jobs do not, and need not be walked through. What says
 * yes here may still push nothing.
 */
export function mayPush(steps: readonly Step[], sight: Sight): boolean {
  return steps.some((step) => stepMayPush(step, sight));
}

function stepMayPush(step: Step, sight: Sight): boolean {
  switch (step.kind) {
    case "run-step":
      return textMayPush(step.run.text, sight, 0);
    case "uses-step": {
      const ref = parseUses(step.uses.text);
      if (ref.kind === "local" || ref.kind === "self") return actionMayPush(ref.path, sight, 0);
      if (ref.kind !== "repository") return false;
      const name = actionName(ref).toLowerCase();
      if (name === "actions/github-script")
        return (
          step.with?.kind === "mapping" && step.with.entries.some(({ value }) => /\bpush\b/.test(value.text ?? ""))
        );
      return sight.actions.get(name)?.some(({ run }) => run !== undefined && /\bpush\b/.test(run)) ?? false;
    }
    case "parallel-step":
      return mayPush(step.parallel.items, sight);
    default:
      return false;
  }
}

function actionMayPush(path: string, sight: Sight, level: number): boolean {
  const directory = path.replace(/^\.?[/\\]+/, "").replace(/\/+$/, "");
  for (const name of ["action.yml", "action.yaml"]) {
    const text = sight.readRepositoryFile(directory === "" ? name : `${directory}/${name}`);
    if (text === undefined) continue;
    if (textMayPush(text, sight, level + 1)) return true;
    for (const [, nested = ""] of text.matchAll(/uses:\s*["']?([^\s"'#]+)/g)) {
      const ref = parseUses(nested);
      if (ref.kind === "repository" && sight.actions.has(actionName(ref).toLowerCase())) return true;
      if (
        level < MOST_LEVELS &&
        (ref.kind === "local" || ref.kind === "self") &&
        actionMayPush(ref.path, sight, level + 1)
      )
        return true;
    }
  }
  return false;
}

function textMayPush(text: string, sight: Sight, level: number): boolean {
  if (MENTIONS.test(text)) return true;
  if (level >= MOST_LEVELS) return false;
  for (const [match] of text.matchAll(RUNS_SCRIPT)) {
    const word = match.trim().replace(/^[;&|]\s*/, "");
    for (const path of filesOf(word)) {
      const file = sight.readRepositoryFile(path);
      if (file !== undefined && (level === 0 ? textMayPush(file, sight, level + 1) : MENTIONS.test(file))) return true;
    }
  }
  return false;
}

function filesOf(word: string): readonly string[] {
  if (word === "make") return ["Makefile", "makefile", "GNUmakefile"];
  if (/^(?:npm|pnpm|yarn|bun)$/.test(word)) return ["package.json"];
  return [word.replace(/^\.\//, "")];
}
