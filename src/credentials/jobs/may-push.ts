import type { Env, Step } from "../../ir/workflow.ts";
import { actionName, parseUses } from "../../ir/uses-ref.ts";
import type { ActionTable } from "../actions/action-table.ts";
import { holdsPush, mayCarryPush, mentionsPush, mentionsPushInYaml } from "./mentions.ts";
import { foldersIn, someScript } from "./script-files.ts";

/** What is in sight of a job's steps. */
export interface Sight {
  readonly actions: ActionTable;
  readonly readRepositoryFile: (path: string) => string | undefined;
  /** Whether reads from remotes are asked for too. */
  readonly withReads: boolean;
}

/** What the steps have around them: `env` of the workflow and the job, `working-directory` of their defaults. */
export interface Surroundings {
  readonly env: readonly (Env | undefined)[];
  readonly folder: string | undefined;
}

/** How deep actions are looked into. */
const MOST_LEVELS = 4;

/** Which of a job's steps may push. */
export interface PushPlan {
  /**
   * How many steps, counted from the first, lead up to the last push, as far as their words tell; 0 where none of them may push.
   * Most jobs do not, and need not be walked through; and what comes behind the last push changes nothing of it.
   */
  readonly length: number;
  readonly candidates: ReadonlySet<Step>;
}

export function planPushes(steps: readonly Step[], surroundings: Surroundings, sight: Sight): PushPlan {
  const folders = foldersOf(steps, surroundings.folder);
  const isCarried = [...surroundings.env, ...steps.map(envOf)].some(carriesPush);
  const candidates = new Set<Step>();
  let length = 0;
  let isHandedOn = false;
  for (const [at, step] of steps.entries()) {
    if (!isHandedOn && !stepMayPush(step, folders, isCarried, sight)) continue;
    candidates.add(step);
    length = at + 1;
    // A script that is written here and run there, an alias, a command in an output: later steps need not say what they do.
    isHandedOn ||= step.kind === "run-step" && HANDS_ON.test(step.run.text);
  }
  return { length, candidates };
}

/** Where the paths of steps may be looked up, besides the root. */
export function foldersOf(steps: readonly Step[], folder: string | undefined): readonly string[] {
  return [folder, ...steps.map(folderOf)].flatMap((written) => (written === undefined ? [] : [rootless(written)]));
}

/** Writes a file that is none of the runner's, makes a name for something, sets a hook, hands a command on. */
const HANDS_ON =
  /\balias\b|\bhooksPath\b|\.git\/hooks\/|\btee\b|(?<![0-9&-])>{1,2}(?![&|>]|\s*(?:\/dev\/|"?\$\{?GITHUB_))|\bgit\b[^\n]*\bpush\b[^\n]*GITHUB_(?:ENV|OUTPUT)/;

function folderOf(step: Step): string | undefined {
  return step.kind === "run-step" ? step.workingDirectory?.text : undefined;
}

function envOf(step: Step): Env | undefined {
  return step.kind === "run-step" || step.kind === "uses-step" ? step.env : undefined;
}

function carriesPush(env: Env | undefined): boolean {
  return env?.kind === "mapping" && env.entries.some(({ value }) => mayCarryPush(value.text ?? ""));
}

function stepMayPush(step: Step, folders: readonly string[], isCarried: boolean, sight: Sight): boolean {
  switch (step.kind) {
    case "run-step": {
      const { text } = step.run;
      return (isCarried && text.includes("$")) || textMayPush(text, folders, sight);
    }
    case "uses-step": {
      const ref = parseUses(step.uses.text);
      if (ref.kind === "local" || ref.kind === "self") return actionMayPush(ref.path, sight, 0);
      if (ref.kind === "docker") return inputsOf(step).some(holdsPush);
      if (ref.kind !== "repository") return false;
      const name = actionName(ref).toLowerCase();
      if (name === "actions/github-script") return inputsOf(step).some(holdsPush);
      // What an action of the table does may be what it is told: `command: git push`.
      const runs = sight.actions.get(name)?.some(({ run }) => run !== undefined) === true;
      return mayAct(name, sight) || (runs && inputsOf(step).some((text) => textMayPush(text, folders, sight)));
    }
    case "parallel-step":
      return step.parallel.items.some((inner) => stepMayPush(inner, folders, isCarried, sight));
    default:
      return false;
  }
}

function inputsOf(step: Extract<Step, { kind: "uses-step" }>): readonly string[] {
  return step.with?.kind === "mapping" ? step.with.entries.map(({ value }) => value.text ?? "") : [];
}

function textMayPush(text: string, folders: readonly string[], { readRepositoryFile, withReads }: Sight): boolean {
  const test = (script: string): boolean => mentionsPush(script, withReads);
  return test(text) || someScript(text, [...folders, ...foldersIn(text)], readRepositoryFile, test);
}

function actionMayPush(path: string, sight: Sight, level: number): boolean {
  const directory = rootless(path);
  for (const name of ["action.yml", "action.yaml"]) {
    const text = sight.readRepositoryFile(directory === "" ? name : `${directory}/${name}`);
    if (text === undefined || !/composite/.test(text)) continue;
    if (textMayPush(text, [directory], sight) || usesMayPush(text, sight, level)) return true;
  }
  return false;
}

/**
 * Whether a workflow or an action may push, by its text alone: what says no need not be parsed. Its reusable workflows are looked
 * into.
 */
export function fileMayPush(text: string, sight: Sight, level = 0): boolean {
  const { withReads, readRepositoryFile } = sight;
  if (mentionsPushInYaml(text, withReads) || usesMayPush(text, sight, level)) return true;
  const folders = [...text.matchAll(/working-directory["']?:\s*["']?([^\s"'#,}]+)/g)].map(([, folder = ""]) => folder);
  const places = [...foldersIn(text), ...folders.map(rootless)];
  return someScript(text, places, readRepositoryFile, (script) => mentionsPush(script, withReads));
}

/** By the text of a YAML file: whatever its steps and jobs use. */
function usesMayPush(text: string, sight: Sight, level: number): boolean {
  for (const [, uses = ""] of text.matchAll(/uses["']?:\s*["']?([^\s"'#,}]+)/g)) {
    const ref = parseUses(uses);
    if (ref.kind === "repository") {
      if (mayAct(actionName(ref), sight)) return true;
    } else if ((ref.kind === "local" || ref.kind === "self") && level < MOST_LEVELS) {
      if (/\.ya?ml$/.test(ref.path)) {
        const called = sight.readRepositoryFile(rootless(ref.path));
        if (called !== undefined && fileMayPush(called, sight, level + 1)) return true;
      } else if (actionMayPush(ref.path, sight, level + 1)) return true;
    }
  }
  return false;
}

function mayAct(name: string, { actions }: Sight): boolean {
  return pushingActions(actions).has(name.toLowerCase());
}

const pushing = new WeakMap<ActionTable, ReadonlySet<string>>();

/** Of a table's actions those that may push, by name in lower case. */
function pushingActions(actions: ActionTable): ReadonlySet<string> {
  const known = pushing.get(actions);
  if (known !== undefined) return known;
  const found = [...actions].filter(([, versions]) => versions.some(({ run }) => run !== undefined && holdsPush(run)));
  const names = new Set(found.map(([name]) => name));
  pushing.set(actions, names);
  return names;
}

function rootless(path: string): string {
  return path.replace(/^(?:\.?[/\\])+|\/+$/g, "");
}
