import type { Value } from "../ir/node.ts";
import { sourceFile, type SourceFile, type Span } from "../ir/span.ts";
import { eventsToValue } from "./events-to-value.ts";
import { indentContinued } from "./indent-continued.ts";
import { yamlToValue, type YamlContent } from "./yaml-to-value.ts";

/** Reads a text into values: fast where nothing about it is doubtful, else as the `yaml` package understands it. */
export function readValue(file: SourceFile): YamlContent {
  const value = eventsToValue(file);
  if (value !== undefined) return { value, problems: [] };
  const read = yamlToValue(file);
  return read.problems.some(({ code }) => code === "invalid-yaml") ? (readIndented(file) ?? read) : read;
}

/** What GitHub reads and the package does not; undefined where GitHub does not either. */
function readIndented(file: SourceFile): YamlContent | undefined {
  const indented = indentContinued(file.text);
  if (indented === undefined) return undefined;
  const { value, problems } = yamlToValue(sourceFile(file.path, indented.text));
  if (problems.some(({ severity }) => severity === "error")) return undefined;
  const before = ({ start, end }: Span): Span => {
    return { file, start: indented.offsetBefore(start), end: indented.offsetBefore(end) };
  };
  if (value !== undefined) placeAnew(value, before);
  return { value, problems: problems.map((problem) => ({ ...problem, span: before(problem.span) })) };
}

function placeAnew(root: Value, before: (span: Span) => Span): void {
  const seen = new Set<Value>();
  const pending = [root];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (seen.has(value)) continue;
    seen.add(value);
    if (value.span !== undefined) Object.assign(value, { span: before(value.span) });
    if (value.kind === "sequence") pending.push(...value.items);
    else if (value.kind === "mapping") for (const { key, value: below } of value.entries) pending.push(key, below);
  }
}
