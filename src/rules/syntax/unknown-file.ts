import type { FileNode } from "../../ir/any-node.ts";
import type { Path } from "../../ir/origin.ts";
import { visitParts } from "../../ir/parts.ts";
import { parseUses } from "../../ir/uses-ref.ts";
import type { CallJob, Step, UsesStep } from "../../ir/workflow.ts";
import { wrongAction, wrongWorkflow } from "../../ir/check/wrong-uses.ts";
import type { CheckedFile } from "../checked-file.ts";
import { defineRule } from "../define-rule.ts";
import type { RuleContext } from "../rule-context.ts";

export const unknownFile = defineRule({
  id: "unknown-file",
  severity: "warning",
  summary: "A `uses` names an action or a workflow of this repository that is not there.",
  why: `A called workflow has to lie in the repository at the caller's own commit: GitHub refuses the file otherwise ("workflow was not
found"), and in sources this is an error. An action by \`./path\` is looked for in the workspace, where an earlier step may have put
it: a checkout with a \`path\` or of another repository, or a script that names its folder. Where no step does, the step fails with
"Can't find 'action.yml', 'action.yaml' or 'Dockerfile'".`,
  messages: {
    workflow: "there is no {path} in this repository: GitHub looks for it at this workflow's own commit",
    action:
      "there is no action in {path}: no action.yml, action.yaml or Dockerfile, and no earlier step seems to make it",
    own: "there is no action in {path} of this repository: no action.yml, action.yaml or Dockerfile",
  },
  *check(file, context) {
    const { node, kind } = file;
    if (node === undefined) return;
    const certain = kind === "defined" ? "error" : undefined;
    for (const { part, path, steps } of partsIn(node)) {
      const at = part.uses;
      if (part.kind === "call-job") {
        const called = at?.text.startsWith("./") && wrongWorkflow(at.text) === undefined ? at.text.slice(2) : undefined;
        if (at !== undefined && called !== undefined && context.hasFile(file, called) === false)
          yield { message: "workflow", data: { path: called }, at, path, severity: certain };
        continue;
      }
      const uses = wrongAction(part.uses.text) === undefined ? parseUses(part.uses.text) : undefined;
      if (uses?.kind === "self" && hasAction(file, uses.path, context) === false)
        yield { message: "own", data: { path: uses.path }, at: part.uses, path, severity: certain };
      // What `./` is to an action's own steps, its caller decides.
      if (uses?.kind !== "local" || node.kind !== "workflow") continue;
      const folder = uses.path.replaceAll("\\", "/");
      if (hasAction(file, folder, context) === false && !steps.some((step) => mayMake(step, folder)))
        yield { message: "action", data: { path: folder }, at: part.uses, path };
    }
  },
});

interface UsingPart {
  readonly part: CallJob | UsesStep;
  /** Of its `uses`. */
  readonly path: Path;
  /** Those of its job that begin before it. */
  readonly steps: readonly Step[];
}

function partsIn(file: FileNode): readonly UsingPart[] {
  const found: UsingPart[] = [];
  let before: Step[] = [];
  visitParts(file, (part, path) => {
    if (part.kind === "job") before = [];
    else if (part.kind === "call-job") found.push({ part, path: [...path, "uses"], steps: [] });
    else {
      if (part.kind === "uses-step") found.push({ part, path: [...path, "uses"], steps: before });
      before = [...before, part];
    }
  });
  return found;
}

const MANIFESTS = ["action.yml", "action.yaml", "Dockerfile"];

function hasAction(file: CheckedFile, folder: string, { hasFile }: RuleContext): boolean | undefined {
  const found = MANIFESTS.map((name) => hasFile(file, `${folder}/${name}`));
  return found.includes(true) ? true : found.includes(undefined) ? undefined : false;
}

/** Whether a step may put an action's folder into the workspace. */
function mayMake(step: Step, folder: string): boolean {
  const [first = "", second = ""] = folder.split("/").slice(1);
  // `.github` alone stands in many scripts.
  const name = first === ".github" ? second : first;
  if (step.kind === "run-step") return name === "" || step.run.text.includes(name);
  if (step.kind !== "uses-step" || step.uses.text.startsWith("./")) return false;
  // Of an action that is no checkout nobody knows what it writes.
  if (!/^actions\/checkout@/i.test(step.uses.text)) return !/^actions\/(?:setup-|cache)/i.test(step.uses.text);
  const inputs = step.with?.kind === "mapping" ? step.with.entries : [];
  return inputs.some(({ key }) => ["path", "repository", "ref"].includes(key.text.toLowerCase()));
}
