import type { ActionTable } from "../credentials/actions/action-table.ts";
import { actionName, parseUses } from "../ir/uses-ref.ts";
import type { Mapping, Value } from "../ir/node.ts";
import { parseScript } from "../shell/parse-script.ts";
import { addNeeds, isNeeded, type Needs } from "./needs.ts";
import { bare, mapping, only, take, textAt, textsOf } from "./plain-value.ts";
import { sliceScript } from "./slice-script.ts";

export interface KeepOptions {
  readonly actions: ActionTable;
  /** A file of the repository. */
  readonly readRepositoryFile: (path: string) => string | undefined;
}

/** Keeps of the steps in front of a push what it depends on: checkouts, what mints its token, what configures git. */
export function keepSteps(steps: readonly Value[], needs: Needs, options: KeepOptions): readonly Value[] {
  const kept: Value[] = [];
  for (const step of steps.toReversed()) {
    const made = step.kind === "mapping" ? keepStep(step, needs, options) : undefined;
    if (made === undefined) continue;
    for (const text of textsOf(made)) addNeeds(needs, text);
    kept.unshift(made);
  }
  return kept;
}

function keepStep(step: Mapping, needs: Needs, options: KeepOptions): Mapping | undefined {
  const uses = textAt(step, "uses");
  if (uses !== undefined) return keepUses(step, uses, needs, options);
  const run = textAt(step, "run");
  const script = run === undefined ? undefined : parseScript(run);
  if (script?.kind !== "script") return undefined;
  const lines = sliceScript(script, script.statements, needs, textAt(step, "id"));
  return lines.length === 0 ? undefined : runStep(step, lines, needs);
}

/** A step that runs other lines, and is what it was otherwise. */
export function runStep(
  step: Mapping,
  lines: readonly string[],
  needs: Needs,
  more: { readonly id?: string; readonly name?: string } = {},
): Mapping {
  for (const line of lines) addNeeds(needs, line);
  return mapping({
    name: more.name ?? take(step, "name"),
    id: more.id ?? take(step, "id"),
    shell: take(step, "shell"),
    "working-directory": take(step, "working-directory"),
    env: only(take(step, "env"), (name) => isNeeded(needs, name)),
    run: `${lines.join("\n")}\n`,
  });
}

function keepUses(step: Mapping, uses: string, needs: Needs, options: KeepOptions): Mapping | undefined {
  const id = textAt(step, "id");
  const isAsked = id !== undefined && [...needs.outputs].some((output) => output.startsWith(`${id}.`));
  const isCheckout = nameOf(uses) === "actions/checkout";
  if (!isAsked && !isCheckout && !configures(uses, options)) return undefined;
  const inputs = take(step, "with");
  return mapping({
    name: take(step, "name"),
    id: take(step, "id"),
    // With its comment, which says the version of a commit.
    uses: usesOf(step),
    env: take(step, "env"),
    // What is checked out has no say in who pushes, and what only the real event tells is not there.
    with: isCheckout ? only(inputs, (key, value) => key !== "ref" || !isOfEvent(textsOf(value).join())) : inputs,
  });
}

function usesOf(step: Mapping): Value | undefined {
  const found = step.entries.find(({ key }) => key.text === "uses")?.value;
  return found && { ...bare(found), comments: found.comments };
}

/** What only the run of the real event, or another job, knows. */
export function isOfEvent(text: string): boolean {
  return /\bgithub\.(?:head_ref|base_ref|event\.(?!inputs\b|repository\b|sender\b|organization\b))|\bneeds\./.test(
    text,
  );
}

function nameOf(uses: string): string {
  const ref = parseUses(uses);
  return ref.kind === "repository" ? actionName(ref).toLowerCase() : "";
}

/** Whether an action sets git up for later steps, and does not push itself. */
function configures(uses: string, { actions, readRepositoryFile }: KeepOptions): boolean {
  const ref = parseUses(uses);
  if (ref.kind === "repository") {
    const known = actions.get(nameOf(uses)) ?? [];
    return known.some(({ run }) => run !== undefined && !/\bgit\b.*\bpush\b/.test(run));
  }
  if (ref.kind !== "local" && ref.kind !== "self") return false;
  const folder = ref.path.replace(/^\.\//, "");
  const text = readRepositoryFile(`${folder}/action.yml`) ?? readRepositoryFile(`${folder}/action.yaml`) ?? "";
  return (
    /\bgit\s+(?:-\S+\s+)*(?:config|remote)\b|\bgh\s+auth\b|ssh-|netrc|actions\/checkout@/.test(text) &&
    !/\bgit\b.*\bpush\b/.test(text)
  );
}
