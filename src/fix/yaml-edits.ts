import type { FileNode } from "../ir/any-node.ts";
import { visitParts } from "../ir/parts.ts";
import type { Scalar } from "../ir/node.ts";
import { positionAt } from "../ir/span.ts";
import type { AnyJob, Step, UsesStep, Workflow } from "../ir/workflow.ts";
import type { Change } from "../rules/mend.ts";
import { edited, refused, type Planned } from "./text-edit.ts";
import { indentStep, insertLine, keyText, lineBreakOf, lineEndBehind, setEntry, usesAnchor } from "./yaml-mapping.ts";

/** The edits of a YAML file that carry a change out; every byte that it does not speak of stays. */
export function yamlEdits(file: FileNode, change: Change): Planned {
  switch (change.kind) {
    case "set-input":
      return setInput(file, change.step, change.name, String(change.value));
    case "set-permission":
      return file.kind === "workflow" ? setPermission(file, change) : refused("an action has no permissions");
    case "replace":
      return edited(...change.edits.map(({ span: { start, end }, text }) => ({ start, end, text })));
    case "insert-in-command":
      return refused("the script has no place in the file");
    case "insert-in-script": {
      const { start, end } = change.at;
      if (isSharedScript(file, start)) return refused(SHARED);
      return edited({ start, end, text: change.text });
    }
  }
}

const SHARED = "what stands here is used in several places, through an anchor: decide for all of them by hand";

function setInput(file: FileNode, step: UsesStep, name: string, value: string): Planned {
  const { with: inputs, keys } = step;
  if (isShared(file, step)) return refused(SHARED);
  if (inputs?.kind === "mapping") return setEntry(inputs, name, value);
  if (inputs !== undefined && inputs.text !== "") return refused("`with` is an expression");
  const key = keys.find(({ text }) => text === "with");
  return key === undefined ? addInputs(step, name, value) : addBelow(key, name, value);
}

/** `with:` with nothing behind it. */
function addBelow(key: Scalar, name: string, value: string): Planned {
  const { span } = key;
  if (span === undefined) return refused("the step has no place in the file");
  const { file, end, start } = span;
  const line = /^["']?:[ \t]*(?:#[^\r\n]*)?(?=\r?\n|$)/.exec(file.text.slice(end))?.[0];
  if (line === undefined) return refused("`with` is written in a way that cannot be added to");
  const indent = positionAt(file, start).column - 1 + indentStep(file);
  return edited(insertLine(file, end + line.length, `${" ".repeat(indent)}${keyText(name, key)}: ${value}`));
}

/** A step without `with`: it comes behind `uses`, on lines of its own or in the same braces. */
function addInputs({ keys, uses, flow, anchor, span }: UsesStep, name: string, value: string): Planned {
  const key = keys.find(({ text }) => text === "uses");
  if (key?.span === undefined || uses.span === undefined || span === undefined)
    return refused("the step has no place in the file");
  const { file } = key.span;
  if (anchor !== undefined && usesAnchor(file, anchor))
    return refused(`other places use the step, through the anchor &${anchor}`);
  if (flow === true) {
    const written = /[{}[\],]/.test(value) ? JSON.stringify(value) : value;
    const [outer, inner] = [keyText("with", key), keyText(name, key)];
    return edited({ start: uses.span.end, end: uses.span.end, text: `, ${outer}: { ${inner}: ${written} }` });
  }
  const end = lineEndBehind(file, { key, value: uses });
  if (end === undefined) return refused("`uses` is written over several lines: put it on one");
  const indent = positionAt(file, key.span.start).column - 1;
  const below = " ".repeat(indent + indentStep(file));
  const [outer, inner] = [keyText("with", key), keyText(name, key)];
  return edited(insertLine(file, end, `${" ".repeat(indent)}${outer}:${lineBreakOf(file)}${below}${inner}: ${value}`));
}

/** Whether the same lines are a step of several jobs, or `with` the inputs of several steps. */
function isShared(file: FileNode, step: UsesStep): boolean {
  let users = 0;
  const place = step.uses.span?.start;
  const inputs = firstEntry(step);
  visitParts(file, (part: AnyJob | Step) => {
    if (part.kind !== "uses-step") return;
    const isSame = part.uses.span?.start === place || (inputs !== undefined && firstEntry(part) === inputs);
    if (isSame) users++;
  });
  return users > 1;
}

function isSharedScript(file: FileNode, at: number): boolean {
  let users = 0;
  visitParts(file, (part: AnyJob | Step) => {
    const span = part.kind === "run-step" && part.run.alias === undefined ? part.run.span : undefined;
    if (span !== undefined && span.start <= at && at < span.end) users++;
    // `run: *script`
    if (part.kind === "run-step" && part.run.alias !== undefined) users += usersOfAlias(file, part.run.alias, at);
  });
  return users > 1;
}

/** Whether an alias means the script that stands at a place. */
function usersOfAlias(file: FileNode, alias: string, at: number): number {
  let users = 0;
  visitParts(file, (part: AnyJob | Step) => {
    if (part.kind !== "run-step" || part.run.anchor !== alias || part.run.span === undefined) return;
    if (part.run.span.start <= at && at < part.run.span.end) users++;
  });
  return users;
}

function firstEntry({ with: inputs }: UsesStep): number | undefined {
  return inputs?.kind === "mapping" ? inputs.entries[0]?.key.span?.start : undefined;
}

type SetPermission = Extract<Change, { kind: "set-permission" }>;

/** In the job's own permissions; in the workflow's where it is the only job; else the job gets the workflow's, and this one. */
function setPermission(workflow: Workflow, { job: id, scope, level }: SetPermission): Planned {
  const jobs = workflow.jobs?.entries ?? [];
  const job = jobs.find(({ key }) => key.text === id)?.value;
  if (job === undefined) return refused(`there is no job '${id}'`);
  const source = job.keys[0]?.span?.file;
  const isAnchored = job.anchor !== undefined && source !== undefined && usesAnchor(source, job.anchor);
  if (job.alias !== undefined || isAnchored) return refused(SHARED);
  const isOnly = jobs.length === 1;
  const permissions = job.permissions ?? (isOnly ? workflow.permissions : undefined);
  if (permissions?.kind === "mapping") return setEntry(permissions, scope, level);
  if (permissions !== undefined)
    return refused(`\`permissions: ${permissions.text}\` is one word: list the scopes in its place`);
  if (workflow.permissions?.kind !== "mapping") return refused("there are no permissions to add to");
  return addPermissions(job, workflow.permissions.entries, scope, level);
}

type Scopes = Extract<NonNullable<Workflow["permissions"]>, { kind: "mapping" }>["entries"];

function addPermissions(job: AnyJob, scopes: Scopes, scope: string, level: string): Planned {
  const before = job.keys.find(({ text }) => text === "steps" || text === "uses");
  if (before?.span === undefined || job.flow === true)
    return refused("the job is written in a way that cannot be added to");
  const { file, start } = before.span;
  const indent = positionAt(file, start).column - 1;
  const below = " ".repeat(indent + indentStep(file));
  const lines = [
    ...scopes.filter(({ key }) => key.text !== scope).map(({ key, value }) => `${key.text}: ${value.text}`),
    `${scope}: ${level}`,
  ];
  const end = lineBreakOf(file);
  const text = ["permissions:", ...lines.map((line) => below + line)].join(end);
  return edited({ start, end: start, text: `${text}${end}${" ".repeat(indent)}` });
}
