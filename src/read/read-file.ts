import type { ActionFile } from "../ir/action-file.ts";
import type { FileNode } from "../ir/any-node.ts";
import { actionFromValue, workflowFromValue, type Built, type ExpressionSite } from "../ir/from-value.ts";
import type { Mapping, Value } from "../ir/node.ts";
import { sourceFile, type SourceFile } from "../ir/span.ts";
import type { Workflow } from "../ir/workflow.ts";
import { isActionName } from "./action-name.ts";
import { problemAt } from "./parse-yaml.ts";
import type { ReadProblem } from "./read-problem.ts";
import { readValue } from "./read-value.ts";

/** A file that was read. Bad input is no exception: it is `problems`. */
export interface ReadResult<T extends FileNode = FileNode> {
  readonly source: SourceFile;
  /** Undefined where the text is no YAML, or no mapping: there is nothing to go on with. */
  readonly node: T | undefined;
  /** The content before GitHub's syntax was laid over it. */
  readonly value: Value | undefined;
  readonly problems: readonly ReadProblem[];
  readonly expressions: readonly ExpressionSite[];
}

/**
 * Reads a workflow.
 *
 * @example
 * const { node, problems } = readWorkflow(".github/workflows/ci.yml", text);
 */
export function readWorkflow(path: string, text: string): ReadResult<Workflow> {
  return read(sourceFile(path, text), () => workflowFromValue);
}

/** Reads an `action.yml`. */
export function readAction(path: string, text: string): ReadResult<ActionFile> {
  return read(sourceFile(path, text), () => actionFromValue);
}

/** Reads a workflow or an action: `action.yml` by its name, others by what they hold. */
export function readFile(path: string, text: string): ReadResult {
  return read<FileNode>(sourceFile(path, text), (value) =>
    isActionFile(path, value) ? actionFromValue : workflowFromValue,
  );
}

function read<T extends FileNode>(
  source: SourceFile,
  choose: (value: Mapping) => (value: Mapping) => Built<T>,
): ReadResult<T> {
  const { value, problems } = readValue(source);
  const nothing = { source, node: undefined, value, expressions: [] };
  // What GitHub's syntax would say about a text that is no YAML only repeats the mistake in other words.
  if (problems.some(({ severity }) => severity === "error")) return { ...nothing, problems };
  if (value?.kind !== "mapping") {
    const empty = value === undefined || (value.kind === "scalar" && value.value === null);
    const { start, end } = value?.span ?? { start: 0, end: 0 };
    const problem = empty
      ? problemAt(source, "empty-file", "the file is empty", start, end)
      : problemAt(
          source,
          "not-a-mapping",
          `expected a mapping, found ${value.kind === "scalar" ? "a text" : "a list"}`,
          start,
          end,
        );
    return { ...nothing, problems: [...problems, problem] };
  }
  const built = choose(value)(value);
  const found = built.problems.map(({ code, severity, message, node }): ReadProblem => ({
    code,
    severity,
    message,
    span: node.span ?? { file: source, start: 0, end: 0 },
  }));
  return {
    source,
    node: built.node,
    value,
    problems: [...problems, ...withoutRepeats(found)],
    expressions: built.expressions,
  };
}

/** What an anchored node does wrong would be said again for each of its aliases. */
function withoutRepeats(problems: readonly ReadProblem[]): readonly ReadProblem[] {
  const seen = new Set<string>();
  return problems.filter(({ span, message }) => {
    const key = `${span.start}:${span.end}:${message}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** Whether a file is an action: by its name, else by what it holds. */
export function isActionFile(path: string, value: Value | undefined): boolean {
  if (isActionName(path)) return true;
  if (value?.kind !== "mapping") return false;
  const has = (key: string) => value.entries.some((entry) => entry.key.text === key);
  return has("runs") && !has("jobs");
}
