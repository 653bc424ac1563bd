import type { SourceFile } from "../ir/span.ts";
import { eventsToValue } from "./events-to-value.ts";
import { yamlToValue, type YamlContent } from "./yaml-to-value.ts";

/** Reads a text into values: fast where nothing about it is doubtful, else as the `yaml` package understands it. */
export function readValue(file: SourceFile): YamlContent {
  const value = eventsToValue(file);
  return value === undefined ? yamlToValue(file) : { value, problems: [] };
}
