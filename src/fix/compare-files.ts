import type { FileNode, Node } from "../ir/any-node.ts";
import { firstDifference } from "../ir/compare.ts";
import type { Mapping, Sequence, Value } from "../ir/node.ts";
import { printPath, type Path } from "../ir/origin.ts";
import { visitParts } from "../ir/parts.ts";
import { toValue } from "../ir/to-value.ts";
import { walk } from "../ir/walk.ts";
import type { Step } from "../ir/workflow.ts";
import type { Change } from "../rules/mend.ts";

/** Where a file says something else than before, beside what changes speak of; undefined where it does not. */
export function differenceElsewhere(before: FileNode, after: FileNode, changes: readonly Change[]): string | undefined {
  const places = changes.flatMap((change) => {
    const all = placesOf(before, change);
    // Of a step that several jobs share, all change together: each of them must want it.
    const wanted = changes.filter((other) => keyOfChange(before, other) === keyOfChange(before, change)).length;
    return change.kind === "set-input" && wanted < all.length ? all.slice(0, wanted) : all;
  });
  const prune = (node: FileNode): Value => places.reduce<Value>((value, path) => without(value, path), toValue(node));
  const difference = firstDifference(prune(before), prune(after));
  return difference && `${printPath(difference.path)} would be ${difference.right} and not ${difference.left}`;
}

/** What tells one change of a file from another, whatever lines stand above it. */
export function keyOfChange(file: FileNode, change: Change): string {
  const places = placesOf(file, change).map(printPath).join(" ");
  switch (change.kind) {
    case "set-input":
      return `${places} ${String(change.value)}`;
    case "set-permission":
      return `${places} ${change.level}`;
    case "insert-in-script":
      return `${places} ${change.text} ${textBefore(file, change.at.start)}`;
    case "insert-in-command":
      return `${places} ${change.text} ${change.command}`;
    case "replace":
      return `${places} ${change.edits.map(({ text }) => text).join()}`;
  }
}

/** The line of a script up to a place: two pushes of one script are two. */
function textBefore(file: FileNode, at: number): number {
  const text = file.span?.file.text ?? "";
  return text.slice(0, at).split("git push").length;
}

/** The places in the file that a change speaks of. */
function placesOf(file: FileNode, change: Change): readonly Path[] {
  switch (change.kind) {
    case "set-input": {
      const paths = pathsOfSteps(file, (step) => step === change.step || isSameStep(step, change.step));
      return paths.map((path) => [...path, "with", change.name]);
    }
    case "set-permission":
      return [
        ["jobs", change.job, "permissions"],
        ["permissions", change.scope],
      ];
    case "insert-in-script": {
      const { start } = change.at;
      const paths = pathsOfSteps(file, (step) => {
        const span = step.kind === "run-step" ? step.run.span : undefined;
        return span !== undefined && span.start <= start && start < span.end;
      });
      return paths.map((path) => [...path, "run"]);
    }
    case "insert-in-command": {
      const { origin } = change.step;
      const paths = pathsOfSteps(
        file,
        (step) => step === change.step || (origin !== undefined && step.origin === origin),
      );
      return paths.map((path) => [...path, "run"]);
    }
    case "replace":
      return change.edits.flatMap(({ span }) => pathsOfScalars(file, span.start, span.end));
  }
}

function isSameStep(a: Step, b: Step): boolean {
  if (a.kind !== "uses-step" || b.kind !== "uses-step") return false;
  return a.origin === undefined ? a.uses.span?.start === b.uses.span?.start : a.origin === b.origin;
}

function pathsOfSteps(file: FileNode, isIt: (step: Step) => boolean): readonly Path[] {
  const found: Path[] = [];
  visitParts(file, (part, path) => {
    if (part.kind !== "job" && part.kind !== "call-job" && isIt(part)) found.push(path);
  });
  return found;
}

function pathsOfScalars(file: FileNode, start: number, end: number): readonly Path[] {
  const found: Path[] = [];
  walk(file as Node, (node, path) => {
    if (node.kind === "scalar" && node.span !== undefined && node.span.start <= start && end <= node.span.end)
      found.push(path);
  });
  return found;
}

/** A value without what stands at a path; mappings that this leaves empty go, too. */
function without(value: Value, path: Path): Value {
  const [part, ...rest] = path;
  if (part === undefined) return value;
  if (value.kind === "sequence") {
    const items = value.items.map((item, index) => (index === part ? without(item, rest) : item));
    return { ...value, items } satisfies Sequence;
  }
  if (value.kind !== "mapping") return value;
  const entries = value.entries.flatMap((entry) => {
    // Inputs have no upper and lower case.
    const isIt = entry.key.text === part || (rest.length === 0 && entry.key.text.toLowerCase() === part);
    if (!isIt) return [entry];
    if (rest.length === 0) return [];
    const left = without(entry.value, rest);
    const isEmpty = left.kind === "mapping" ? left.entries.length === 0 : left.kind === "scalar" && left.text === "";
    return isEmpty ? [] : [{ key: entry.key, value: left }];
  });
  return { ...value, entries } satisfies Mapping;
}
